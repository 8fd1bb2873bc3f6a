"""Packets, what people in care fill in and sign, consents, proposed answers. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0042_intake"
down_revision = "0041_messages"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER accepted_facts_no_update BEFORE UPDATE ON accepted_facts BEGIN SELECT RAISE(ABORT, 'accepted_facts_append_only'); END",
    "CREATE TRIGGER accepted_facts_no_delete BEFORE DELETE ON accepted_facts BEGIN SELECT RAISE(ABORT, 'accepted_facts_append_only'); END",
    "CREATE TRIGGER consent_withdrawals_no_update BEFORE UPDATE ON consent_withdrawals BEGIN SELECT RAISE(ABORT, 'consent_withdrawals_append_only'); END",
    "CREATE TRIGGER consent_withdrawals_no_delete BEFORE DELETE ON consent_withdrawals BEGIN SELECT RAISE(ABORT, 'consent_withdrawals_append_only'); END",
    "CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'consents_append_only'); END",
    "CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'consents_append_only'); END",
    "CREATE TRIGGER own_responses_locked BEFORE UPDATE ON own_responses WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'own_responses_locked'); END",
    "CREATE TRIGGER own_responses_kept BEFORE DELETE ON own_responses BEGIN SELECT RAISE(ABORT, 'own_responses_locked'); END",
    "CREATE TRIGGER own_revisions_no_update BEFORE UPDATE ON own_revisions BEGIN SELECT RAISE(ABORT, 'own_revisions_append_only'); END",
    "CREATE TRIGGER own_revisions_no_delete BEFORE DELETE ON own_revisions BEGIN SELECT RAISE(ABORT, 'own_revisions_append_only'); END",
    "CREATE TRIGGER packet_versions_no_update BEFORE UPDATE ON packet_versions BEGIN SELECT RAISE(ABORT, 'packet_versions_append_only'); END",
    "CREATE TRIGGER packet_versions_no_delete BEFORE DELETE ON packet_versions BEGIN SELECT RAISE(ABORT, 'packet_versions_append_only'); END",
    "CREATE TRIGGER packets_no_update BEFORE UPDATE ON packets BEGIN SELECT RAISE(ABORT, 'packets_append_only'); END",
    "CREATE TRIGGER packets_no_delete BEFORE DELETE ON packets BEGIN SELECT RAISE(ABORT, 'packets_append_only'); END",
    "CREATE TRIGGER proposal_decisions_no_update BEFORE UPDATE ON proposal_decisions BEGIN SELECT RAISE(ABORT, 'proposal_decisions_append_only'); END",
    "CREATE TRIGGER proposal_decisions_no_delete BEFORE DELETE ON proposal_decisions BEGIN SELECT RAISE(ABORT, 'proposal_decisions_append_only'); END",
    "CREATE TRIGGER proposed_answers_no_update BEFORE UPDATE ON proposed_answers BEGIN SELECT RAISE(ABORT, 'proposed_answers_append_only'); END",
    "CREATE TRIGGER proposed_answers_no_delete BEFORE DELETE ON proposed_answers BEGIN SELECT RAISE(ABORT, 'proposed_answers_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION accepted_facts_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'accepted_facts_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER accepted_facts_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON accepted_facts FOR EACH STATEMENT EXECUTE FUNCTION accepted_facts_no_change()",
    "CREATE FUNCTION consent_withdrawals_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'consent_withdrawals_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER consent_withdrawals_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION consent_withdrawals_no_change()",
    "CREATE FUNCTION consents_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'consents_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER consents_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION consents_no_change()",
    "CREATE FUNCTION own_responses_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR OLD.state <> 'draft' THEN RAISE EXCEPTION 'own_responses_locked' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER own_responses_locked BEFORE UPDATE OR DELETE ON own_responses FOR EACH ROW EXECUTE FUNCTION own_responses_locked()",
    "CREATE FUNCTION own_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'own_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER own_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON own_revisions FOR EACH STATEMENT EXECUTE FUNCTION own_revisions_no_change()",
    "CREATE FUNCTION packet_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'packet_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER packet_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON packet_versions FOR EACH STATEMENT EXECUTE FUNCTION packet_versions_no_change()",
    "CREATE FUNCTION packets_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'packets_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER packets_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON packets FOR EACH STATEMENT EXECUTE FUNCTION packets_no_change()",
    "CREATE FUNCTION proposal_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proposal_decisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proposal_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proposal_decisions FOR EACH STATEMENT EXECUTE FUNCTION proposal_decisions_no_change()",
    "CREATE FUNCTION proposed_answers_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proposed_answers_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proposed_answers_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proposed_answers FOR EACH STATEMENT EXECUTE FUNCTION proposed_answers_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "packets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packets")),
    )
    op.create_table(
        "packet_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("packet_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holds", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_packet_versions_packet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_versions")),
    )
    op.create_index("uq_packet_versions_nth", "packet_versions", ["packet_id", "nth"], unique=True)
    op.create_table(
        "packet_assignments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("packet_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_packet_assignments_packet_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_packet_assignments_patient_id")),
        sa.ForeignKeyConstraint(["version_id"], ["packet_versions.id"], name=op.f("fk_packet_assignments_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_assignments")),
    )
    op.create_index(op.f("ix_packet_assignments_patient_id"), "packet_assignments", ["patient_id"], unique=False)
    op.create_table(
        "own_responses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("assignment_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["packet_assignments.id"], name=op.f("fk_own_responses_assignment_id")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_own_responses_patient_id")),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_own_responses_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_responses")),
    )
    op.create_index(op.f("ix_own_responses_patient_id"), "own_responses", ["patient_id"], unique=False)
    op.create_index("uq_own_responses_place", "own_responses", ["assignment_id", "place"], unique=True)
    op.create_table(
        "consents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_consents_patient_id")),
        sa.ForeignKeyConstraint(["response_id"], ["own_responses.id"], name=op.f("fk_consents_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("response_id", name=op.f("uq_consents_response_id")),
    )
    op.create_index(op.f("ix_consents_patient_id_kind"), "consents", ["patient_id", "kind"], unique=False)
    op.create_table(
        "own_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_own_revisions_patient_id")),
        sa.ForeignKeyConstraint(["response_id"], ["own_responses.id"], name=op.f("fk_own_revisions_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_revisions")),
    )
    op.create_index("uq_own_revisions_number", "own_revisions", ["response_id", "number"], unique=True)
    op.create_table(
        "proposed_answers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_proposed_answers_patient_id")),
        sa.ForeignKeyConstraint(["response_id"], ["own_responses.id"], name=op.f("fk_proposed_answers_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_answers")),
    )
    op.create_index(op.f("ix_proposed_answers_patient_id"), "proposed_answers", ["patient_id"], unique=False)
    op.create_index("uq_proposed_answers_field", "proposed_answers", ["response_id", "field"], unique=True)
    op.create_table(
        "accepted_facts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_accepted_facts_patient_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposed_answers.id"], name=op.f("fk_accepted_facts_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_facts")),
    )
    op.create_index("uq_accepted_facts_nth", "accepted_facts", ["patient_id", "field", "nth"], unique=True)
    op.create_table(
        "consent_withdrawals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("in_person", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_consent_withdrawals_consent_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_consent_withdrawals_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_withdrawals")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_consent_withdrawals_consent_id")),
    )
    op.create_table(
        "proposal_decisions",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_proposal_decisions_patient_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposed_answers.id"], name=op.f("fk_proposal_decisions_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_decisions")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("proposal_decisions")
    op.drop_table("consent_withdrawals")
    op.drop_index("uq_accepted_facts_nth", table_name="accepted_facts")
    op.drop_table("accepted_facts")
    op.drop_index("uq_proposed_answers_field", table_name="proposed_answers")
    op.drop_index(op.f("ix_proposed_answers_patient_id"), table_name="proposed_answers")
    op.drop_table("proposed_answers")
    op.drop_index("uq_own_revisions_number", table_name="own_revisions")
    op.drop_table("own_revisions")
    op.drop_index(op.f("ix_consents_patient_id_kind"), table_name="consents")
    op.drop_table("consents")
    op.drop_index("uq_own_responses_place", table_name="own_responses")
    op.drop_index(op.f("ix_own_responses_patient_id"), table_name="own_responses")
    op.drop_table("own_responses")
    op.drop_index(op.f("ix_packet_assignments_patient_id"), table_name="packet_assignments")
    op.drop_table("packet_assignments")
    op.drop_index("uq_packet_versions_nth", table_name="packet_versions")
    op.drop_table("packet_versions")
    op.drop_table("packets")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "accepted_facts_no_change",
            "consent_withdrawals_no_change",
            "consents_no_change",
            "own_responses_locked",
            "own_revisions_no_change",
            "packet_versions_no_change",
            "packets_no_change",
            "proposal_decisions_no_change",
            "proposed_answers_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
