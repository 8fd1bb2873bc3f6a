"""Psychotherapy notes, behind a wall. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0031_psychotherapy"
down_revision = "0030_cosigning"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER psychotherapy_notes_kept BEFORE DELETE ON psychotherapy_notes BEGIN SELECT RAISE(ABORT, 'psychotherapy_note_kept'); END",
    "CREATE TRIGGER psychotherapy_notes_theirs BEFORE UPDATE OF id, attendance_id, patient_id, author_id, kind, session_on, begun_at ON psychotherapy_notes BEGIN SELECT RAISE(ABORT, 'psychotherapy_note_theirs'); END",
    "CREATE TRIGGER psychotherapy_revisions_no_update BEFORE UPDATE ON psychotherapy_revisions BEGIN SELECT RAISE(ABORT, 'psychotherapy_revisions_append_only'); END",
    "CREATE TRIGGER psychotherapy_revisions_no_delete BEFORE DELETE ON psychotherapy_revisions BEGIN SELECT RAISE(ABORT, 'psychotherapy_revisions_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION psychotherapy_notes_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'psychotherapy_note_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF (OLD.id, OLD.attendance_id, OLD.patient_id, OLD.author_id, OLD.kind, OLD.session_on, OLD.begun_at) IS DISTINCT FROM (NEW.id, NEW.attendance_id, NEW.patient_id, NEW.author_id, NEW.kind, NEW.session_on, NEW.begun_at) THEN RAISE EXCEPTION 'psychotherapy_note_theirs' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER psychotherapy_notes_kept BEFORE UPDATE OR DELETE ON psychotherapy_notes FOR EACH ROW EXECUTE FUNCTION psychotherapy_notes_kept()",
    "CREATE FUNCTION psychotherapy_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'psychotherapy_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER psychotherapy_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON psychotherapy_revisions FOR EACH STATEMENT EXECUTE FUNCTION psychotherapy_revisions_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "psychotherapy_notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("session_on", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name=op.f("fk_psychotherapy_notes_attendance_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_psychotherapy_notes_author_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_psychotherapy_notes_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psychotherapy_notes")),
    )
    op.create_index(
        op.f("ix_psychotherapy_notes_author_id_patient_id"),
        "psychotherapy_notes",
        ["author_id", "patient_id"],
        unique=False,
    )
    op.create_index(
        "uq_psychotherapy_notes_session", "psychotherapy_notes", ["attendance_id", "author_id", "kind"], unique=True
    )
    op.create_table(
        "psychotherapy_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["psychotherapy_notes.id"], name=op.f("fk_psychotherapy_revisions_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_psychotherapy_revisions")),
    )
    op.create_index("uq_psychotherapy_revisions_note", "psychotherapy_revisions", ["note_id", "number"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_psychotherapy_revisions_note", table_name="psychotherapy_revisions")
    op.drop_table("psychotherapy_revisions")
    op.drop_index("uq_psychotherapy_notes_session", table_name="psychotherapy_notes")
    op.drop_index(op.f("ix_psychotherapy_notes_author_id_patient_id"), table_name="psychotherapy_notes")
    op.drop_table("psychotherapy_notes")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("psychotherapy_notes_kept", "psychotherapy_revisions_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
