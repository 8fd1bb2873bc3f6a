"""A practice in which Fern may book individual sessions by themselves, and what tests do with it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests.factories.portal import in_care
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, people, visit
from workbench.actions.scheduling.book_own_time import OwnTime, book_own_time
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.gate.action import Gate
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.self_booking import How, Rule, SeenBy, Whom
from workbench.scheduling.tables import Attendance, AttendanceMove, AttendanceStatus

OPEN = Rule(How.REQUEST, Whom.EVERYBODY, SeenBy.TEAM, most_open=2, may_move=True)
"""Whoever is in care asks for a time of their own clinicians."""


@dataclass
class ByThemselves:
    """An open practice on a Monday at ten, with the rule `OPEN` for individual sessions."""

    gate: Gate
    now: datetime

    def __post_init__(self) -> None:
        self.rule()

    def rule(self, **changed: Any) -> None:
        """The rule holds, but for what is changed."""
        rule = replace(OPEN, **changed)
        set_self_booking(self.gate, people().manager, INDIVIDUAL, now=self.now, rule=rule)

    def book(self, patient_id: str = FERN, *, now: datetime | None = None, **changed: Any) -> OwnTime:
        """Ada's time the day after tomorrow at ten, unless it is changed."""
        given = {"type_id": INDIVIDUAL, "clinician_id": ADA, "location_id": OFFICE, "starts_at": self.in_two_days}
        return book_own_time(self.gate, in_care(patient_id), patient_id, now=now or self.now, **{**given, **changed})

    @property
    def in_two_days(self) -> datetime:
        """Wednesday at ten."""
        return self.now + timedelta(days=2)

    def has_come_before(self, patient_id: str = FERN) -> None:
        """An appointment that took place."""
        visit(self.gate.store, 70, self.now - timedelta(days=7), patient_id=patient_id,
              status=AttendanceStatus.COMPLETED)  # fmt: skip

    def booking(self) -> OwnBooking:
        """The only one."""
        with self.gate.store.reading() as read:
            return read.scalars(select(OwnBooking)).one()

    def status(self, attendance_id: str) -> str:
        """How it stands."""
        with self.gate.store.reading() as read:
            return read.get_one(Attendance, attendance_id).status

    def moves(self, attendance_id: str) -> list[tuple[str, str, str]]:
        """From, to and whose, oldest first."""
        with self.gate.store.reading() as read:
            query = select(AttendanceMove).where(AttendanceMove.attendance_id == attendance_id)
            found = read.scalars(query.order_by(AttendanceMove.id)).all()
        return [(one.from_status, one.to_status, one.cancelled_by) for one in found]
