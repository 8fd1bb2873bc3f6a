"""The schedule of fifty clinicians: the first free times of eight weeks, a week drawn, a year of a series expanded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.measuring import Section, wall_seconds
from bench.store import practice
from dashboards.pages.calendar import CalendarPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.people.tables import Location, Patient, PatientDetails, Practice, PracticeDetails, Staff, StaffDetails
from workbench.scheduling.recurrence import MOST, Occurrence, occurrences
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, HoursPlan, HoursRow
from workbench.screens.calendar import calendar, calendar_counts
from workbench.screens.open_slots import open_slots
from workbench.store.engine import Store

CLINICIANS, WEEKS, A_DAY = 50, 8, 6
FIVE_YEARS = 260
_FLOORS = (0, 0, 0, 3, 3, 5, 5)
"""By its place, the place of the least that each could be."""
ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 11, tzinfo=UTC)
"""Seven in the morning of the practice: the whole of Monday is still to come."""
DESK = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK}))


def report(rounds: int = 5) -> Section:
    """Each beside the least that it could be."""
    with _busy_practice() as store:
        gate = Gate(store, ZONE)
        asked = {
            "the held times of one week, a bare query": lambda: _bare(store),
            "first 10 free times of 8 weeks": lambda: _free(gate),
            "a week of 50 clinicians, loaded and drawn": lambda: _week(gate),
            "104 weeks by dateutil alone": lambda: list(rrulestr("FREQ=WEEKLY;COUNT=104", dtstart=_first())),
            "104 weeks with zone and clock": lambda: occurrences(f"FREQ=WEEKLY;COUNT={MOST}", MONDAY, time(11), ZONE),
            "5 years of weeks by dateutil alone": _by_dateutil,
            "5 years of weeks, as three series": _by_us,
        }
        assert [one.starts_at.astimezone(ZONE).replace(tzinfo=None) for one in _by_us()] == _by_dateutil()
        seconds = wall_seconds(_warm(asked), rounds)
    floors = list(seconds.values())
    rows = tuple(
        (name, f"{took * 1000:.1f} ms", f"{took / floors[_FLOORS[number]]:.1f}")
        for number, (name, took) in enumerate(seconds.items())
    )
    return Section(
        f"Schedule: {CLINICIANS} clinicians, {WEEKS} weeks, {CLINICIANS * WEEKS * 5 * A_DAY:,} appointments",
        ("", "by the clock", "times its floor"),
        rows,
        "Free times heed hours, time away, limits and gaps; the bare query only reads what is held. The week is the "
        "page as the server makes it, with every name opened from its sealed document, the hours and what may be "
        "taken back. Reads through the gate write their line of the log, which is on the disk before they answer. "
        "A series has two years of weeks at most, so five years are three of them, one after the other; dateutil gives "
        "times of the wall without a zone, and ours the instants, the same 260.",
    )


def _by_dateutil() -> list[datetime]:
    return list(rrulestr(f"FREQ=WEEKLY;COUNT={FIVE_YEARS}", dtstart=_first()))


def _by_us() -> list[Occurrence]:
    found: list[Occurrence] = []
    while (left := FIVE_YEARS - len(found)) > 0:
        begins = MONDAY + timedelta(weeks=len(found))
        found += occurrences(f"FREQ=WEEKLY;COUNT={min(left, MOST)}", begins, time(11), ZONE)
    return found


def _warm(asked: dict[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
    for call in asked.values():
        call()
    return asked


def _first() -> datetime:
    return datetime.combine(MONDAY, time(11))


def _bare(store: Store) -> object:
    until = NOW + timedelta(days=7)
    with store.reading() as session:
        return session.execute(
            select(Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at, Appointment.location_id).where(
                Appointment.starts_at >= NOW, Appointment.starts_at < until, Appointment.status == "held"
            )
        ).all()


def _free(gate: Gate) -> object:
    found = open_slots(
        gate, DESK, now=NOW, from_on=MONDAY, until_on=MONDAY + timedelta(weeks=WEEKS), minutes=50, most=10
    )
    assert len(found) == 10
    return found


def _week(gate: Gate) -> object:
    who = Person(gate, lambda: DESK, lambda: NOW)
    page = CalendarPage(
        Visit("/schedule", {}, {"on": MONDAY.isoformat(), "view": "week"}), calendar=who.bound(calendar),
        counts=who.bound(calendar_counts), calls=ScheduleCalls.of(who.bound), zone=ZONE, clock=who.clock,
    )  # fmt: skip
    page.load()
    return page.render()


@contextmanager
def _busy_practice() -> Iterator[Store]:
    """Fifty clinicians with hours of their own, each day with six of at most nine sessions booked."""
    us = PracticeDetails(
        "Sample", "2000000002", "000000019", "1 Sample Lane", "Samplebury", "NY", "00010", "5555550100"
    )
    people = [f"stf_{number}" for number in range(CLINICIANS)]
    with practice() as store, store.writing() as session:
        session.add_all([
            Practice(zone=ZONE.key, is_synthetic=True, details=us),
            Location(id="loc_a", name="Office", place_code="11"),
            AppointmentType(id="aty_a", name="Session", minutes=50),
            *(
                Staff(id=one, is_clinician=True, started_on=MONDAY - timedelta(days=400),
                      details=StaffDetails("Alder", f"Wrenfield{number}"))
                for number, one in enumerate(people)
            ),
            *(
                Patient(id=f"pat_{number}", number=number, registered_at=NOW,
                        details=PatientDetails("Aspen", f"Fernbrook{number}", date(1980, 1, 1)))
                for number in range(CLINICIANS * 5 * A_DAY)
            ),
        ])  # fmt: skip
        session.flush()
        for one in people:
            _hours(session, one)
        for number, one in enumerate(people):
            session.add_all(_sessions(number, one))
        session.flush()
        session.commit()
        yield store


def _hours(session: Session, staff_id: str) -> None:
    plan = HoursPlan(
        id=f"hpl_{staff_id}", staff_id=staff_id, from_on=MONDAY, published_until=MONDAY + timedelta(weeks=52),
        nth=1, note_minutes=10, made_at=NOW, made_by="usr_desk",
    )  # fmt: skip
    session.add(plan)
    session.flush()
    session.add_all(
        HoursRow(plan_id=plan.id, weekday=day, from_minute=9 * 60, until_minute=18 * 60, location_id="loc_a")
        for day in range(5)
    )


def _sessions(number: int, staff_id: str) -> Iterator[Appointment | Attendance]:
    for week in range(WEEKS):
        for day in range(5):
            for hour in range(A_DAY):
                on = MONDAY + timedelta(weeks=week, days=day)
                starts_at = datetime.combine(on, time(9 + hour), tzinfo=ZONE).astimezone(UTC)
                key = f"{number}_{week}_{day}_{hour}"
                yield Appointment(
                    id=f"apt_{key}", clinician_id=staff_id, type_id="aty_a", location_id="loc_a", starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=50), booked_at=NOW - timedelta(days=9),
                )  # fmt: skip
                patient = f"pat_{(number * 5 + day) * A_DAY + hour}"
                yield Attendance(id=f"att_{key}", appointment_id=f"apt_{key}", patient_id=patient)
