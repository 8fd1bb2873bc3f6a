"""What the portal shows of a record, and the notice of privacy practices. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0044_record"
down_revision = "0043_booking"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER notice_answers_no_update BEFORE UPDATE ON notice_answers BEGIN SELECT RAISE(ABORT, 'notice_answers_append_only'); END",
    "CREATE TRIGGER notice_answers_no_delete BEFORE DELETE ON notice_answers BEGIN SELECT RAISE(ABORT, 'notice_answers_append_only'); END",
    "CREATE TRIGGER privacy_notices_no_update BEFORE UPDATE ON privacy_notices BEGIN SELECT RAISE(ABORT, 'privacy_notices_append_only'); END",
    "CREATE TRIGGER privacy_notices_no_delete BEFORE DELETE ON privacy_notices BEGIN SELECT RAISE(ABORT, 'privacy_notices_append_only'); END",
    "CREATE TRIGGER sharing_decisions_no_update BEFORE UPDATE ON sharing_decisions BEGIN SELECT RAISE(ABORT, 'sharing_decisions_append_only'); END",
    "CREATE TRIGGER sharing_decisions_no_delete BEFORE DELETE ON sharing_decisions BEGIN SELECT RAISE(ABORT, 'sharing_decisions_append_only'); END",
    "CREATE TRIGGER sharing_rules_no_update BEFORE UPDATE ON sharing_rules BEGIN SELECT RAISE(ABORT, 'sharing_rules_append_only'); END",
    "CREATE TRIGGER sharing_rules_no_delete BEFORE DELETE ON sharing_rules BEGIN SELECT RAISE(ABORT, 'sharing_rules_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION notice_answers_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'notice_answers_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER notice_answers_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON notice_answers FOR EACH STATEMENT EXECUTE FUNCTION notice_answers_no_change()",
    "CREATE FUNCTION privacy_notices_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'privacy_notices_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER privacy_notices_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON privacy_notices FOR EACH STATEMENT EXECUTE FUNCTION privacy_notices_no_change()",
    "CREATE FUNCTION sharing_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sharing_decisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER sharing_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON sharing_decisions FOR EACH STATEMENT EXECUTE FUNCTION sharing_decisions_no_change()",
    "CREATE FUNCTION sharing_rules_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sharing_rules_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER sharing_rules_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON sharing_rules FOR EACH STATEMENT EXECUTE FUNCTION sharing_rules_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "privacy_notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_notices")),
    )
    op.create_index("uq_privacy_notices_number", "privacy_notices", ["number"], unique=True)
    op.create_table(
        "sharing_rules",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("(mode = 'after_days') = (days > 0)", name=op.f("ck_sharing_rules_days_of_a_delay")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_rules")),
    )
    op.create_index("uq_sharing_rules_number", "sharing_rules", ["kind", "number"], unique=True)
    op.create_table(
        "notice_answers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["privacy_notices.id"], name=op.f("fk_notice_answers_notice_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_notice_answers_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_answers")),
    )
    op.create_index("uq_notice_answers", "notice_answers", ["patient_id", "notice_id", "answer"], unique=True)
    op.create_table(
        "sharing_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("is_shown = (ground = '')", name=op.f("ck_sharing_decisions_withheld_on_a_ground")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_sharing_decisions_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_decisions")),
    )
    op.create_index(op.f("ix_sharing_decisions_patient_id"), "sharing_decisions", ["patient_id"], unique=False)
    op.create_index("uq_sharing_decisions_number", "sharing_decisions", ["record_id", "number"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_sharing_decisions_number", table_name="sharing_decisions")
    op.drop_index(op.f("ix_sharing_decisions_patient_id"), table_name="sharing_decisions")
    op.drop_table("sharing_decisions")
    op.drop_index("uq_notice_answers", table_name="notice_answers")
    op.drop_table("notice_answers")
    op.drop_index("uq_sharing_rules_number", table_name="sharing_rules")
    op.drop_table("sharing_rules")
    op.drop_index("uq_privacy_notices_number", table_name="privacy_notices")
    op.drop_table("privacy_notices")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "notice_answers_no_change",
            "privacy_notices_no_change",
            "sharing_decisions_no_change",
            "sharing_rules_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
