"""Short texts of one's own. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0034_snippets"
down_revision = "0033_treatment_plans"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER snippet_versions_no_update BEFORE UPDATE ON snippet_versions BEGIN SELECT RAISE(ABORT, 'snippet_versions_append_only'); END",
    "CREATE TRIGGER snippet_versions_no_delete BEFORE DELETE ON snippet_versions BEGIN SELECT RAISE(ABORT, 'snippet_versions_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION snippet_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'snippet_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER snippet_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON snippet_versions FOR EACH STATEMENT EXECUTE FUNCTION snippet_versions_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "snippets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_snippets_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippets")),
    )
    op.create_index(op.f("ix_snippets_staff_id"), "snippets", ["staff_id"], unique=False)
    op.create_table(
        "snippet_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("snippet_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["snippet_id"], ["snippets.id"], name=op.f("fk_snippet_versions_snippet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet_versions")),
    )
    op.create_index("uq_snippet_versions", "snippet_versions", ["snippet_id", "edition"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_snippet_versions", table_name="snippet_versions")
    op.drop_table("snippet_versions")
    op.drop_index(op.f("ix_snippets_staff_id"), table_name="snippets")
    op.drop_table("snippets")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("snippet_versions_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
