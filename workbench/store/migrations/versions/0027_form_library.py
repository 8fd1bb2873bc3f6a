"""The library of forms, their review and their editing. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0027_form_library"
down_revision = "0026_forms"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "DROP TRIGGER form_versions_as_they_came",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OF template_id, nth, label, questionnaire, hash, base_hash, why ON form_versions BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
    "CREATE TRIGGER form_edits_no_update BEFORE UPDATE ON form_edits BEGIN SELECT RAISE(ABORT, 'form_edits_append_only'); END",
    "CREATE TRIGGER form_edits_no_delete BEFORE DELETE ON form_edits BEGIN SELECT RAISE(ABORT, 'form_edits_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "DROP TRIGGER form_versions_as_they_came ON form_versions",
    "DROP FUNCTION form_versions_as_they_came()",
    "CREATE FUNCTION form_versions_as_they_came() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR (OLD.template_id, OLD.nth, OLD.label, OLD.questionnaire, OLD.hash, OLD.base_hash, OLD.why) IS DISTINCT FROM (NEW.template_id, NEW.nth, NEW.label, NEW.questionnaire, NEW.hash, NEW.base_hash, NEW.why) THEN RAISE EXCEPTION 'form_versions_as_they_came' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OR DELETE ON form_versions FOR EACH ROW EXECUTE FUNCTION form_versions_as_they_came()",
    "CREATE FUNCTION form_edits_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'form_edits_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER form_edits_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON form_edits FOR EACH STATEMENT EXECUTE FUNCTION form_edits_no_change()",
)


BEFORE_SQLITE: tuple[str, ...] = (
    "DROP TRIGGER form_versions_as_they_came",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OF template_id, nth, label, questionnaire, hash ON form_versions BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
)

BEFORE_POSTGRESQL: tuple[str, ...] = (
    "DROP TRIGGER form_versions_as_they_came ON form_versions",
    "DROP FUNCTION form_versions_as_they_came()",
    "CREATE FUNCTION form_versions_as_they_came() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR (OLD.template_id, OLD.nth, OLD.label, OLD.questionnaire, OLD.hash) IS DISTINCT FROM (NEW.template_id, NEW.nth, NEW.label, NEW.questionnaire, NEW.hash) THEN RAISE EXCEPTION 'form_versions_as_they_came' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OR DELETE ON form_versions FOR EACH ROW EXECUTE FUNCTION form_versions_as_they_came()",
)


def upgrade() -> None:
    op.create_table(
        "form_edits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["form_versions.id"], name=op.f("fk_form_edits_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_edits")),
    )
    op.create_index("uq_form_edits_number", "form_edits", ["version_id", "number"], unique=True)
    op.add_column("form_templates", sa.Column("library_key", sa.String(), server_default="", nullable=False))
    op.create_index(
        "uq_form_templates_library_key",
        "form_templates",
        ["library_key"],
        unique=True,
        sqlite_where=sa.text("library_key != ''"),
        postgresql_where=sa.text("library_key != ''"),
    )
    op.add_column("form_versions", sa.Column("base_hash", sa.String(), server_default="", nullable=False))
    op.add_column("form_versions", sa.Column("why", sa.String(), server_default="", nullable=False))
    op.add_column("form_versions", sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("form_versions", sa.Column("review_asked_by", sa.String(), server_default="", nullable=False))
    op.add_column("form_versions", sa.Column("review_said", sa.String(), server_default="", nullable=False))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in BEFORE_SQLITE if op.get_bind().dialect.name == "sqlite" else BEFORE_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    op.drop_column("form_versions", "review_said")
    op.drop_column("form_versions", "review_asked_by")
    op.drop_column("form_versions", "review_asked_at")
    op.drop_column("form_versions", "why")
    op.drop_column("form_versions", "base_hash")
    op.drop_index(
        "uq_form_templates_library_key",
        table_name="form_templates",
        sqlite_where=sa.text("library_key != ''"),
        postgresql_where=sa.text("library_key != ''"),
    )
    op.drop_column("form_templates", "library_key")
    op.drop_index("uq_form_edits_number", table_name="form_edits")
    op.drop_table("form_edits")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("form_edits_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
