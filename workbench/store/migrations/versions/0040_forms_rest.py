"""Publishers of packs of forms. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0040_forms_rest"
down_revision = "0039_calendar_rest"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER form_publishers_as_trusted BEFORE UPDATE OF name, key, trusted_at, trusted_by ON form_publishers BEGIN SELECT RAISE(ABORT, 'form_publishers_as_trusted'); END",
    "CREATE TRIGGER form_publishers_kept BEFORE DELETE ON form_publishers BEGIN SELECT RAISE(ABORT, 'form_publishers_as_trusted'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION form_publishers_as_trusted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' OR (OLD.name, OLD.key, OLD.trusted_at, OLD.trusted_by) IS DISTINCT FROM (NEW.name, NEW.key, NEW.trusted_at, NEW.trusted_by) THEN RAISE EXCEPTION 'form_publishers_as_trusted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_publishers_as_trusted BEFORE UPDATE OR DELETE ON form_publishers FOR EACH ROW EXECUTE FUNCTION form_publishers_as_trusted()",
)


def upgrade() -> None:
    op.create_table(
        "form_publishers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("trusted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trusted_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_publishers")),
    )
    op.create_index(
        "uq_form_publishers_key",
        "form_publishers",
        ["key"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index(
        "uq_form_publishers_key",
        table_name="form_publishers",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("form_publishers")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("form_publishers_as_trusted",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
