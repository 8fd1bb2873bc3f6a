"""Rows of what clinicians can take: a whole version each time it is said."""

from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.people.profile_rules import Profile
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


class ClinicianProfile(Base):
    """The `nth` time somebody said whom a clinician can take. Append-only: the last counts.

    languages, payer_ids: codes and ids with a space between; licences: `NY:2027-01-31` with a space between.
    """

    __tablename__ = "clinician_profiles"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cpr"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    nth: Mapped[int]
    languages: Mapped[str]
    licences: Mapped[str]
    payer_ids: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str]
    __table_args__ = (Index("uq_clinician_profiles_nth", "staff_id", "nth", unique=True),)

    def profile(self) -> Profile:
        """What was said."""
        pairs = (one.partition(":") for one in self.licences.split())
        return Profile(
            frozenset(self.languages.split()),
            {state: date.fromisoformat(until) for state, _, until in pairs},
            frozenset(self.payer_ids.split()),
        )


append_only(cast(Table, ClinicianProfile.__table__), "clinician_profiles_append_only")
