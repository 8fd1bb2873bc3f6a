"""Alerts that measures raise. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0025_measure_alerts"
down_revision = "0024_rooms"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER measure_alert_answers_no_update BEFORE UPDATE ON measure_alert_answers BEGIN SELECT RAISE(ABORT, 'measure_alert_answers_append_only'); END",
    "CREATE TRIGGER measure_alert_answers_no_delete BEFORE DELETE ON measure_alert_answers BEGIN SELECT RAISE(ABORT, 'measure_alert_answers_append_only'); END",
    "CREATE TRIGGER measure_alerts_no_update BEFORE UPDATE ON measure_alerts BEGIN SELECT RAISE(ABORT, 'measure_alerts_append_only'); END",
    "CREATE TRIGGER measure_alerts_no_delete BEFORE DELETE ON measure_alerts BEGIN SELECT RAISE(ABORT, 'measure_alerts_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION measure_alert_answers_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'measure_alert_answers_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER measure_alert_answers_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON measure_alert_answers FOR EACH STATEMENT EXECUTE FUNCTION measure_alert_answers_no_change()",
    "CREATE FUNCTION measure_alerts_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'measure_alerts_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER measure_alerts_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON measure_alerts FOR EACH STATEMENT EXECUTE FUNCTION measure_alerts_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "measure_alerts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("result_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_measure_alerts_owner_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_measure_alerts_patient_id")),
        sa.ForeignKeyConstraint(["result_id"], ["measure_results.id"], name=op.f("fk_measure_alerts_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_alerts")),
    )
    op.create_index(
        op.f("ix_measure_alerts_patient_id_raised_at"), "measure_alerts", ["patient_id", "raised_at"], unique=False
    )
    op.create_index("uq_measure_alerts_result", "measure_alerts", ["result_id"], unique=True)
    op.create_table(
        "measure_alert_answers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["measure_alerts.id"], name=op.f("fk_measure_alert_answers_alert_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_measure_alert_answers_answered_by")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_measure_alert_answers_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_alert_answers")),
    )
    op.create_index("uq_measure_alert_answers_alert", "measure_alert_answers", ["alert_id"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_measure_alert_answers_alert", table_name="measure_alert_answers")
    op.drop_table("measure_alert_answers")
    op.drop_index("uq_measure_alerts_result", table_name="measure_alerts")
    op.drop_index(op.f("ix_measure_alerts_patient_id_raised_at"), table_name="measure_alerts")
    op.drop_table("measure_alerts")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("measure_alert_answers_no_change", "measure_alerts_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
