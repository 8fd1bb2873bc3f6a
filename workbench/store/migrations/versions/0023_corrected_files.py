"""What files said before they were corrected. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0023_corrected_files"
down_revision = "0022_missed_fees"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER patient_revisions_no_update BEFORE UPDATE ON patient_revisions BEGIN SELECT RAISE(ABORT, 'patient_revisions_append_only'); END",
    "CREATE TRIGGER patient_revisions_no_delete BEFORE DELETE ON patient_revisions BEGIN SELECT RAISE(ABORT, 'patient_revisions_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION patient_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'patient_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER patient_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON patient_revisions FOR EACH STATEMENT EXECUTE FUNCTION patient_revisions_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "patient_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_patient_revisions_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_revisions")),
    )
    op.create_index("uq_patient_revisions_nth", "patient_revisions", ["patient_id", "nth"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_patient_revisions_nth", table_name="patient_revisions")
    op.drop_table("patient_revisions")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("patient_revisions_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
