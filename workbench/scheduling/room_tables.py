"""Rows of the rooms of an office. A room holds one appointment at a time, which the database keeps on both engines."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import guard
from workbench.store.types import UtcDateTime


class Room(Base):
    """A room of a place. `seats`: how many are seen in it at once, those who lead left out. Retired, never deleted."""

    __tablename__ = "rooms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rom"))
    location_id: Mapped[str] = mapped_column(ForeignKey("locations.id"))
    name: Mapped[str]
    seats: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 99", name="of_a_size"),
        Index("uq_rooms_name", "location_id", "name", unique=True),
    )


# Two who are double booked on purpose come to the same room.
_TAKEN = (
    "SELECT RAISE(ABORT, 'room_taken') WHERE NEW.status = 'held' AND NEW.room_id IS NOT NULL "
    "AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.room_id = NEW.room_id "
    "AND a.id <> NEW.id AND a.status = 'held' AND a.overlap_because = '' "
    "AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day'))"
)


def guard_rooms(appointments: Table) -> None:
    """Keep that no two appointments have a room at once, wherever their table is created."""
    guard(
        appointments,
        sqlite=(
            f"CREATE TRIGGER appointments_room_taken_insert BEFORE INSERT ON appointments BEGIN {_TAKEN}; END",
            "CREATE TRIGGER appointments_room_taken_update BEFORE UPDATE OF room_id, starts_at, ends_at, status, "
            f"overlap_because ON appointments BEGIN {_TAKEN}; END",
        ),
        postgresql=(
            "ALTER TABLE appointments ADD CONSTRAINT room_taken EXCLUDE USING gist ("
            "int8range(hashtextextended(room_id, 0), hashtextextended(room_id, 0), '[]') WITH &&, "
            "tstzrange(starts_at, ends_at) WITH &&) "
            "WHERE (status = 'held' AND room_id IS NOT NULL AND overlap_because = '')",
        ),
    )
