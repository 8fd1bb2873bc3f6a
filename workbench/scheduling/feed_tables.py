"""Rows of calendar feeds: one a device, with what it shows and the hash of its password."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.types import UtcDateTime


class FeedShows(StrEnum):
    """What a device is told of an appointment. Stored values. There is none that names anybody."""

    BUSY = "busy"
    INITIALS = "initials"


class CalendarFeed(Base):
    """One device that reads one person's own calendar. The password is only on the device; here is its SHA-256."""

    __tablename__ = "calendar_feeds"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fed"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    person_id: Mapped[str]
    label: Mapped[str]
    shows: Mapped[str]
    password_hash: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def staff_concerned(self) -> frozenset[str]:
        """One's own device."""
        return frozenset({self.person_id})
