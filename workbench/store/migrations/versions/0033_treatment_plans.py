"""Treatment plans, and which objectives a note served. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0033_treatment_plans"
down_revision = "0032_documents"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER note_objectives_no_insert BEFORE INSERT ON note_objectives WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.note_id AND state <> 'draft') BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
    "CREATE TRIGGER note_objectives_no_update BEFORE UPDATE ON note_objectives WHEN EXISTS (SELECT 1 FROM notes WHERE id IN (OLD.note_id, NEW.note_id) AND state <> 'draft') BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
    "CREATE TRIGGER note_objectives_no_delete BEFORE DELETE ON note_objectives BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
    "CREATE TRIGGER treatment_plans_locked BEFORE UPDATE ON treatment_plans WHEN OLD.state = 'locked' BEGIN SELECT RAISE(ABORT, 'treatment_plan_locked'); END",
    "CREATE TRIGGER treatment_plans_in_review BEFORE UPDATE OF sealed, patient_id, number, author_id ON treatment_plans WHEN OLD.state = 'review' BEGIN SELECT RAISE(ABORT, 'treatment_plan_in_review'); END",
    "CREATE TRIGGER treatment_plans_kept BEFORE DELETE ON treatment_plans BEGIN SELECT RAISE(ABORT, 'treatment_plan_kept'); END",
    "CREATE TRIGGER treatment_plans_returned_no_update BEFORE UPDATE ON treatment_plans_returned BEGIN SELECT RAISE(ABORT, 'treatment_plans_returned_append_only'); END",
    "CREATE TRIGGER treatment_plans_returned_no_delete BEFORE DELETE ON treatment_plans_returned BEGIN SELECT RAISE(ABORT, 'treatment_plans_returned_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION note_objectives_kept() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE is_kept boolean; BEGIN IF TG_OP = 'DELETE' THEN is_kept := true; ELSIF TG_OP = 'INSERT' THEN is_kept := EXISTS (SELECT 1 FROM notes WHERE id = NEW.note_id AND state <> 'draft'); ELSE is_kept := EXISTS (SELECT 1 FROM notes WHERE id IN (OLD.note_id, NEW.note_id) AND state <> 'draft'); END IF; IF is_kept THEN RAISE EXCEPTION 'note_objectives_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER note_objectives_kept BEFORE INSERT OR UPDATE OR DELETE ON note_objectives FOR EACH ROW EXECUTE FUNCTION note_objectives_kept()",
    "CREATE FUNCTION treatment_plans_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'treatment_plan_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF OLD.state = 'locked' THEN RAISE EXCEPTION 'treatment_plan_locked' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.number, OLD.author_id) IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.number, NEW.author_id) THEN RAISE EXCEPTION 'treatment_plan_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER treatment_plans_kept BEFORE UPDATE OR DELETE ON treatment_plans FOR EACH ROW EXECUTE FUNCTION treatment_plans_kept()",
    "CREATE FUNCTION treatment_plans_returned_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'treatment_plans_returned_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER treatment_plans_returned_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON treatment_plans_returned FOR EACH STATEMENT EXECUTE FUNCTION treatment_plans_returned_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "treatment_plans",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cosigner_id", sa.String(), nullable=False),
        sa.Column("cosigned_as", sa.String(), nullable=False),
        sa.Column("attested", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_treatment_plans_author_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_treatment_plans_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plans")),
    )
    op.create_index(op.f("ix_treatment_plans_author_id_state"), "treatment_plans", ["author_id", "state"], unique=False)
    op.create_index("uq_treatment_plans_number", "treatment_plans", ["patient_id", "number"], unique=True)
    op.create_index(
        "uq_treatment_plans_one_open",
        "treatment_plans",
        ["patient_id"],
        unique=True,
        sqlite_where=sa.text("state != 'locked'"),
        postgresql_where=sa.text("state != 'locked'"),
    )
    op.create_table(
        "treatment_plans_returned",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("supervisor_id", sa.String(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_treatment_plans_returned_patient_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["treatment_plans.id"], name=op.f("fk_treatment_plans_returned_plan_id")),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["staff.id"], name=op.f("fk_treatment_plans_returned_supervisor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_plans_returned")),
    )
    op.create_index(op.f("ix_treatment_plans_returned_plan_id"), "treatment_plans_returned", ["plan_id"], unique=False)
    op.create_table(
        "note_objectives",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("objective_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_note_objectives_note_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_note_objectives_patient_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["treatment_plans.id"], name=op.f("fk_note_objectives_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_objectives")),
    )
    op.create_index(op.f("ix_note_objectives_patient_id"), "note_objectives", ["patient_id"], unique=False)
    op.create_index("uq_note_objectives_note", "note_objectives", ["note_id", "objective_id"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_note_objectives_note", table_name="note_objectives")
    op.drop_index(op.f("ix_note_objectives_patient_id"), table_name="note_objectives")
    op.drop_table("note_objectives")
    op.drop_index(op.f("ix_treatment_plans_returned_plan_id"), table_name="treatment_plans_returned")
    op.drop_table("treatment_plans_returned")
    op.drop_index(
        "uq_treatment_plans_one_open",
        table_name="treatment_plans",
        sqlite_where=sa.text("state != 'locked'"),
        postgresql_where=sa.text("state != 'locked'"),
    )
    op.drop_index("uq_treatment_plans_number", table_name="treatment_plans")
    op.drop_index(op.f("ix_treatment_plans_author_id_state"), table_name="treatment_plans")
    op.drop_table("treatment_plans")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("note_objectives_kept", "treatment_plans_kept", "treatment_plans_returned_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
