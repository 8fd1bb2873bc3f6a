"""Taking back what was just done at the schedule. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0011_undo"
down_revision = "0010_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appointment_moves", sa.Column("from_ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("appointment_moves", sa.Column("undoes", sa.Integer(), nullable=True))
    op.create_index(
        op.f("ix_appointment_moves_moved_by_moved_at"), "appointment_moves", ["moved_by", "moved_at"], unique=False
    )
    op.add_column("appointments", sa.Column("booked_by", sa.String(), server_default="", nullable=False))
    op.create_index(
        op.f("ix_appointments_booked_by_booked_at"), "appointments", ["booked_by", "booked_at"], unique=False
    )
    op.create_index(
        op.f("ix_attendance_moves_moved_by_moved_at"), "attendance_moves", ["moved_by", "moved_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_attendance_moves_moved_by_moved_at"), table_name="attendance_moves")
    op.drop_index(op.f("ix_appointments_booked_by_booked_at"), table_name="appointments")
    op.drop_column("appointments", "booked_by")
    op.drop_index(op.f("ix_appointment_moves_moved_by_moved_at"), table_name="appointment_moves")
    op.drop_column("appointment_moves", "undoes")
    op.drop_column("appointment_moves", "from_ends_at")
