"""Whom clinicians can take. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0018_clinician_profiles"
down_revision = "0017_calendar_feeds"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER clinician_profiles_no_update BEFORE UPDATE ON clinician_profiles BEGIN SELECT RAISE(ABORT, 'clinician_profiles_append_only'); END",
    "CREATE TRIGGER clinician_profiles_no_delete BEFORE DELETE ON clinician_profiles BEGIN SELECT RAISE(ABORT, 'clinician_profiles_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION clinician_profiles_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'clinician_profiles_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER clinician_profiles_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON clinician_profiles FOR EACH STATEMENT EXECUTE FUNCTION clinician_profiles_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "clinician_profiles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("licences", sa.String(), nullable=False),
        sa.Column("payer_ids", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_clinician_profiles_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinician_profiles")),
    )
    op.create_index("uq_clinician_profiles_nth", "clinician_profiles", ["staff_id", "nth"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_clinician_profiles_nth", table_name="clinician_profiles")
    op.drop_table("clinician_profiles")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("clinician_profiles_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
