"""Co-signatures, and what was given back. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0030_cosigning"
down_revision = "0029_addenda"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER form_responses_in_review BEFORE UPDATE OF sealed, patient_id, version_id, author_id, hash ON form_responses WHEN OLD.state = 'review' BEGIN SELECT RAISE(ABORT, 'form_response_in_review'); END",
    "CREATE TRIGGER notes_in_review BEFORE UPDATE OF sealed, patient_id, attendance_id, author_id, service_on ON notes WHEN OLD.state = 'review' BEGIN SELECT RAISE(ABORT, 'note_in_review'); END",
    "CREATE TRIGGER returned_for_revision_no_update BEFORE UPDATE ON returned_for_revision BEGIN SELECT RAISE(ABORT, 'returned_for_revision_append_only'); END",
    "CREATE TRIGGER returned_for_revision_no_delete BEFORE DELETE ON returned_for_revision BEGIN SELECT RAISE(ABORT, 'returned_for_revision_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION form_responses_in_review() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.version_id, OLD.author_id, OLD.hash) IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.version_id, NEW.author_id, NEW.hash) THEN RAISE EXCEPTION 'form_response_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER form_responses_in_review BEFORE UPDATE ON form_responses FOR EACH ROW EXECUTE FUNCTION form_responses_in_review()",
    "CREATE FUNCTION notes_in_review() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.attendance_id, OLD.author_id, OLD.service_on) IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.attendance_id, NEW.author_id, NEW.service_on) THEN RAISE EXCEPTION 'note_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER notes_in_review BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION notes_in_review()",
    "CREATE FUNCTION returned_for_revision_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'returned_for_revision_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER returned_for_revision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON returned_for_revision FOR EACH STATEMENT EXECUTE FUNCTION returned_for_revision_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "returned_for_revision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=True),
        sa.Column("response_id", sa.String(), nullable=True),
        sa.Column("supervisor_id", sa.String(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(note_id IS NULL) <> (response_id IS NULL)", name=op.f("ck_returned_for_revision_one_target")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_returned_for_revision_note_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_returned_for_revision_patient_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["form_responses.id"], name=op.f("fk_returned_for_revision_response_id")
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_returned_for_revision_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_for_revision")),
    )
    op.create_index(op.f("ix_returned_for_revision_note_id"), "returned_for_revision", ["note_id"], unique=False)
    op.create_index(
        op.f("ix_returned_for_revision_response_id"), "returned_for_revision", ["response_id"], unique=False
    )
    op.add_column("form_responses", sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("form_responses", sa.Column("cosigner_id", sa.String(), server_default="", nullable=False))
    op.add_column("form_responses", sa.Column("cosigned_as", sa.String(), server_default="", nullable=False))
    op.add_column("form_responses", sa.Column("attested", sa.String(), server_default="", nullable=False))
    op.add_column("notes", sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notes", sa.Column("cosigner_id", sa.String(), server_default="", nullable=False))
    op.add_column("notes", sa.Column("cosigned_as", sa.String(), server_default="", nullable=False))
    op.add_column("notes", sa.Column("attested", sa.String(), server_default="", nullable=False))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("notes", "form_responses"):
        of_table = "" if is_sqlite else f" ON {table}"
        op.get_bind().exec_driver_sql(f"DROP TRIGGER {table}_in_review{of_table}")
    op.drop_column("notes", "attested")
    op.drop_column("notes", "cosigned_as")
    op.drop_column("notes", "cosigner_id")
    op.drop_column("notes", "cosigned_at")
    op.drop_column("form_responses", "attested")
    op.drop_column("form_responses", "cosigned_as")
    op.drop_column("form_responses", "cosigner_id")
    op.drop_column("form_responses", "cosigned_at")
    op.drop_index(op.f("ix_returned_for_revision_response_id"), table_name="returned_for_revision")
    op.drop_index(op.f("ix_returned_for_revision_note_id"), table_name="returned_for_revision")
    op.drop_table("returned_for_revision")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("form_responses_in_review", "notes_in_review", "returned_for_revision_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
