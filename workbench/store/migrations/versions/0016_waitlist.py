"""The waitlist: who waits, what they said, what was offered. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0016_waitlist"
down_revision = "0015_order_of_what_was_said"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER waitlist_words_no_update BEFORE UPDATE ON waitlist_words BEGIN SELECT RAISE(ABORT, 'waitlist_words_append_only'); END",
    "CREATE TRIGGER waitlist_words_no_delete BEFORE DELETE ON waitlist_words BEGIN SELECT RAISE(ABORT, 'waitlist_words_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION waitlist_words_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'waitlist_words_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER waitlist_words_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON waitlist_words FOR EACH STATEMENT EXECUTE FUNCTION waitlist_words_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "waitlist_entries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_waitlist_entries_patient_id")),
        sa.ForeignKeyConstraint(["type_id"], ["appointment_types.id"], name=op.f("fk_waitlist_entries_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entries")),
    )
    op.create_index(
        "uq_waitlist_entries_open",
        "waitlist_entries",
        ["patient_id", "type_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "waitlist_offers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer = 'accepted') = (appointment_id IS NOT NULL)", name=op.f("ck_waitlist_offers_accepted_is_booked")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_waitlist_offers_ends_after_start")),
        sa.CheckConstraint(
            "expires_at > offered_at AND expires_at <= starts_at", name=op.f("ck_waitlist_offers_over_before_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_waitlist_offers_appointment_id")
        ),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_waitlist_offers_clinician_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["waitlist_entries.id"], name=op.f("fk_waitlist_offers_entry_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_waitlist_offers_location_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_waitlist_offers_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_offers")),
    )
    op.create_index(
        op.f("ix_waitlist_offers_clinician_id_starts_at"),
        "waitlist_offers",
        ["clinician_id", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_waitlist_offers_entry_id"), "waitlist_offers", ["entry_id"], unique=False)
    op.create_index(op.f("ix_waitlist_offers_offered_at"), "waitlist_offers", ["offered_at"], unique=False)
    op.create_table(
        "waitlist_words",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440",
            name=op.f("ck_waitlist_words_in_a_day"),
        ),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_waitlist_words_a_day")),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_waitlist_words_clinician_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["waitlist_entries.id"], name=op.f("fk_waitlist_words_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_words")),
    )
    op.create_index("uq_waitlist_words_nth", "waitlist_words", ["entry_id", "nth"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_waitlist_words_nth", table_name="waitlist_words")
    op.drop_table("waitlist_words")
    op.drop_index(op.f("ix_waitlist_offers_offered_at"), table_name="waitlist_offers")
    op.drop_index(op.f("ix_waitlist_offers_entry_id"), table_name="waitlist_offers")
    op.drop_index(op.f("ix_waitlist_offers_clinician_id_starts_at"), table_name="waitlist_offers")
    op.drop_table("waitlist_offers")
    op.drop_index(
        "uq_waitlist_entries_open",
        table_name="waitlist_entries",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("waitlist_entries")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("waitlist_words_no_change",):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
