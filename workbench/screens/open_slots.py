"""Free times: when clinicians could see somebody, and where. Nobody's health data, so it names no patient."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.rules import practises
from workbench.people.tables import Location, Practice, Staff
from workbench.scheduling.availability import Day, Plan, starts, usual_plan
from workbench.scheduling.hours import Hours, Taken, hours_of, taken_on

MOST_DAYS = 62
MOST_AT_ONCE = 14


@dataclass(frozen=True)
class OpenSlot:
    """A time at which the clinician is free for as long as was asked. location_id: "" where they may be anywhere."""

    clinician_id: str
    starts_at: datetime
    ends_at: datetime
    location_id: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a free time must be like. weekdays: 0 is Monday, none means any; times: of the clock, half open."""

    minutes: int
    location_id: str = ""
    weekdays: frozenset[int] = frozenset()
    from_time: time = time.min
    until_time: time = time.max


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN)
def open_slots(
    look: Look, *, from_on: date, until_on: date, minutes: int, clinician_id: str = "", location_id: str = "",
    weekdays: frozenset[int] = frozenset(), from_time: time = time.min, until_time: time = time.max,
    moving_id: str = "", most: int = 50,
) -> tuple[OpenSlot, ...]:  # fmt: skip
    """The first free times still to come, from `from_on` until before `until_on` (two months at most), by time.

    moving_id: the appointment that is to be moved and so does not stand in its own way.
    By each clinician's hours, time away, limit and gaps; the database has the last word when one is booked.
    """
    until_on = min(until_on, from_on + timedelta(days=MOST_DAYS))
    wanted = Wanted(minutes, location_id, weekdays, from_time, until_time)
    people = clinicians(look, clinician_id)
    return tuple(islice(free_times(look, people, from_on, until_on, wanted, moving_id=moving_id), most))


def usual_hours(look: Look) -> Plan:
    """The hours of whoever has said nothing else: the practice's."""
    opens, closes = look.execute(select(Practice.opens_hour, Practice.closes_hour)).first() or (8, 18)
    return usual_plan(opens, closes)


def remote_places(look: Look) -> frozenset[str]:
    """The places reached by video."""
    return frozenset(look.scalars(select(Location.id).where(Location.is_telehealth.is_(True))))


def free_times(
    look: Look, people: list[Staff], from_on: date, until_on: date, wanted: Wanted, *, moving_id: str = ""
) -> Iterator[OpenSlot]:
    """Every free time of these clinicians that is as wanted, by time, asked for as far as it is read."""
    remote, ids = remote_places(look), [one.id for one in people]
    begin, days = max(from_on, look.today), 1
    hours = hours_of(look, ids, begin, max((until_on - begin).days, 0), usual=usual_hours(look))
    # Whoever wants the first few seldom needs more than a day or two, so the stretch that is asked for grows.
    while begin < until_on:
        days = min(days, (until_on - begin).days)
        taken = taken_on(look, ids, begin, days, remote=remote, moving_id=moving_id)
        for number in range(days):
            yield from _of_day(look, people, hours, taken, remote, begin + timedelta(days=number), wanted)
        begin, days = begin + timedelta(days=days), min(days * 2, MOST_AT_ONCE)


def _of_day(
    look: Look, people: list[Staff], hours: Hours, taken: Taken, remote: frozenset[str], on: date, wanted: Wanted
) -> list[OpenSlot]:
    if wanted.weekdays and on.weekday() not in wanted.weekdays:
        return []
    length = timedelta(minutes=wanted.minutes)
    found = [
        OpenSlot(clinician.id, at, at + length, where)
        for clinician in people
        if practises(clinician, on)
        for at, where in starts(_day(hours, taken, remote, clinician.id, on), wanted.minutes, wanted.location_id)
        if at > look.now and wanted.from_time <= at.astimezone(look.zone).time() < wanted.until_time
    ]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.clinician_id, slot.location_id))


def _day(hours: Hours, taken: Taken, remote: frozenset[str], staff_id: str, on: date) -> Day:
    busy = taken.get((staff_id, on), ())
    return Day(hours.open(staff_id, on), busy, hours.plan(staff_id, on), hours.zone, remote)


def clinicians(look: Look, clinician_id: str = "") -> list[Staff]:
    """All of them, or the one."""
    seeing = select(Staff).where(Staff.is_clinician.is_(True))
    return list(look.scalars(seeing.where(Staff.id == clinician_id) if clinician_id else seeing))
