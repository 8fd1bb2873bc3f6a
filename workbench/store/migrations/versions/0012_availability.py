"""Working hours and time away. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0012_availability"
down_revision = "0011_undo"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER hours_plans_no_update BEFORE UPDATE ON hours_plans BEGIN SELECT RAISE(ABORT, 'hours_plans_append_only'); END",
    "CREATE TRIGGER hours_plans_no_delete BEFORE DELETE ON hours_plans BEGIN SELECT RAISE(ABORT, 'hours_plans_append_only'); END",
    "CREATE TRIGGER hours_rows_no_update BEFORE UPDATE ON hours_rows BEGIN SELECT RAISE(ABORT, 'hours_rows_append_only'); END",
    "CREATE TRIGGER hours_rows_no_delete BEFORE DELETE ON hours_rows BEGIN SELECT RAISE(ABORT, 'hours_rows_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION hours_plans_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'hours_plans_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER hours_plans_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON hours_plans FOR EACH STATEMENT EXECUTE FUNCTION hours_plans_no_change()",
    "CREATE FUNCTION hours_rows_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'hours_rows_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER hours_rows_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON hours_rows FOR EACH STATEMENT EXECUTE FUNCTION hours_rows_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "hours_plans",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("published_until", sa.Date(), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("note_minutes", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "most_a_day >= 0 AND note_minutes >= 0 AND travel_minutes >= 0", name=op.f("ck_hours_plans_not_below_zero")
        ),
        sa.CheckConstraint("published_until >= from_on", name=op.f("ck_hours_plans_published_for_a_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hours_plans_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_plans")),
    )
    op.create_index(op.f("ix_hours_plans_staff_id_from_on"), "hours_plans", ["staff_id", "from_on"], unique=False)
    op.create_table(
        "times_away",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_times_away_ends_after_start")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_times_away_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_times_away")),
    )
    op.create_index(op.f("ix_times_away_staff_id_starts_at"), "times_away", ["staff_id", "starts_at"], unique=False)
    op.create_table(
        "hours_rows",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440",
            name=op.f("ck_hours_rows_in_a_day"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_hours_rows_a_weekday")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_hours_rows_location_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["hours_plans.id"], name=op.f("fk_hours_rows_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_rows")),
    )
    op.create_index(op.f("ix_hours_rows_plan_id"), "hours_rows", ["plan_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_hours_rows_plan_id"), table_name="hours_rows")
    op.drop_table("hours_rows")
    op.drop_index(op.f("ix_times_away_staff_id_starts_at"), table_name="times_away")
    op.drop_table("times_away")
    op.drop_index(op.f("ix_hours_plans_staff_id_from_on"), table_name="hours_plans")
    op.drop_table("hours_plans")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("hours_plans_no_change", "hours_rows_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
