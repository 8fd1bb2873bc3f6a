"""Forms with their versions, and what was filled in. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0026_forms"
down_revision = "0025_measure_alerts"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER form_responses_locked BEFORE UPDATE ON form_responses WHEN OLD.state = 'locked' BEGIN SELECT RAISE(ABORT, 'form_responses_locked'); END",
    "CREATE TRIGGER form_responses_kept BEFORE DELETE ON form_responses BEGIN SELECT RAISE(ABORT, 'form_responses_locked'); END",
    "CREATE TRIGGER form_revisions_no_update BEFORE UPDATE ON form_revisions BEGIN SELECT RAISE(ABORT, 'form_revisions_append_only'); END",
    "CREATE TRIGGER form_revisions_no_delete BEFORE DELETE ON form_revisions BEGIN SELECT RAISE(ABORT, 'form_revisions_append_only'); END",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OF template_id, nth, label, questionnaire, hash ON form_versions BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
    "CREATE TRIGGER form_versions_kept BEFORE DELETE ON form_versions BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION form_responses_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR OLD.state = 'locked' THEN RAISE EXCEPTION 'form_responses_locked' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_responses_locked BEFORE UPDATE OR DELETE ON form_responses FOR EACH ROW EXECUTE FUNCTION form_responses_locked()",
    "CREATE FUNCTION form_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'form_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER form_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON form_revisions FOR EACH STATEMENT EXECUTE FUNCTION form_revisions_no_change()",
    "CREATE FUNCTION form_versions_as_they_came() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR (OLD.template_id, OLD.nth, OLD.label, OLD.questionnaire, OLD.hash) IS DISTINCT FROM (NEW.template_id, NEW.nth, NEW.label, NEW.questionnaire, NEW.hash) THEN RAISE EXCEPTION 'form_versions_as_they_came' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OR DELETE ON form_versions FOR EACH ROW EXECUTE FUNCTION form_versions_as_they_came()",
)


def upgrade() -> None:
    op.create_table(
        "form_templates",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_templates")),
    )
    op.create_table(
        "form_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("template_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["template_id"], ["form_templates.id"], name=op.f("fk_form_versions_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
    )
    op.create_index("uq_form_versions_nth", "form_versions", ["template_id", "nth"], unique=True)
    op.create_index(
        "uq_form_versions_published",
        "form_versions",
        ["template_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "form_responses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_form_responses_author_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_form_responses_patient_id")),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_form_responses_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_responses")),
    )
    op.create_index(
        op.f("ix_form_responses_patient_id_started_at"), "form_responses", ["patient_id", "started_at"], unique=False
    )
    op.create_table(
        "form_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_form_revisions_patient_id")),
        sa.ForeignKeyConstraint(["response_id"], ["form_responses.id"], name=op.f("fk_form_revisions_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_revisions")),
    )
    op.create_index("uq_form_revisions_number", "form_revisions", ["response_id", "number"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_form_revisions_number", table_name="form_revisions")
    op.drop_table("form_revisions")
    op.drop_index(op.f("ix_form_responses_patient_id_started_at"), table_name="form_responses")
    op.drop_table("form_responses")
    op.drop_index(
        "uq_form_versions_published",
        table_name="form_versions",
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index("uq_form_versions_nth", table_name="form_versions")
    op.drop_table("form_versions")
    op.drop_table("form_templates")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("form_responses_locked", "form_revisions_no_change", "form_versions_as_they_came"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
