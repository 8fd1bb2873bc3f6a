"""Rows of self-booking: what the practice allows for each kind of appointment, and the times people chose."""

from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, column
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.scheduling.self_booking import BookingAnswer
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


class SelfBookingRule(Base):
    """The `nth` rule of a kind of appointment; the last one holds, and without one nothing is booked. Append-only."""

    __tablename__ = "self_booking_rules"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("sbr"))
    type_id: Mapped[str] = mapped_column(ForeignKey("appointment_types.id"))
    nth: Mapped[int]
    how: Mapped[str]
    whom: Mapped[str]
    seen_by: Mapped[str]
    notice_hours: Mapped[int]
    ahead_days: Mapped[int]
    most_open: Mapped[int]
    answer_hours: Mapped[int]
    may_move: Mapped[bool]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("notice_hours >= 0 AND ahead_days > 0 AND most_open > 0 AND answer_hours > 0", name="bounds"),
        Index("uq_self_booking_rules_nth", "type_id", "nth", unique=True),
    )


class SelfBookingStaff(Base):
    """A clinician whom a rule names. Append-only."""

    __tablename__ = "self_booking_staff"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    rule_id: Mapped[str] = mapped_column(ForeignKey("self_booking_rules.id"), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))


class OwnBooking(Base):
    """A time that somebody chose by themselves, by which rule, and what became of it. Never deleted.

    lapses_at: until when a request can be accepted; None where it was booked at once. why: of a decline. answered_by:
    "" where the rule itself said yes.
    """

    __tablename__ = "own_bookings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("obk"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    rule_id: Mapped[str] = mapped_column(ForeignKey("self_booking_rules.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str]
    lapses_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default=BookingAnswer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("lapses_at IS NULL OR lapses_at > asked_at", name="time_to_answer"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_has_a_time"),
        CheckConstraint("(answer = 'declined') = (why <> '')", name="declined_says_why"),
        Index("uq_own_bookings_attendance", "attendance_id", unique=True),
        Index("ix_own_bookings_open", "lapses_at", sqlite_where=column("answer") == "",
              postgresql_where=column("answer") == ""),
    )  # fmt: skip

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Whose it is."""
        del session
        return frozenset({self.patient_id})


for _kept in (SelfBookingRule, SelfBookingStaff):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
