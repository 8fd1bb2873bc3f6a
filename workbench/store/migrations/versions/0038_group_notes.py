"""What notes of a group have in common, what is asked before a claim, hours of supervision. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0038_group_notes"
down_revision = "0037_chart"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER group_note_parts_no_update BEFORE UPDATE ON group_note_parts BEGIN SELECT RAISE(ABORT, 'group_note_parts_append_only'); END",
    "CREATE TRIGGER group_note_parts_no_delete BEFORE DELETE ON group_note_parts BEGIN SELECT RAISE(ABORT, 'group_note_parts_append_only'); END",
    "CREATE TRIGGER group_note_revisions_no_update BEFORE UPDATE ON group_note_revisions BEGIN SELECT RAISE(ABORT, 'group_note_revisions_append_only'); END",
    "CREATE TRIGGER group_note_revisions_no_delete BEFORE DELETE ON group_note_revisions BEGIN SELECT RAISE(ABORT, 'group_note_revisions_append_only'); END",
    "CREATE TRIGGER group_notes_signed BEFORE UPDATE ON group_notes WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'group_note_signed'); END",
    "CREATE TRIGGER group_notes_kept BEFORE DELETE ON group_notes BEGIN SELECT RAISE(ABORT, 'group_note_kept'); END",
    "CREATE TRIGGER payer_terms_no_update BEFORE UPDATE ON payer_terms BEGIN SELECT RAISE(ABORT, 'payer_terms_append_only'); END",
    "CREATE TRIGGER payer_terms_no_delete BEFORE DELETE ON payer_terms BEGIN SELECT RAISE(ABORT, 'payer_terms_append_only'); END",
    "CREATE TRIGGER override_answers_no_update BEFORE UPDATE ON override_answers BEGIN SELECT RAISE(ABORT, 'override_answers_append_only'); END",
    "CREATE TRIGGER override_answers_no_delete BEFORE DELETE ON override_answers BEGIN SELECT RAISE(ABORT, 'override_answers_append_only'); END",
    "CREATE TRIGGER override_requests_no_update BEFORE UPDATE ON override_requests BEGIN SELECT RAISE(ABORT, 'override_requests_append_only'); END",
    "CREATE TRIGGER override_requests_no_delete BEFORE DELETE ON override_requests BEGIN SELECT RAISE(ABORT, 'override_requests_append_only'); END",
    "CREATE TRIGGER supervision_hours_no_update BEFORE UPDATE ON supervision_hours BEGIN SELECT RAISE(ABORT, 'supervision_hours_append_only'); END",
    "CREATE TRIGGER supervision_hours_no_delete BEFORE DELETE ON supervision_hours BEGIN SELECT RAISE(ABORT, 'supervision_hours_append_only'); END",
    "CREATE TRIGGER supervision_steps_no_update BEFORE UPDATE ON supervision_steps BEGIN SELECT RAISE(ABORT, 'supervision_steps_append_only'); END",
    "CREATE TRIGGER supervision_steps_no_delete BEFORE DELETE ON supervision_steps BEGIN SELECT RAISE(ABORT, 'supervision_steps_append_only'); END",
    "CREATE TRIGGER supervision_terms_no_update BEFORE UPDATE ON supervision_terms BEGIN SELECT RAISE(ABORT, 'supervision_terms_append_only'); END",
    "CREATE TRIGGER supervision_terms_no_delete BEFORE DELETE ON supervision_terms BEGIN SELECT RAISE(ABORT, 'supervision_terms_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION group_note_parts_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'group_note_parts_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER group_note_parts_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON group_note_parts FOR EACH STATEMENT EXECUTE FUNCTION group_note_parts_no_change()",
    "CREATE FUNCTION group_note_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'group_note_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER group_note_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON group_note_revisions FOR EACH STATEMENT EXECUTE FUNCTION group_note_revisions_no_change()",
    "CREATE FUNCTION group_notes_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'group_note_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF OLD.signed_at IS NOT NULL THEN RAISE EXCEPTION 'group_note_signed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER group_notes_signed BEFORE UPDATE OR DELETE ON group_notes FOR EACH ROW EXECUTE FUNCTION group_notes_signed()",
    "CREATE FUNCTION payer_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'payer_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER payer_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON payer_terms FOR EACH STATEMENT EXECUTE FUNCTION payer_terms_no_change()",
    "CREATE FUNCTION override_answers_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'override_answers_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER override_answers_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON override_answers FOR EACH STATEMENT EXECUTE FUNCTION override_answers_no_change()",
    "CREATE FUNCTION override_requests_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'override_requests_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER override_requests_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON override_requests FOR EACH STATEMENT EXECUTE FUNCTION override_requests_no_change()",
    "CREATE FUNCTION supervision_hours_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'supervision_hours_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER supervision_hours_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON supervision_hours FOR EACH STATEMENT EXECUTE FUNCTION supervision_hours_no_change()",
    "CREATE FUNCTION supervision_steps_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'supervision_steps_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER supervision_steps_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON supervision_steps FOR EACH STATEMENT EXECUTE FUNCTION supervision_steps_no_change()",
    "CREATE FUNCTION supervision_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'supervision_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER supervision_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON supervision_terms FOR EACH STATEMENT EXECUTE FUNCTION supervision_terms_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "supervision_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("minutes_a_month", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_terms")),
    )
    op.create_index("uq_supervision_terms_nth", "supervision_terms", ["nth"], unique=True)
    op.create_table(
        "payer_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("needs_note", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_payer_terms_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_terms")),
    )
    op.create_index("uq_payer_terms_nth", "payer_terms", ["payer_id", "nth"], unique=True)
    op.create_table(
        "supervision_hours",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_supervision_hours_some_time")),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_supervision_hours_clinician_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_supervision_hours_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_hours")),
    )
    op.create_index(op.f("ix_supervision_hours_clinician_id"), "supervision_hours", ["clinician_id"], unique=False)
    op.create_index(op.f("ix_supervision_hours_staff_id"), "supervision_hours", ["staff_id"], unique=False)
    op.create_table(
        "supervision_steps",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hours_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["hours_id"], ["supervision_hours.id"], name=op.f("fk_supervision_steps_hours_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_steps")),
    )
    op.create_index("uq_supervision_steps", "supervision_steps", ["hours_id", "step"], unique=True)
    op.create_table(
        "group_notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], name=op.f("fk_group_notes_appointment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_group_notes_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_notes")),
    )
    op.create_index("uq_group_notes_session", "group_notes", ["appointment_id", "author_id"], unique=True)
    op.create_table(
        "group_note_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_note_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_note_id"], ["group_notes.id"], name=op.f("fk_group_note_revisions_group_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_note_revisions")),
    )
    op.create_index("uq_group_note_revisions", "group_note_revisions", ["group_note_id", "number"], unique=True)
    op.create_table(
        "group_note_parts",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("group_note_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_note_id"], ["group_notes.id"], name=op.f("fk_group_note_parts_group_note_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_group_note_parts_note_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_group_note_parts_patient_id")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_group_note_parts")),
    )
    op.create_index(op.f("ix_group_note_parts_group_note_id"), "group_note_parts", ["group_note_id"], unique=False)
    op.create_table(
        "override_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("charge_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_override_requests_charge_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_override_requests_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override_requests")),
    )
    op.create_index(op.f("ix_override_requests_charge_id"), "override_requests", ["charge_id"], unique=False)
    op.create_table(
        "override_answers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("is_overridden", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_override_answers_patient_id")),
        sa.ForeignKeyConstraint(["request_id"], ["override_requests.id"], name=op.f("fk_override_answers_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override_answers")),
        sa.UniqueConstraint("request_id", name=op.f("uq_override_answers_request_id")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("override_answers")
    op.drop_index(op.f("ix_override_requests_charge_id"), table_name="override_requests")
    op.drop_table("override_requests")
    op.drop_index(op.f("ix_group_note_parts_group_note_id"), table_name="group_note_parts")
    op.drop_table("group_note_parts")
    op.drop_index("uq_group_note_revisions", table_name="group_note_revisions")
    op.drop_table("group_note_revisions")
    op.drop_index("uq_group_notes_session", table_name="group_notes")
    op.drop_table("group_notes")
    op.drop_index("uq_supervision_steps", table_name="supervision_steps")
    op.drop_table("supervision_steps")
    op.drop_index(op.f("ix_supervision_hours_staff_id"), table_name="supervision_hours")
    op.drop_index(op.f("ix_supervision_hours_clinician_id"), table_name="supervision_hours")
    op.drop_table("supervision_hours")
    op.drop_index("uq_payer_terms_nth", table_name="payer_terms")
    op.drop_table("payer_terms")
    op.drop_index("uq_supervision_terms_nth", table_name="supervision_terms")
    op.drop_table("supervision_terms")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "group_note_parts_no_change",
            "group_note_revisions_no_change",
            "group_notes_signed",
            "payer_terms_no_change",
            "override_answers_no_change",
            "override_requests_no_change",
            "supervision_hours_no_change",
            "supervision_steps_no_change",
            "supervision_terms_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
