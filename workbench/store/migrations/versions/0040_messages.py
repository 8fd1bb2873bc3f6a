"""Messages between the practice and people in care. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0040_messages"
down_revision = "0039_calendar_rest"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER disclosure_cases_no_update BEFORE UPDATE ON disclosure_cases BEGIN SELECT RAISE(ABORT, 'disclosure_cases_append_only'); END",
    "CREATE TRIGGER disclosure_cases_no_delete BEFORE DELETE ON disclosure_cases BEGIN SELECT RAISE(ABORT, 'disclosure_cases_append_only'); END",
    "CREATE TRIGGER disclosure_findings_no_update BEFORE UPDATE ON disclosure_findings BEGIN SELECT RAISE(ABORT, 'disclosure_findings_append_only'); END",
    "CREATE TRIGGER disclosure_findings_no_delete BEFORE DELETE ON disclosure_findings BEGIN SELECT RAISE(ABORT, 'disclosure_findings_append_only'); END",
    "CREATE TRIGGER message_attachments_no_update BEFORE UPDATE ON message_attachments BEGIN SELECT RAISE(ABORT, 'message_attachments_append_only'); END",
    "CREATE TRIGGER message_attachments_no_delete BEFORE DELETE ON message_attachments BEGIN SELECT RAISE(ABORT, 'message_attachments_append_only'); END",
    "CREATE TRIGGER message_reads_no_update BEFORE UPDATE ON message_reads BEGIN SELECT RAISE(ABORT, 'message_reads_append_only'); END",
    "CREATE TRIGGER message_reads_no_delete BEFORE DELETE ON message_reads BEGIN SELECT RAISE(ABORT, 'message_reads_append_only'); END",
    "CREATE TRIGGER message_terms_no_update BEFORE UPDATE ON message_terms BEGIN SELECT RAISE(ABORT, 'message_terms_append_only'); END",
    "CREATE TRIGGER message_terms_no_delete BEFORE DELETE ON message_terms BEGIN SELECT RAISE(ABORT, 'message_terms_append_only'); END",
    "CREATE TRIGGER message_threads_kept BEFORE DELETE ON message_threads BEGIN SELECT RAISE(ABORT, 'message_threads_kept'); END",
    "CREATE TRIGGER message_threads_whose BEFORE UPDATE ON message_threads WHEN NEW.patient_id <> OLD.patient_id OR NEW.opened_at <> OLD.opened_at OR NEW.sealed <> OLD.sealed BEGIN SELECT RAISE(ABORT, 'message_threads_whose'); END",
    "CREATE TRIGGER out_of_office_no_update BEFORE UPDATE ON out_of_office BEGIN SELECT RAISE(ABORT, 'out_of_office_append_only'); END",
    "CREATE TRIGGER out_of_office_no_delete BEFORE DELETE ON out_of_office BEGIN SELECT RAISE(ABORT, 'out_of_office_append_only'); END",
    "CREATE TRIGGER thread_events_no_update BEFORE UPDATE ON thread_events BEGIN SELECT RAISE(ABORT, 'thread_events_append_only'); END",
    "CREATE TRIGGER thread_events_no_delete BEFORE DELETE ON thread_events BEGIN SELECT RAISE(ABORT, 'thread_events_append_only'); END",
    "CREATE TRIGGER thread_messages_no_update BEFORE UPDATE ON thread_messages BEGIN SELECT RAISE(ABORT, 'thread_messages_append_only'); END",
    "CREATE TRIGGER thread_messages_no_delete BEFORE DELETE ON thread_messages BEGIN SELECT RAISE(ABORT, 'thread_messages_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION disclosure_cases_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disclosure_cases_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER disclosure_cases_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure_cases FOR EACH STATEMENT EXECUTE FUNCTION disclosure_cases_no_change()",
    "CREATE FUNCTION disclosure_findings_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disclosure_findings_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER disclosure_findings_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure_findings FOR EACH STATEMENT EXECUTE FUNCTION disclosure_findings_no_change()",
    "CREATE FUNCTION message_attachments_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'message_attachments_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER message_attachments_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON message_attachments FOR EACH STATEMENT EXECUTE FUNCTION message_attachments_no_change()",
    "CREATE FUNCTION message_reads_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'message_reads_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER message_reads_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON message_reads FOR EACH STATEMENT EXECUTE FUNCTION message_reads_no_change()",
    "CREATE FUNCTION message_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'message_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER message_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON message_terms FOR EACH STATEMENT EXECUTE FUNCTION message_terms_no_change()",
    "CREATE FUNCTION message_threads_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR NEW.patient_id <> OLD.patient_id OR NEW.opened_at <> OLD.opened_at OR NEW.sealed <> OLD.sealed THEN RAISE EXCEPTION 'message_threads_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER message_threads_kept BEFORE UPDATE OR DELETE ON message_threads FOR EACH ROW EXECUTE FUNCTION message_threads_kept()",
    "CREATE FUNCTION out_of_office_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out_of_office_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER out_of_office_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON out_of_office FOR EACH STATEMENT EXECUTE FUNCTION out_of_office_no_change()",
    "CREATE FUNCTION thread_events_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'thread_events_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER thread_events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON thread_events FOR EACH STATEMENT EXECUTE FUNCTION thread_events_no_change()",
    "CREATE FUNCTION thread_messages_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'thread_messages_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER thread_messages_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON thread_messages FOR EACH STATEMENT EXECUTE FUNCTION thread_messages_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "message_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("escalate_to", sa.String(), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_terms")),
    )
    op.create_index("uq_message_terms_nth", "message_terms", ["topic", "nth"], unique=True)
    op.create_table(
        "message_drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_message_drafts_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_drafts")),
    )
    op.create_index("uq_message_drafts_place", "message_drafts", ["patient_id", "person_id", "place"], unique=True)
    op.create_table(
        "message_threads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_nth", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("assigned_to", sa.String(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_to", sa.String(), nullable=False),
        sa.Column("open_upto", sa.Integer(), nullable=False),
        sa.Column("broadcast_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_message_threads_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_threads")),
    )
    op.create_index(op.f("ix_message_threads_due_at"), "message_threads", ["due_at"], unique=False)
    op.create_index(op.f("ix_message_threads_is_closed_topic"), "message_threads", ["is_closed", "topic"], unique=False)
    op.create_index(op.f("ix_message_threads_patient_id"), "message_threads", ["patient_id"], unique=False)
    op.create_table(
        "out_of_office",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("cover_id <> staff_id", name=op.f("ck_out_of_office_another_covers")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_out_of_office_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["cover_id"], ["staff.id"], name=op.f("fk_out_of_office_cover_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_out_of_office_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_out_of_office")),
    )
    op.create_index("uq_out_of_office_nth", "out_of_office", ["staff_id", "nth"], unique=True)
    op.create_table(
        "disclosure_cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_disclosure_cases_patient_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["message_threads.id"], name=op.f("fk_disclosure_cases_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_cases")),
        sa.UniqueConstraint("id", "reporter_id", name=op.f("uq_disclosure_cases_id_reporter_id")),
    )
    op.create_index(op.f("ix_disclosure_cases_thread_id"), "disclosure_cases", ["thread_id"], unique=False)
    op.create_table(
        "thread_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("waited_minutes", sa.Integer(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_thread_events_patient_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["message_threads.id"], name=op.f("fk_thread_events_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_events")),
    )
    op.create_index(op.f("ix_thread_events_at"), "thread_events", ["at"], unique=False)
    op.create_index("uq_thread_events_nth", "thread_events", ["thread_id", "nth"], unique=True)
    op.create_table(
        "thread_messages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("is_remark", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_thread_messages_patient_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["message_threads.id"], name=op.f("fk_thread_messages_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_messages")),
    )
    op.create_index("uq_thread_messages_nth", "thread_messages", ["thread_id", "nth"], unique=True)
    op.create_table(
        "disclosure_findings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("is_breach", sa.Boolean(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("finder_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("finder_id <> reporter_id", name=op.f("ck_disclosure_findings_by_another")),
        sa.ForeignKeyConstraint(
            ["case_id", "reporter_id"],
            ["disclosure_cases.id", "disclosure_cases.reporter_id"],
            name=op.f("fk_disclosure_findings_case_id_reporter_id"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_disclosure_findings_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_findings")),
        sa.UniqueConstraint("case_id", name=op.f("uq_disclosure_findings_case_id")),
    )
    op.create_table(
        "message_attachments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["patient_documents.id"], name=op.f("fk_message_attachments_document_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["thread_messages.id"], name=op.f("fk_message_attachments_message_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_message_attachments_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_attachments")),
    )
    op.create_index(op.f("ix_message_attachments_document_id"), "message_attachments", ["document_id"], unique=False)
    op.create_index(op.f("ix_message_attachments_message_id"), "message_attachments", ["message_id"], unique=False)
    op.create_table(
        "message_notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["thread_messages.id"], name=op.f("fk_message_notices_message_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_message_notices_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_notices")),
    )
    op.create_index(op.f("ix_message_notices_patient_id"), "message_notices", ["patient_id"], unique=False)
    op.create_index(op.f("ix_message_notices_state_due_at"), "message_notices", ["state", "due_at"], unique=False)
    op.create_table(
        "message_reads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["thread_messages.id"], name=op.f("fk_message_reads_message_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_message_reads_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_reads")),
    )
    op.create_index("uq_message_reads_once", "message_reads", ["message_id", "person_id"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_message_reads_once", table_name="message_reads")
    op.drop_table("message_reads")
    op.drop_index(op.f("ix_message_notices_state_due_at"), table_name="message_notices")
    op.drop_index(op.f("ix_message_notices_patient_id"), table_name="message_notices")
    op.drop_table("message_notices")
    op.drop_index(op.f("ix_message_attachments_message_id"), table_name="message_attachments")
    op.drop_index(op.f("ix_message_attachments_document_id"), table_name="message_attachments")
    op.drop_table("message_attachments")
    op.drop_table("disclosure_findings")
    op.drop_index("uq_thread_messages_nth", table_name="thread_messages")
    op.drop_table("thread_messages")
    op.drop_index("uq_thread_events_nth", table_name="thread_events")
    op.drop_index(op.f("ix_thread_events_at"), table_name="thread_events")
    op.drop_table("thread_events")
    op.drop_index(op.f("ix_disclosure_cases_thread_id"), table_name="disclosure_cases")
    op.drop_table("disclosure_cases")
    op.drop_index("uq_out_of_office_nth", table_name="out_of_office")
    op.drop_table("out_of_office")
    op.drop_index(op.f("ix_message_threads_patient_id"), table_name="message_threads")
    op.drop_index(op.f("ix_message_threads_is_closed_topic"), table_name="message_threads")
    op.drop_index(op.f("ix_message_threads_due_at"), table_name="message_threads")
    op.drop_table("message_threads")
    op.drop_index("uq_message_drafts_place", table_name="message_drafts")
    op.drop_table("message_drafts")
    op.drop_index("uq_message_terms_nth", table_name="message_terms")
    op.drop_table("message_terms")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "disclosure_cases_no_change",
            "disclosure_findings_no_change",
            "message_attachments_no_change",
            "message_reads_no_change",
            "message_terms_no_change",
            "message_threads_kept",
            "out_of_office_no_change",
            "thread_events_no_change",
            "thread_messages_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
