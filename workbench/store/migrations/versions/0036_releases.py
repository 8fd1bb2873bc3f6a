"""What leaves a record, and what may not. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0036_releases"
down_revision = "0035_portal"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER amendment_requests_no_update BEFORE UPDATE ON amendment_requests BEGIN SELECT RAISE(ABORT, 'amendment_requests_append_only'); END",
    "CREATE TRIGGER amendment_requests_no_delete BEFORE DELETE ON amendment_requests BEGIN SELECT RAISE(ABORT, 'amendment_requests_append_only'); END",
    "CREATE TRIGGER amendment_steps_no_update BEFORE UPDATE ON amendment_steps BEGIN SELECT RAISE(ABORT, 'amendment_steps_append_only'); END",
    "CREATE TRIGGER amendment_steps_no_delete BEFORE DELETE ON amendment_steps BEGIN SELECT RAISE(ABORT, 'amendment_steps_append_only'); END",
    "CREATE TRIGGER disclosures_no_update BEFORE UPDATE ON disclosures BEGIN SELECT RAISE(ABORT, 'disclosures_append_only'); END",
    "CREATE TRIGGER disclosures_no_delete BEFORE DELETE ON disclosures BEGIN SELECT RAISE(ABORT, 'disclosures_append_only'); END",
    "CREATE TRIGGER part_2_consents_no_update BEFORE UPDATE ON part_2_consents BEGIN SELECT RAISE(ABORT, 'part_2_consents_append_only'); END",
    "CREATE TRIGGER part_2_consents_no_delete BEFORE DELETE ON part_2_consents BEGIN SELECT RAISE(ABORT, 'part_2_consents_append_only'); END",
    "CREATE TRIGGER part_2_ends_no_update BEFORE UPDATE ON part_2_ends BEGIN SELECT RAISE(ABORT, 'part_2_ends_append_only'); END",
    "CREATE TRIGGER part_2_ends_no_delete BEFORE DELETE ON part_2_ends BEGIN SELECT RAISE(ABORT, 'part_2_ends_append_only'); END",
    "CREATE TRIGGER part_2_marks_no_update BEFORE UPDATE ON part_2_marks BEGIN SELECT RAISE(ABORT, 'part_2_marks_append_only'); END",
    "CREATE TRIGGER part_2_marks_no_delete BEFORE DELETE ON part_2_marks BEGIN SELECT RAISE(ABORT, 'part_2_marks_append_only'); END",
    "CREATE TRIGGER part_2_withdrawals_no_update BEFORE UPDATE ON part_2_withdrawals BEGIN SELECT RAISE(ABORT, 'part_2_withdrawals_append_only'); END",
    "CREATE TRIGGER part_2_withdrawals_no_delete BEFORE DELETE ON part_2_withdrawals BEGIN SELECT RAISE(ABORT, 'part_2_withdrawals_append_only'); END",
    "CREATE TRIGGER release_decisions_no_update BEFORE UPDATE ON release_decisions BEGIN SELECT RAISE(ABORT, 'release_decisions_append_only'); END",
    "CREATE TRIGGER release_decisions_no_delete BEFORE DELETE ON release_decisions BEGIN SELECT RAISE(ABORT, 'release_decisions_append_only'); END",
    "CREATE TRIGGER release_packets_no_update BEFORE UPDATE ON release_packets BEGIN SELECT RAISE(ABORT, 'release_packets_append_only'); END",
    "CREATE TRIGGER release_packets_no_delete BEFORE DELETE ON release_packets BEGIN SELECT RAISE(ABORT, 'release_packets_append_only'); END",
    "CREATE TRIGGER release_requests_no_update BEFORE UPDATE ON release_requests BEGIN SELECT RAISE(ABORT, 'release_requests_append_only'); END",
    "CREATE TRIGGER release_requests_no_delete BEFORE DELETE ON release_requests BEGIN SELECT RAISE(ABORT, 'release_requests_append_only'); END",
    "CREATE TRIGGER release_revocations_no_update BEFORE UPDATE ON release_revocations BEGIN SELECT RAISE(ABORT, 'release_revocations_append_only'); END",
    "CREATE TRIGGER release_revocations_no_delete BEFORE DELETE ON release_revocations BEGIN SELECT RAISE(ABORT, 'release_revocations_append_only'); END",
    "CREATE TRIGGER restriction_ends_no_update BEFORE UPDATE ON restriction_ends BEGIN SELECT RAISE(ABORT, 'restriction_ends_append_only'); END",
    "CREATE TRIGGER restriction_ends_no_delete BEFORE DELETE ON restriction_ends BEGIN SELECT RAISE(ABORT, 'restriction_ends_append_only'); END",
    "CREATE TRIGGER restrictions_no_update BEFORE UPDATE ON restrictions BEGIN SELECT RAISE(ABORT, 'restrictions_append_only'); END",
    "CREATE TRIGGER restrictions_no_delete BEFORE DELETE ON restrictions BEGIN SELECT RAISE(ABORT, 'restrictions_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION amendment_requests_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'amendment_requests_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER amendment_requests_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON amendment_requests FOR EACH STATEMENT EXECUTE FUNCTION amendment_requests_no_change()",
    "CREATE FUNCTION amendment_steps_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'amendment_steps_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER amendment_steps_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON amendment_steps FOR EACH STATEMENT EXECUTE FUNCTION amendment_steps_no_change()",
    "CREATE FUNCTION disclosures_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disclosures_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER disclosures_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosures FOR EACH STATEMENT EXECUTE FUNCTION disclosures_no_change()",
    "CREATE FUNCTION part_2_consents_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_2_consents_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER part_2_consents_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON part_2_consents FOR EACH STATEMENT EXECUTE FUNCTION part_2_consents_no_change()",
    "CREATE FUNCTION part_2_ends_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_2_ends_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER part_2_ends_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON part_2_ends FOR EACH STATEMENT EXECUTE FUNCTION part_2_ends_no_change()",
    "CREATE FUNCTION part_2_marks_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_2_marks_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER part_2_marks_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON part_2_marks FOR EACH STATEMENT EXECUTE FUNCTION part_2_marks_no_change()",
    "CREATE FUNCTION part_2_withdrawals_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_2_withdrawals_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER part_2_withdrawals_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON part_2_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION part_2_withdrawals_no_change()",
    "CREATE FUNCTION release_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'release_decisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER release_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON release_decisions FOR EACH STATEMENT EXECUTE FUNCTION release_decisions_no_change()",
    "CREATE FUNCTION release_packets_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'release_packets_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER release_packets_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON release_packets FOR EACH STATEMENT EXECUTE FUNCTION release_packets_no_change()",
    "CREATE FUNCTION release_requests_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'release_requests_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER release_requests_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON release_requests FOR EACH STATEMENT EXECUTE FUNCTION release_requests_no_change()",
    "CREATE FUNCTION release_revocations_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'release_revocations_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER release_revocations_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON release_revocations FOR EACH STATEMENT EXECUTE FUNCTION release_revocations_no_change()",
    "CREATE FUNCTION restriction_ends_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'restriction_ends_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER restriction_ends_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON restriction_ends FOR EACH STATEMENT EXECUTE FUNCTION restriction_ends_no_change()",
    "CREATE FUNCTION restrictions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'restrictions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER restrictions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON restrictions FOR EACH STATEMENT EXECUTE FUNCTION restrictions_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "amendment_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_amendment_requests_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_requests")),
    )
    op.create_index(
        op.f("ix_amendment_requests_kind_record_id"), "amendment_requests", ["kind", "record_id"], unique=False
    )
    op.create_index(op.f("ix_amendment_requests_patient_id"), "amendment_requests", ["patient_id"], unique=False)
    op.create_table(
        "part_2_consents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_part_2_consents_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_2_consents")),
    )
    op.create_index(op.f("ix_part_2_consents_patient_id"), "part_2_consents", ["patient_id"], unique=False)
    op.create_table(
        "part_2_marks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.String(), nullable=False),
        sa.Column("marker_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(kind = 'episode') = (from_on IS NOT NULL)", name=op.f("ck_part_2_marks_episode_has_days")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_part_2_marks_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_2_marks")),
        sa.UniqueConstraint("id", "marker_id", name=op.f("uq_part_2_marks_id_marker_id")),
    )
    op.create_index(op.f("ix_part_2_marks_patient_id"), "part_2_marks", ["patient_id"], unique=False)
    op.create_table(
        "release_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("order_under", sa.String(), nullable=False),
        sa.Column("proceeding", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_release_requests_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_requests")),
        sa.UniqueConstraint("id", "requester_id", name=op.f("uq_release_requests_id_requester_id")),
    )
    op.create_index(op.f("ix_release_requests_patient_id"), "release_requests", ["patient_id"], unique=False)
    op.create_table(
        "restrictions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("against", sa.String(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_restrictions_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restrictions")),
    )
    op.create_index(op.f("ix_restrictions_patient_id"), "restrictions", ["patient_id"], unique=False)
    op.create_table(
        "amendment_steps",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("addendum_id", sa.String(), nullable=False),
        sa.Column("said_as", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(kind = 'denied') = (ground <> '')", name=op.f("ck_amendment_steps_denied_on_a_ground")),
        sa.CheckConstraint(
            "(kind IN ('accepted', 'denied')) = (decision IS NOT NULL)", name=op.f("ck_amendment_steps_answered_once")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_amendment_steps_patient_id")),
        sa.ForeignKeyConstraint(["request_id"], ["amendment_requests.id"], name=op.f("fk_amendment_steps_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_steps")),
        sa.UniqueConstraint("request_id", "decision", name=op.f("uq_amendment_steps_request_id_decision")),
        sa.UniqueConstraint("request_id", "kind", name=op.f("uq_amendment_steps_request_id_kind")),
    )
    op.create_index(op.f("ix_amendment_steps_patient_id"), "amendment_steps", ["patient_id"], unique=False)
    op.create_table(
        "disclosures",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("is_exempt", sa.Boolean(), nullable=False),
        sa.Column("has_part_2", sa.Boolean(), nullable=False),
        sa.Column("disclosed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_disclosures_patient_id")),
        sa.ForeignKeyConstraint(["request_id"], ["release_requests.id"], name=op.f("fk_disclosures_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    op.create_index(
        op.f("ix_disclosures_patient_id_disclosed_on"), "disclosures", ["patient_id", "disclosed_on"], unique=False
    )
    op.create_table(
        "part_2_ends",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mark_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("marker_id", sa.String(), nullable=False),
        sa.Column("ender_id", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(kind = 'closed') = (until_on IS NOT NULL)", name=op.f("ck_part_2_ends_closed_on_a_day")),
        sa.CheckConstraint("kind <> 'lifted' OR ender_id <> marker_id", name=op.f("ck_part_2_ends_lifted_by_another")),
        sa.ForeignKeyConstraint(
            ["mark_id", "marker_id"],
            ["part_2_marks.id", "part_2_marks.marker_id"],
            name=op.f("fk_part_2_ends_mark_id_marker_id"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_part_2_ends_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_2_ends")),
        sa.UniqueConstraint("mark_id", "kind", name=op.f("uq_part_2_ends_mark_id_kind")),
    )
    op.create_index(op.f("ix_part_2_ends_patient_id"), "part_2_ends", ["patient_id"], unique=False)
    op.create_table(
        "part_2_withdrawals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["part_2_consents.id"], name=op.f("fk_part_2_withdrawals_consent_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_part_2_withdrawals_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_2_withdrawals")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_part_2_withdrawals_consent_id")),
    )
    op.create_index(op.f("ix_part_2_withdrawals_patient_id"), "part_2_withdrawals", ["patient_id"], unique=False)
    op.create_table(
        "release_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("decider_id", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("decider_id <> requester_id", name=op.f("ck_release_decisions_released_by_another")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_release_decisions_patient_id")),
        sa.ForeignKeyConstraint(
            ["request_id", "requester_id"],
            ["release_requests.id", "release_requests.requester_id"],
            name=op.f("fk_release_decisions_request_id_requester_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_decisions")),
        sa.UniqueConstraint("request_id", name=op.f("uq_release_decisions_request_id")),
    )
    op.create_index(op.f("ix_release_decisions_patient_id"), "release_decisions", ["patient_id"], unique=False)
    op.create_table(
        "release_packets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("record_count", sa.Integer(), nullable=False),
        sa.Column("has_part_2", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_release_packets_patient_id")),
        sa.ForeignKeyConstraint(["request_id"], ["release_requests.id"], name=op.f("fk_release_packets_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_packets")),
        sa.UniqueConstraint("request_id", name=op.f("uq_release_packets_request_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_release_packets_sha256")),
    )
    op.create_index(op.f("ix_release_packets_patient_id"), "release_packets", ["patient_id"], unique=False)
    op.create_table(
        "release_revocations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_release_revocations_patient_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["release_requests.id"], name=op.f("fk_release_revocations_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_revocations")),
        sa.UniqueConstraint("request_id", name=op.f("uq_release_revocations_request_id")),
    )
    op.create_index(op.f("ix_release_revocations_patient_id"), "release_revocations", ["patient_id"], unique=False)
    op.create_table(
        "restriction_ends",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("restriction_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_restriction_ends_patient_id")),
        sa.ForeignKeyConstraint(
            ["restriction_id"], ["restrictions.id"], name=op.f("fk_restriction_ends_restriction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction_ends")),
        sa.UniqueConstraint("restriction_id", name=op.f("uq_restriction_ends_restriction_id")),
    )
    op.create_index(op.f("ix_restriction_ends_patient_id"), "restriction_ends", ["patient_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_restriction_ends_patient_id"), table_name="restriction_ends")
    op.drop_table("restriction_ends")
    op.drop_index(op.f("ix_release_revocations_patient_id"), table_name="release_revocations")
    op.drop_table("release_revocations")
    op.drop_index(op.f("ix_release_packets_patient_id"), table_name="release_packets")
    op.drop_table("release_packets")
    op.drop_index(op.f("ix_release_decisions_patient_id"), table_name="release_decisions")
    op.drop_table("release_decisions")
    op.drop_index(op.f("ix_part_2_withdrawals_patient_id"), table_name="part_2_withdrawals")
    op.drop_table("part_2_withdrawals")
    op.drop_index(op.f("ix_part_2_ends_patient_id"), table_name="part_2_ends")
    op.drop_table("part_2_ends")
    op.drop_index(op.f("ix_disclosures_patient_id_disclosed_on"), table_name="disclosures")
    op.drop_table("disclosures")
    op.drop_index(op.f("ix_amendment_steps_patient_id"), table_name="amendment_steps")
    op.drop_table("amendment_steps")
    op.drop_index(op.f("ix_restrictions_patient_id"), table_name="restrictions")
    op.drop_table("restrictions")
    op.drop_index(op.f("ix_release_requests_patient_id"), table_name="release_requests")
    op.drop_table("release_requests")
    op.drop_index(op.f("ix_part_2_marks_patient_id"), table_name="part_2_marks")
    op.drop_table("part_2_marks")
    op.drop_index(op.f("ix_part_2_consents_patient_id"), table_name="part_2_consents")
    op.drop_table("part_2_consents")
    op.drop_index(op.f("ix_amendment_requests_patient_id"), table_name="amendment_requests")
    op.drop_index(op.f("ix_amendment_requests_kind_record_id"), table_name="amendment_requests")
    op.drop_table("amendment_requests")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "amendment_requests_no_change",
            "amendment_steps_no_change",
            "disclosures_no_change",
            "part_2_consents_no_change",
            "part_2_ends_no_change",
            "part_2_marks_no_change",
            "part_2_withdrawals_no_change",
            "release_decisions_no_change",
            "release_packets_no_change",
            "release_requests_no_change",
            "release_revocations_no_change",
            "restriction_ends_no_change",
            "restrictions_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
