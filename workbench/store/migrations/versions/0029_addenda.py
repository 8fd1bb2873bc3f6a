"""What is added to locked notes and forms. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0029_addenda"
down_revision = "0028_measure_plans"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER addenda_no_update BEFORE UPDATE ON addenda BEGIN SELECT RAISE(ABORT, 'addenda_append_only'); END",
    "CREATE TRIGGER addenda_no_delete BEFORE DELETE ON addenda BEGIN SELECT RAISE(ABORT, 'addenda_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION addenda_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'addenda_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER addenda_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON addenda FOR EACH STATEMENT EXECUTE FUNCTION addenda_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "addenda",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=True),
        sa.Column("response_id", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("target_hash", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(note_id IS NULL) <> (response_id IS NULL)", name=op.f("ck_addenda_one_target")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_addenda_author_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_addenda_note_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_addenda_patient_id")),
        sa.ForeignKeyConstraint(["response_id"], ["form_responses.id"], name=op.f("fk_addenda_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addenda")),
    )
    op.create_index(op.f("ix_addenda_patient_id"), "addenda", ["patient_id"], unique=False)
    op.create_index("uq_addenda_note", "addenda", ["note_id", "number"], unique=True)
    op.create_index("uq_addenda_response", "addenda", ["response_id", "number"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_addenda_response", table_name="addenda")
    op.drop_index("uq_addenda_note", table_name="addenda")
    op.drop_index(op.f("ix_addenda_patient_id"), table_name="addenda")
    op.drop_table("addenda")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("addenda_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
