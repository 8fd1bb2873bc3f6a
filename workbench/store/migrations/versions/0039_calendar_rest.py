"""Views, fees of each service, places by version, terms of the waitlist. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0039_calendar_rest"
down_revision = "0038_group_notes"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER missed_service_terms_no_update BEFORE UPDATE ON missed_service_terms BEGIN SELECT RAISE(ABORT, 'missed_service_terms_append_only'); END",
    "CREATE TRIGGER missed_service_terms_no_delete BEFORE DELETE ON missed_service_terms BEGIN SELECT RAISE(ABORT, 'missed_service_terms_append_only'); END",
    "CREATE TRIGGER place_versions_no_update BEFORE UPDATE ON place_versions BEGIN SELECT RAISE(ABORT, 'place_versions_append_only'); END",
    "CREATE TRIGGER place_versions_no_delete BEFORE DELETE ON place_versions BEGIN SELECT RAISE(ABORT, 'place_versions_append_only'); END",
    "CREATE TRIGGER waitlist_terms_no_update BEFORE UPDATE ON waitlist_terms BEGIN SELECT RAISE(ABORT, 'waitlist_terms_append_only'); END",
    "CREATE TRIGGER waitlist_terms_no_delete BEFORE DELETE ON waitlist_terms BEGIN SELECT RAISE(ABORT, 'waitlist_terms_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION missed_service_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'missed_service_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER missed_service_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON missed_service_terms FOR EACH STATEMENT EXECUTE FUNCTION missed_service_terms_no_change()",
    "CREATE FUNCTION place_versions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'place_versions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER place_versions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON place_versions FOR EACH STATEMENT EXECUTE FUNCTION place_versions_no_change()",
    "CREATE FUNCTION waitlist_terms_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'waitlist_terms_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER waitlist_terms_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON waitlist_terms FOR EACH STATEMENT EXECUTE FUNCTION waitlist_terms_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "waitlist_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("ask_weeks", sa.Integer(), nullable=False),
        sa.Column("hold_weeks", sa.Integer(), nullable=False),
        sa.Column("lapse_weeks", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "0 < ask_weeks AND ask_weeks < hold_weeks AND (lapse_weeks = 0 OR lapse_weeks >= hold_weeks)",
            name=op.f("ck_waitlist_terms_one_after_the_other"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_terms")),
    )
    op.create_index("uq_waitlist_terms_nth", "waitlist_terms", ["nth"], unique=True)
    op.create_table(
        "calendar_views",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("sight", sa.String(), nullable=False),
        sa.Column("clinician_ids", sa.String(), nullable=False),
        sa.Column("place_ids", sa.String(), nullable=False),
        sa.Column("states", sa.String(), nullable=False),
        sa.Column("default_of", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_calendar_views_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_views")),
        sa.UniqueConstraint("default_of", name=op.f("uq_calendar_views_default_of")),
    )
    op.create_index(op.f("ix_calendar_views_staff_id"), "calendar_views", ["staff_id"], unique=False)
    op.create_table(
        "missed_service_terms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("late_cents", sa.Integer(), nullable=True),
        sa.Column("no_show_cents", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "late_cents >= 0 AND no_show_cents >= 0", name=op.f("ck_missed_service_terms_not_below_zero")
        ),
        sa.ForeignKeyConstraint(["type_id"], ["appointment_types.id"], name=op.f("fk_missed_service_terms_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_service_terms")),
    )
    op.create_index("uq_missed_service_terms_nth", "missed_service_terms", ["type_id", "nth"], unique=True)
    op.create_table(
        "place_versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("npi", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("zip_code", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_place_versions_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_versions")),
    )
    op.create_index("uq_place_versions_nth", "place_versions", ["location_id", "nth"], unique=True)
    op.add_column("locations", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("locations", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_column("locations", "version")
    op.drop_column("locations", "retired_at")
    op.drop_index("uq_place_versions_nth", table_name="place_versions")
    op.drop_table("place_versions")
    op.drop_index("uq_missed_service_terms_nth", table_name="missed_service_terms")
    op.drop_table("missed_service_terms")
    op.drop_index(op.f("ix_calendar_views_staff_id"), table_name="calendar_views")
    op.drop_table("calendar_views")
    op.drop_index("uq_waitlist_terms_nth", table_name="waitlist_terms")
    op.drop_table("waitlist_terms")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("missed_service_terms_no_change", "place_versions_no_change", "waitlist_terms_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
