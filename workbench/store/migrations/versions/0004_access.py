"""Requests for access, decisions, clearance, working alone. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0004_access"
down_revision = "0003_sign_in"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER access_decisions_no_update BEFORE UPDATE ON access_decisions BEGIN SELECT RAISE(ABORT, 'access_decisions rows are kept as they are'); END",
    "CREATE TRIGGER access_decisions_no_delete BEFORE DELETE ON access_decisions BEGIN SELECT RAISE(ABORT, 'access_decisions rows are kept as they are'); END",
    "CREATE TRIGGER access_decisions_alone BEFORE INSERT ON access_decisions WHEN NEW.alone_under IS NOT NULL AND NOT EXISTS (SELECT 1 FROM solo_modes m WHERE m.id = NEW.alone_under AND m.person_id = NEW.decider_id AND m.effective_at <= NEW.decided_at AND (m.ended_at IS NULL OR m.ended_at > NEW.decided_at) AND strftime('%s', NEW.effective_at) - strftime('%s', NEW.decided_at) >= 86400) BEGIN SELECT RAISE(ABORT, 'an approval alone needs its record, its person and a wait of 24 hours'); END",
    "CREATE TRIGGER access_terms_no_update BEFORE UPDATE ON access_terms BEGIN SELECT RAISE(ABORT, 'access_terms rows are kept as they are'); END",
    "CREATE TRIGGER access_terms_no_delete BEFORE DELETE ON access_terms BEGIN SELECT RAISE(ABORT, 'access_terms rows are kept as they are'); END",
    "CREATE TRIGGER clearance_ticks_no_update BEFORE UPDATE ON clearance_ticks BEGIN SELECT RAISE(ABORT, 'clearance_ticks rows are kept as they are'); END",
    "CREATE TRIGGER clearance_ticks_no_delete BEFORE DELETE ON clearance_ticks BEGIN SELECT RAISE(ABORT, 'clearance_ticks rows are kept as they are'); END",
    "CREATE TRIGGER role_grant_terms_no_update BEFORE UPDATE ON role_grant_terms BEGIN SELECT RAISE(ABORT, 'role_grant_terms rows are kept as they are'); END",
    "CREATE TRIGGER role_grant_terms_no_delete BEFORE DELETE ON role_grant_terms BEGIN SELECT RAISE(ABORT, 'role_grant_terms rows are kept as they are'); END",
    "CREATE TRIGGER role_grants_not_ones_own BEFORE INSERT ON role_grants WHEN NEW.granted_by = NEW.user_id BEGIN SELECT RAISE(ABORT, 'nobody grants a role to themself'); END",
    "CREATE TRIGGER solo_modes_wait BEFORE INSERT ON solo_modes WHEN strftime('%s', NEW.effective_at) - strftime('%s', NEW.begun_at) < 86400 BEGIN SELECT RAISE(ABORT, 'working alone begins 24 hours after it was turned on'); END",
    "CREATE TRIGGER solo_modes_kept BEFORE UPDATE OF person_id, begun_at, effective_at ON solo_modes BEGIN SELECT RAISE(ABORT, 'working alone begins 24 hours after it was turned on'); END",
    "CREATE TRIGGER solo_statements_no_update BEFORE UPDATE ON solo_statements BEGIN SELECT RAISE(ABORT, 'solo_statements rows are kept as they are'); END",
    "CREATE TRIGGER solo_statements_no_delete BEFORE DELETE ON solo_statements BEGIN SELECT RAISE(ABORT, 'solo_statements rows are kept as they are'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION access_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_decisions rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_decisions FOR EACH STATEMENT EXECUTE FUNCTION access_decisions_no_change()",
    "CREATE FUNCTION access_decisions_alone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.alone_under IS NOT NULL AND NOT EXISTS (SELECT 1 FROM solo_modes m WHERE m.id = NEW.alone_under AND m.person_id = NEW.decider_id AND m.effective_at <= NEW.decided_at AND (m.ended_at IS NULL OR m.ended_at > NEW.decided_at) AND NEW.effective_at >= NEW.decided_at + interval '24 hours') THEN RAISE EXCEPTION 'an approval alone needs its record, its person and a wait of 24 hours' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER access_decisions_alone BEFORE INSERT ON access_decisions FOR EACH ROW EXECUTE FUNCTION access_decisions_alone()",
    "CREATE FUNCTION access_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_terms rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_terms FOR EACH STATEMENT EXECUTE FUNCTION access_terms_no_change()",
    "CREATE FUNCTION clearance_ticks_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'clearance_ticks rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER clearance_ticks_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON clearance_ticks FOR EACH STATEMENT EXECUTE FUNCTION clearance_ticks_no_change()",
    "CREATE FUNCTION role_grant_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'role_grant_terms rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER role_grant_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON role_grant_terms FOR EACH STATEMENT EXECUTE FUNCTION role_grant_terms_no_change()",
    "CREATE FUNCTION role_grants_not_ones_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.granted_by = NEW.user_id THEN RAISE EXCEPTION 'nobody grants a role to themself' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER role_grants_not_ones_own BEFORE INSERT ON role_grants FOR EACH ROW EXECUTE FUNCTION role_grants_not_ones_own()",
    "CREATE FUNCTION solo_modes_wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.effective_at < NEW.begun_at + interval '24 hours' OR (TG_OP = 'UPDATE' AND (NEW.person_id, NEW.begun_at, NEW.effective_at) IS DISTINCT FROM (OLD.person_id, OLD.begun_at, OLD.effective_at)) THEN RAISE EXCEPTION 'working alone begins 24 hours after it was turned on' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER solo_modes_wait BEFORE INSERT OR UPDATE ON solo_modes FOR EACH ROW EXECUTE FUNCTION solo_modes_wait()",
    "CREATE FUNCTION solo_statements_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'solo_statements rows are kept as they are' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER solo_statements_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON solo_statements FOR EACH STATEMENT EXECUTE FUNCTION solo_statements_no_change()",
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "solo_modes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solo_modes")),
    )
    op.create_table(
        "access_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("roles_before", sa.String(), nullable=False),
        sa.Column("roles_after", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_access_requests_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_requests")),
        sa.UniqueConstraint("id", "requester_id", "person_id", name="uq_access_requests_persons"),
    )
    op.create_index(
        op.f("ix_access_requests_state_requested_at"), "access_requests", ["state", "requested_at"], unique=False
    )
    op.create_table(
        "clearance_ticks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("ticked_by", sa.String(), nullable=False),
        sa.Column("ticker_id", sa.String(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ticker_id <> staff_id", name=op.f("ck_clearance_ticks_not_ones_own")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_clearance_ticks_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_ticks")),
    )
    op.create_index(op.f("ix_clearance_ticks_staff_id"), "clearance_ticks", ["staff_id"], unique=False)
    op.create_table(
        "solo_statements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("solo_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["solo_id"], ["solo_modes.id"], name=op.f("fk_solo_statements_solo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solo_statements")),
        sa.UniqueConstraint("solo_id", "from_on", name=op.f("uq_solo_statements_solo_id_from_on")),
    )
    op.create_table(
        "access_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("needs_cosign", sa.Boolean(), nullable=False),
        sa.Column("supervisor_id", sa.String(), nullable=True),
        sa.Column("is_covering", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(needs_cosign AND supervisor_id IS NOT NULL) OR (NOT needs_cosign AND supervisor_id IS NULL)",
            name=op.f("ck_access_terms_trainee_has_supervisor"),
        ),
        sa.CheckConstraint("supervisor_id <> person_id", name=op.f("ck_access_terms_supervisor_is_another")),
        sa.ForeignKeyConstraint(
            ["request_id", "requester_id", "person_id"],
            ["access_requests.id", "access_requests.requester_id", "access_requests.person_id"],
            name=op.f("fk_access_terms_request_id_requester_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_access_terms_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_terms")),
        sa.UniqueConstraint("request_id", "number", "requester_id", "person_id", name="uq_access_terms_version"),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_access_terms_request_id_number")),
    )
    op.create_table(
        "role_grant_terms",
        sa.Column("grant_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("needs_cosign", sa.Boolean(), nullable=False),
        sa.Column("supervisor_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(needs_cosign AND role = 'clinician' AND supervisor_id IS NOT NULL) OR (NOT needs_cosign AND supervisor_id IS NULL)",
            name=op.f("ck_role_grant_terms_trainee_has_supervisor"),
        ),
        sa.CheckConstraint("supervisor_id <> person_id", name=op.f("ck_role_grant_terms_supervisor_is_another")),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grants.id"], name=op.f("fk_role_grant_terms_grant_id")),
        sa.ForeignKeyConstraint(["request_id"], ["access_requests.id"], name=op.f("fk_role_grant_terms_request_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_role_grant_terms_supervisor_id")),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_role_grant_terms")),
        sa.UniqueConstraint("request_id", "role", name=op.f("uq_role_grant_terms_request_id_role")),
    )
    op.create_table(
        "access_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("is_approval", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decider_id", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alone_under", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("decider_id <> person_id", name=op.f("ck_access_decisions_not_about_oneself")),
        sa.CheckConstraint(
            "decider_id <> requester_id OR alone_under IS NOT NULL", name=op.f("ck_access_decisions_not_by_who_asked")
        ),
        sa.CheckConstraint("effective_at >= decided_at", name=op.f("ck_access_decisions_not_before_decided")),
        sa.ForeignKeyConstraint(["alone_under"], ["solo_modes.id"], name=op.f("fk_access_decisions_alone_under")),
        sa.ForeignKeyConstraint(
            ["request_id", "number", "requester_id", "person_id"],
            ["access_terms.request_id", "access_terms.number", "access_terms.requester_id", "access_terms.person_id"],
            name=op.f("fk_access_decisions_request_id_number_requester_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_decisions")),
        sa.UniqueConstraint(
            "request_id",
            "number",
            "decider_id",
            "is_approval",
            name=op.f("uq_access_decisions_request_id_number_decider_id_is_approval"),
        ),
    )
    # ### end Alembic commands ###
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    on = " ON role_grants" if op.get_bind().dialect.name == "postgresql" else ""
    op.get_bind().exec_driver_sql(f"DROP TRIGGER role_grants_not_ones_own{on}")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_table("access_decisions")
    op.drop_table("role_grant_terms")
    op.drop_table("access_terms")
    op.drop_table("solo_statements")
    op.drop_index(op.f("ix_clearance_ticks_staff_id"), table_name="clearance_ticks")
    op.drop_table("clearance_ticks")
    op.drop_index(op.f("ix_access_requests_state_requested_at"), table_name="access_requests")
    op.drop_table("access_requests")
    op.drop_table("solo_modes")
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "access_decisions_no_change",
            "access_decisions_alone",
            "access_terms_no_change",
            "clearance_ticks_no_change",
            "role_grant_terms_no_change",
            "role_grants_not_ones_own",
            "solo_modes_wait",
            "solo_statements_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
