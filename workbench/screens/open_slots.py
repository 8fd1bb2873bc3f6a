"""Free times: when clinicians could see somebody. Nobody's health data, so it names no patient."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, day_of, whole_day
from workbench.people.rules import practises
from workbench.people.tables import Practice, Staff
from workbench.scheduling.rules import open_starts
from workbench.scheduling.tables import Appointment, AppointmentStatus

MOST_DAYS = 62
_SATURDAY = 5


@dataclass(frozen=True)
class OpenSlot:
    """A time at which the clinician is free for as long as was asked."""

    clinician_id: str
    starts_at: datetime
    ends_at: datetime


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN)
def open_slots(
    look: Look,
    *,
    from_on: date,
    until_on: date,
    minutes: int,
    clinician_id: str = "",
    moving_id: str = "",
    most: int = 50,
) -> tuple[OpenSlot, ...]:
    """The first free times still to come, from `from_on` until before `until_on` (two months at most), by time.

    moving_id: the appointment that is to be moved and so does not stand in its own way.
    Working days and the practice's hours; the database has the last word when one is booked.
    """
    until_on = min(until_on, from_on + timedelta(days=MOST_DAYS))
    if until_on <= from_on:
        return ()
    clinicians = _clinicians(look, clinician_id)
    busy = _busy(
        look, Span(whole_day(from_on, look.zone).starts_at, whole_day(until_on, look.zone).starts_at), moving_id
    )
    return tuple(islice(_free(look, clinicians, busy, from_on, until_on, minutes), most))


Busy = dict[tuple[str, date], list[Span]]


def _free(
    look: Look, clinicians: list[Staff], busy: Busy, from_on: date, until_on: date, minutes: int
) -> Iterator[OpenSlot]:
    opens, closes = look.execute(select(Practice.opens_hour, Practice.closes_hour)).first() or (8, 18)
    for number in range((until_on - from_on).days):
        day = from_on + timedelta(days=number)
        if day.weekday() >= _SATURDAY or day < look.today:
            continue
        found = [
            OpenSlot(clinician.id, starts_at, starts_at + timedelta(minutes=minutes))
            for clinician in clinicians
            if practises(clinician, day)
            for starts_at in open_starts(day, (opens, closes), minutes, busy[clinician.id, day], look.zone)
            if starts_at > look.now
        ]
        yield from sorted(found, key=lambda slot: (slot.starts_at, slot.clinician_id))


def _clinicians(look: Look, clinician_id: str) -> list[Staff]:
    seeing = select(Staff).where(Staff.is_clinician.is_(True))
    return list(look.scalars(seeing.where(Staff.id == clinician_id) if clinician_id else seeing))


def _busy(look: Look, span: Span, moving_id: str) -> Busy:
    held = select(Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at).where(
        Appointment.status == AppointmentStatus.HELD,
        Appointment.id != moving_id,
        Appointment.starts_at > span.starts_at - timedelta(days=1),
        Appointment.starts_at < span.ends_at,
    )
    busy: Busy = defaultdict(list)
    for clinician_id, starts_at, ends_at in look.execute(held):
        taken = Span(starts_at, ends_at)
        # A session over midnight is busy on both days.
        for day in {day_of(starts_at, look.zone), day_of(ends_at, look.zone)}:
            busy[clinician_id, day].append(taken)
    return busy
