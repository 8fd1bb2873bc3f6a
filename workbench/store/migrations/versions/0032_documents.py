"""Files in clients' records. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0032_documents"
down_revision = "0031_psychotherapy"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER document_filings_no_update BEFORE UPDATE ON document_filings BEGIN SELECT RAISE(ABORT, 'document_filings_append_only'); END",
    "CREATE TRIGGER document_filings_no_delete BEFORE DELETE ON document_filings BEGIN SELECT RAISE(ABORT, 'document_filings_append_only'); END",
    "CREATE TRIGGER patient_documents_no_update BEFORE UPDATE ON patient_documents BEGIN SELECT RAISE(ABORT, 'patient_documents_append_only'); END",
    "CREATE TRIGGER patient_documents_no_delete BEFORE DELETE ON patient_documents BEGIN SELECT RAISE(ABORT, 'patient_documents_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION document_filings_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'document_filings_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER document_filings_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document_filings FOR EACH STATEMENT EXECUTE FUNCTION document_filings_no_change()",
    "CREATE FUNCTION patient_documents_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'patient_documents_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER patient_documents_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON patient_documents FOR EACH STATEMENT EXECUTE FUNCTION patient_documents_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "patient_documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.Column("moved_from", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["moved_from"], ["patient_documents.id"], name=op.f("fk_patient_documents_moved_from")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_patient_documents_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_documents")),
    )
    op.create_index("uq_patient_documents_bytes", "patient_documents", ["patient_id", "sha256"], unique=True)
    op.create_table(
        "document_filings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["patient_documents.id"], name=op.f("fk_document_filings_document_id")
        ),
        sa.ForeignKeyConstraint(["moved_to"], ["patient_documents.id"], name=op.f("fk_document_filings_moved_to")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_document_filings_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_filings")),
    )
    op.create_index(op.f("ix_document_filings_patient_id"), "document_filings", ["patient_id"], unique=False)
    op.create_index("uq_document_filings_number", "document_filings", ["document_id", "number"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_document_filings_number", table_name="document_filings")
    op.drop_index(op.f("ix_document_filings_patient_id"), table_name="document_filings")
    op.drop_table("document_filings")
    op.drop_index("uq_patient_documents_bytes", table_name="patient_documents")
    op.drop_table("patient_documents")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("document_filings_no_change", "patient_documents_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
