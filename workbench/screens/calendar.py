"""The calendar: who comes when, to whom and where, what can be done about each, and what may still be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.people.names import staff_named
from workbench.people.tables import Practice, Staff
from workbench.scheduling.hours import hours_of
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, Attendance
from workbench.scheduling.views import EVERYTHING, Sieve
from workbench.screens.calendar_rows import CalendarRow, calendar_rows, within
from workbench.screens.open_slots import usual_hours
from workbench.screens.undoable import Undoable, undoable

__all__ = ["Calendar", "CalendarCounts", "CalendarRow", "calendar", "calendar_counts"]

MOST_DAYS = 42
"""A month with the weeks it begins and ends in."""


@dataclass(frozen=True)
class Calendar:
    """The practice days from `from_on` on. Hours are of the practice's wall clock, 0 to 24.

    clinicians: id and name of all who work on one of these days, by name; rows: by time, cancelled ones too.
    hours: from and until when somebody can be seen by a clinician on a day; nothing where there is no such time.
    """

    from_on: date
    days: int
    opens_hour: int = 8
    closes_hour: int = 18
    clinicians: tuple[tuple[str, str], ...] = ()
    rows: tuple[CalendarRow, ...] = ()
    hours: Mapping[tuple[str, date], tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)
    undo: Undoable | None = None

    def clinician(self, clinician_id: str) -> str:
        """Their name."""
        return dict(self.clinicians).get(clinician_id, "")


@dataclass(frozen=True)
class CalendarCounts:
    """How many attend on each day that has any, and how many cancelled: nobody by name."""

    days: Mapping[date, tuple[int, int]]
    clinicians: tuple[tuple[str, str], ...]
    undo: Undoable | None


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def calendar(
    look: Look, *, from_on: date, days: int = 1, clinician_id: str = "", sieve: Sieve = EVERYTHING
) -> Calendar:
    """The appointments of so many days (42 at most) within the actor's reach, of all clinicians or one.

    sieve: what a view leaves out: it is not read at all. Of clinicians none of whom works then it leaves out nobody.
    """
    days = min(max(days, 1), MOST_DAYS)
    sieve = _of_who_works(look, from_on, days, sieve)
    rows = calendar_rows(look, from_on, days, clinician_id, sieve)
    look.shown(row.patient_id for row in rows)
    seen = _working(look, from_on, days) | {leader for row in rows for leader in row.leaders}
    seen = seen & sieve.clinician_ids if sieve.clinician_ids else seen
    opens, closes = look.execute(select(Practice.opens_hour, Practice.closes_hour)).one()
    return Calendar(
        from_on, days, opens, closes, _named(look, seen), rows, _hours(look, seen, from_on, days), undoable(look)
    )


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def calendar_counts(
    look: Look, *, from_on: date, days: int, clinician_id: str = "", sieve: Sieve = EVERYTHING
) -> CalendarCounts:
    """The same days in numbers, so that a month is cheap and shows nobody."""
    days = min(max(days, 1), MOST_DAYS)
    columns = (Appointment.starts_at, Attendance.status, Appointment.clinician_id)
    sieve = _of_who_works(look, from_on, days, sieve)
    query = within(look, select(*columns).select_from(Attendance), from_on, days, clinician_id, sieve)
    counts: dict[date, tuple[int, int]] = {}
    seen = _working(look, from_on, days)
    for starts_at, status, by in look.execute(query):
        on = day_of(starts_at, look.zone)
        held, off = counts.get(on, (0, 0))
        counts[on] = (held, off + 1) if status in ENDED else (held + 1, off)
        seen.add(by)
    seen = seen & sieve.clinician_ids if sieve.clinician_ids else seen
    return CalendarCounts(counts, _named(look, seen), undoable(look))


def _of_who_works(look: Look, from_on: date, days: int, sieve: Sieve) -> Sieve:
    """The sieve, of clinicians who can be seen then; with none of them it would show an empty page."""
    if not sieve.clinician_ids:
        return sieve
    return replace(sieve, clinician_ids=sieve.clinician_ids & _working(look, from_on, days))


def _hours(
    look: Look, clinicians: set[str], from_on: date, days: int
) -> dict[tuple[str, date], tuple[tuple[datetime, datetime], ...]]:
    hours = hours_of(look, clinicians, from_on, days, usual=usual_hours(look))
    found = {
        (clinician_id, on): hours.open(clinician_id, on)
        for clinician_id in clinicians
        for on in (from_on + timedelta(days=number) for number in range(days))
    }
    return {
        key: tuple((one.span.starts_at, one.span.ends_at) for one in spans) for key, spans in found.items() if spans
    }


def _working(look: Look, from_on: date, days: int) -> set[str]:
    """Who works on one of these days; for whoever reaches only some patients, themselves."""
    working = select(Staff.id).where(
        Staff.is_clinician.is_(True),
        Staff.started_on < from_on + timedelta(days=days),
        or_(Staff.ended_on.is_(None), Staff.ended_on > from_on),
    )
    found = set(look.scalars(working))
    return found if look.reach() is None else found & {look.actor.person_id}


def _named(look: Look, clinicians: Iterable[str]) -> tuple[tuple[str, str], ...]:
    names = {staff_id: details.shown_name for staff_id, details in staff_named(look, clinicians).items()}
    return tuple(sorted(names.items(), key=lambda one: (one[1].casefold(), one[0])))
