"""Which measures are due when. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0028_measure_plans"
down_revision = "0027_form_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure_plans",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("diagnosis", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_measure_plans_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_plans")),
    )
    op.create_index(op.f("ix_measure_plans_patient_id"), "measure_plans", ["patient_id"], unique=False)
    op.create_index(
        "uq_measure_plans_patient",
        "measure_plans",
        ["patient_id", "measure"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND patient_id IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND patient_id IS NOT NULL"),
    )
    op.create_index(
        "uq_measure_plans_practice",
        "measure_plans",
        ["measure", "diagnosis"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND patient_id IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND patient_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_measure_plans_practice",
        table_name="measure_plans",
        sqlite_where=sa.text("ended_at IS NULL AND patient_id IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND patient_id IS NULL"),
    )
    op.drop_index(
        "uq_measure_plans_patient",
        table_name="measure_plans",
        sqlite_where=sa.text("ended_at IS NULL AND patient_id IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND patient_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_measure_plans_patient_id"), table_name="measure_plans")
    op.drop_table("measure_plans")
