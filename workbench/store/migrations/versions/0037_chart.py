"""Diagnoses, medications, allergies and risk. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0037_chart"
down_revision = "0036_releases"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER allergy_versions_no_update BEFORE UPDATE ON allergy_versions BEGIN SELECT RAISE(ABORT, 'allergy_versions_append_only'); END",
    "CREATE TRIGGER allergy_versions_no_delete BEFORE DELETE ON allergy_versions BEGIN SELECT RAISE(ABORT, 'allergy_versions_append_only'); END",
    "CREATE TRIGGER diagnosis_versions_no_update BEFORE UPDATE ON diagnosis_versions BEGIN SELECT RAISE(ABORT, 'diagnosis_versions_append_only'); END",
    "CREATE TRIGGER diagnosis_versions_no_delete BEFORE DELETE ON diagnosis_versions BEGIN SELECT RAISE(ABORT, 'diagnosis_versions_append_only'); END",
    "CREATE TRIGGER medication_versions_no_update BEFORE UPDATE ON medication_versions BEGIN SELECT RAISE(ABORT, 'medication_versions_append_only'); END",
    "CREATE TRIGGER medication_versions_no_delete BEFORE DELETE ON medication_versions BEGIN SELECT RAISE(ABORT, 'medication_versions_append_only'); END",
    "CREATE TRIGGER risk_versions_no_update BEFORE UPDATE ON risk_versions BEGIN SELECT RAISE(ABORT, 'risk_versions_append_only'); END",
    "CREATE TRIGGER risk_versions_no_delete BEFORE DELETE ON risk_versions BEGIN SELECT RAISE(ABORT, 'risk_versions_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION allergy_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'allergy_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER allergy_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON allergy_versions FOR EACH STATEMENT EXECUTE FUNCTION allergy_versions_no_change()",
    "CREATE FUNCTION diagnosis_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'diagnosis_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER diagnosis_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON diagnosis_versions FOR EACH STATEMENT EXECUTE FUNCTION diagnosis_versions_no_change()",
    "CREATE FUNCTION medication_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'medication_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER medication_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON medication_versions FOR EACH STATEMENT EXECUTE FUNCTION medication_versions_no_change()",
    "CREATE FUNCTION risk_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'risk_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER risk_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON risk_versions FOR EACH STATEMENT EXECUTE FUNCTION risk_versions_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "allergy_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_allergy_versions_patient_id")),
        sa.ForeignKeyConstraint(["said_by"], ["staff.id"], name=op.f("fk_allergy_versions_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allergy_versions")),
    )
    op.create_index(op.f("ix_allergy_versions_patient_id"), "allergy_versions", ["patient_id"], unique=False)
    op.create_index("uq_allergy_versions", "allergy_versions", ["line_id", "edition"], unique=True)
    op.create_table(
        "diagnosis_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_diagnosis_versions_patient_id")),
        sa.ForeignKeyConstraint(["said_by"], ["staff.id"], name=op.f("fk_diagnosis_versions_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_versions")),
    )
    op.create_index(op.f("ix_diagnosis_versions_patient_id"), "diagnosis_versions", ["patient_id"], unique=False)
    op.create_index("uq_diagnosis_versions", "diagnosis_versions", ["line_id", "edition"], unique=True)
    op.create_table(
        "medication_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_medication_versions_patient_id")),
        sa.ForeignKeyConstraint(["said_by"], ["staff.id"], name=op.f("fk_medication_versions_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medication_versions")),
    )
    op.create_index(op.f("ix_medication_versions_patient_id"), "medication_versions", ["patient_id"], unique=False)
    op.create_index("uq_medication_versions", "medication_versions", ["line_id", "edition"], unique=True)
    op.create_table(
        "risk_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_risk_versions_patient_id")),
        sa.ForeignKeyConstraint(["said_by"], ["staff.id"], name=op.f("fk_risk_versions_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_versions")),
    )
    op.create_index(op.f("ix_risk_versions_patient_id"), "risk_versions", ["patient_id"], unique=False)
    op.create_index("uq_risk_versions", "risk_versions", ["line_id", "edition"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_risk_versions", table_name="risk_versions")
    op.drop_index(op.f("ix_risk_versions_patient_id"), table_name="risk_versions")
    op.drop_table("risk_versions")
    op.drop_index("uq_medication_versions", table_name="medication_versions")
    op.drop_index(op.f("ix_medication_versions_patient_id"), table_name="medication_versions")
    op.drop_table("medication_versions")
    op.drop_index("uq_diagnosis_versions", table_name="diagnosis_versions")
    op.drop_index(op.f("ix_diagnosis_versions_patient_id"), table_name="diagnosis_versions")
    op.drop_table("diagnosis_versions")
    op.drop_index("uq_allergy_versions", table_name="allergy_versions")
    op.drop_index(op.f("ix_allergy_versions_patient_id"), table_name="allergy_versions")
    op.drop_table("allergy_versions")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "allergy_versions_no_change",
            "diagnosis_versions_no_change",
            "medication_versions_no_change",
            "risk_versions_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
