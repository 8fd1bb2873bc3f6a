"""The rooms of the offices. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0024_rooms"
down_revision = "0023_corrected_files"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER appointments_room_taken_insert BEFORE INSERT ON appointments BEGIN SELECT RAISE(ABORT, 'room_taken') WHERE NEW.status = 'held' AND NEW.room_id IS NOT NULL AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.room_id = NEW.room_id AND a.id <> NEW.id AND a.status = 'held' AND a.overlap_because = '' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
    "CREATE TRIGGER appointments_room_taken_update BEFORE UPDATE OF room_id, starts_at, ends_at, status, overlap_because ON appointments BEGIN SELECT RAISE(ABORT, 'room_taken') WHERE NEW.status = 'held' AND NEW.room_id IS NOT NULL AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.room_id = NEW.room_id AND a.id <> NEW.id AND a.status = 'held' AND a.overlap_because = '' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
)

POSTGRESQL: tuple[str, ...] = (
    "ALTER TABLE appointments ADD CONSTRAINT room_taken EXCLUDE USING gist (int8range(hashtextextended(room_id, 0), hashtextextended(room_id, 0), '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'held' AND room_id IS NOT NULL AND overlap_because = '')",
)


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 1 AND 99", name=op.f("ck_rooms_of_a_size")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_rooms_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
    )
    op.create_index("uq_rooms_name", "rooms", ["location_id", "name"], unique=True)
    op.add_column("appointment_moves", sa.Column("from_room_id", sa.String(), nullable=True))
    column = (
        "ALTER TABLE appointments ADD COLUMN room_id VARCHAR CONSTRAINT fk_appointments_room_id REFERENCES rooms (id)"
    )
    op.get_bind().exec_driver_sql(column)
    op.create_index(
        op.f("ix_appointments_room_id_starts_at"),
        "appointments",
        ["room_id", "starts_at"],
        unique=False,
        sqlite_where=sa.text("room_id IS NOT NULL"),
        postgresql_where=sa.text("room_id IS NOT NULL"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    gone = ("DROP TRIGGER appointments_room_taken_insert", "DROP TRIGGER appointments_room_taken_update")
    constraint = ("ALTER TABLE appointments DROP CONSTRAINT room_taken",)
    for statement in gone if op.get_bind().dialect.name == "sqlite" else constraint:
        op.get_bind().exec_driver_sql(statement)
    op.drop_index(op.f("ix_appointments_room_id_starts_at"), table_name="appointments")
    op.drop_column("appointments", "room_id")
    op.drop_column("appointment_moves", "from_room_id")
    op.drop_index("uq_rooms_name", table_name="rooms")
    op.drop_table("rooms")
