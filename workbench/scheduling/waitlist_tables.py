"""Rows of the waitlist: who waits, what they said they could take each time they were asked, and what was offered."""

from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, column
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.scheduling.waitlist import OfferAnswer, Place, Wish, unpacked
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


class WaitlistEntry(Base):
    """A patient who waits for a type of appointment. Never deleted: one that is over says why."""

    __tablename__ = "waitlist_entries"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("wle"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    type_id: Mapped[str] = mapped_column(ForeignKey("appointment_types.id"))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    joined_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(default="")
    ended_why: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index(
            "uq_waitlist_entries_open", "patient_id", "type_id", unique=True,
            sqlite_where=column("ended_at").is_(None), postgresql_where=column("ended_at").is_(None),
        ),
    )  # fmt: skip

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Who waits."""
        del session
        return frozenset({self.patient_id})


class WaitlistWord(Base):
    """The `nth` time somebody said what they could take, and thereby that they still wait. Append-only."""

    __tablename__ = "waitlist_words"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("waitlist_entries.id"))
    nth: Mapped[int]
    clinician_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    place: Mapped[str]
    weekdays: Mapped[int]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="a_day"),
        CheckConstraint("0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440", name="in_a_day"),
        Index("uq_waitlist_words_nth", "entry_id", "nth", unique=True),
    )

    def wish(self) -> Wish:
        """What was said."""
        return Wish(
            self.clinician_id or "", Place(self.place), unpacked(self.weekdays), self.from_minute, self.until_minute
        )


class WaitlistOffer(Base):
    """One time that was offered to one who waits, until when, and what they said. Never deleted."""

    __tablename__ = "waitlist_offers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("wlo"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("waitlist_entries.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    clinician_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    location_id: Mapped[str] = mapped_column(ForeignKey("locations.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_by: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default=OfferAnswer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(default="")
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointments.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("expires_at > offered_at AND expires_at <= starts_at", name="over_before_it_begins"),
        CheckConstraint("(answer = 'accepted') = (appointment_id IS NOT NULL)", name="accepted_is_booked"),
        Index(None, "clinician_id", "starts_at"),
        Index(None, "offered_at"),
    )

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Whom it was offered to."""
        del session
        return frozenset({self.patient_id})


class WaitlistTerms(Base):
    """How many weeks a word of somebody who waits counts. Append-only: the greatest `nth` counts.

    lapse_weeks: after so many weeks without a word a wait ends by itself; 0 if none ever does.
    """

    __tablename__ = "waitlist_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("wlt"))
    nth: Mapped[int]
    ask_weeks: Mapped[int]
    hold_weeks: Mapped[int]
    lapse_weeks: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (
        CheckConstraint(
            "0 < ask_weeks AND ask_weeks < hold_weeks AND (lapse_weeks = 0 OR lapse_weeks >= hold_weeks)",
            name="one_after_the_other",
        ),
        Index("uq_waitlist_terms_nth", "nth", unique=True),
    )


for _kept in (WaitlistWord, WaitlistTerms):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
