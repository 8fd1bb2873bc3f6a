"""Say when somebody answers nobody, who covers for them, and what whoever writes meanwhile is told."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.inbox_tables import AwayWords, OutOfOffice
from workbench.messaging.thread_rules import MessageUnclear, checked_away
from workbench.people.tables import Staff
from workbench.store.newest import next_nth

LONGEST_AWAY = timedelta(days=366)


@dataclass(frozen=True)
class OutOfOfficeSet:
    """It counts at once."""

    row_id: str


@action(Permission.SET_OUT_OF_OFFICE, on=Staff, refuses={"uq_out_of_office_nth": StalePage})
def set_out_of_office(
    work: Work, staff: Staff, *, is_on: bool, from_on: date, until_on: date, cover_id: str, text: str
) -> OutOfOfficeSet:
    """Both days included. With `is_on` false whoever was away is back. text: names 988 and 911, and who covers.

    Raises:
        MessageUnclear: by field.
    """
    row = OutOfOffice(
        staff_id=staff.id, nth=next_nth(work, OutOfOffice.nth, OutOfOffice.staff_id == staff.id), is_on=is_on,
        from_on=from_on, until_on=until_on, cover_id=cover_id, set_at=work.now, set_by=work.actor.user_id,
        away=AwayWords(_checked(work, staff, from_on, until_on, cover_id, text)),
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.OUT_OF_OFFICE_SET, subject=row, on=is_on, cover=cover_id)
    return OutOfOfficeSet(row.id)


def _checked(work: Work, staff: Staff, from_on: date, until_on: date, cover_id: str, text: str) -> str:
    problems = {}
    if until_on < from_on or until_on > work.today + LONGEST_AWAY:
        problems["until_on"] = "It ends on its first day or later, and within a year."
    cover = next((one for one in _here(work) if one.id == cover_id), None)
    if cover is None or cover.id == staff.id:
        problems["cover_id"] = "Please choose who covers: somebody else who works here."
    if problems:
        raise MessageUnclear(problems)
    return checked_away(text)


def _here(work: Work) -> list[Staff]:
    return list(work.scalars(select(Staff).where(Staff.ended_on.is_(None) | (Staff.ended_on > work.today))))
