"""What missed sessions cost, and whose a cancellation is. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0022_missed_fees"
down_revision = "0021_groups"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER missed_fees_no_update BEFORE UPDATE ON missed_fees BEGIN SELECT RAISE(ABORT, 'missed_fees_append_only'); END",
    "CREATE TRIGGER missed_fees_no_delete BEFORE DELETE ON missed_fees BEGIN SELECT RAISE(ABORT, 'missed_fees_append_only'); END",
    "CREATE TRIGGER missed_terms_no_update BEFORE UPDATE ON missed_terms BEGIN SELECT RAISE(ABORT, 'missed_terms_append_only'); END",
    "CREATE TRIGGER missed_terms_no_delete BEFORE DELETE ON missed_terms BEGIN SELECT RAISE(ABORT, 'missed_terms_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION missed_fees_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'missed_fees_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER missed_fees_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON missed_fees FOR EACH STATEMENT EXECUTE FUNCTION missed_fees_no_change()",
    "CREATE FUNCTION missed_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'missed_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER missed_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON missed_terms FOR EACH STATEMENT EXECUTE FUNCTION missed_terms_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "missed_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("late_cents", sa.Integer(), nullable=False),
        sa.Column("no_show_cents", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "late_cents >= 0 AND no_show_cents >= 0 AND notice_hours >= 0", name=op.f("ck_missed_terms_not_below_zero")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_terms")),
    )
    op.create_index("uq_missed_terms_nth", "missed_terms", ["nth"], unique=True)
    op.create_table(
        "missed_fees",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.String(), nullable=True),
        sa.Column("waived_because", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(charge_id IS NULL) = (waived_because <> '')", name=op.f("ck_missed_fees_charged_or_waived")
        ),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_missed_fees_attendance_id")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_missed_fees_charge_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_missed_fees_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_fees")),
    )
    op.create_index(op.f("ix_missed_fees_decided_at"), "missed_fees", ["decided_at"], unique=False)
    op.create_index(op.f("ix_missed_fees_patient_id"), "missed_fees", ["patient_id"], unique=False)
    op.create_index("uq_missed_fees_attendance", "missed_fees", ["attendance_id"], unique=True)
    op.add_column("attendance_moves", sa.Column("cancelled_by", sa.String(), server_default="", nullable=False))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_column("attendance_moves", "cancelled_by")
    op.drop_index("uq_missed_fees_attendance", table_name="missed_fees")
    op.drop_index(op.f("ix_missed_fees_patient_id"), table_name="missed_fees")
    op.drop_index(op.f("ix_missed_fees_decided_at"), table_name="missed_fees")
    op.drop_table("missed_fees")
    op.drop_index("uq_missed_terms_nth", table_name="missed_terms")
    op.drop_table("missed_terms")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("missed_fees_no_change", "missed_terms_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
