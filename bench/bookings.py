"""Bookings through the gate, against the two bare INSERTs that are the least a booking can be, on the same store."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bench.measuring import Section, compared, wall_seconds
from bench.store import practice
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.relations import CareTeamMember
from workbench.kernel.ids import new_id
from workbench.people.tables import Location, Patient, PatientDetails, Practice, PracticeDetails, Staff, StaffDetails
from workbench.scheduling.tables import Appointment, AppointmentStatus, AppointmentType, Attendance, AttendanceStatus
from workbench.store.engine import Store

BOOKINGS, THREADS = 200, 8
SINCE = date(2025, 1, 1)
NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
DESK = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK}))


def furnish(store: Store) -> None:
    """A practice with one clinician, one patient in their care, one place and one kind of appointment."""
    us = PracticeDetails(
        "Sample", "2000000002", "000000019", "1 Sample Lane", "Samplebury", "NY", "00010", "5555550100"
    )
    with store.writing() as session:
        session.add_all([
            Practice(zone="America/New_York", is_synthetic=True, details=us),
            Staff(id="stf_a", is_clinician=True, started_on=SINCE, details=StaffDetails("Alder", "Wrenfield")),
            Location(id="loc_a", name="Office", place_code="11"),
            AppointmentType(id="aty_a", name="Short", minutes=1),
            Patient(id="pat_a", number=1, registered_at=NOW, details=PatientDetails("Aspen", "Fernbrook", SINCE)),
        ])  # fmt: skip
        session.flush()
        session.add(CareTeamMember(patient_id="pat_a", staff_id="stf_a", from_on=SINCE))
        session.commit()


@contextmanager
def booking() -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """What books one appointment through the gate, and what inserts the least it can be, on one store."""
    minutes = count(1)
    with practice() as store:
        furnish(store)
        gate = Gate(store, ZoneInfo("America/New_York"))

        def starts_at() -> datetime:
            return NOW + timedelta(minutes=next(minutes))

        def book() -> None:
            book_appointment(gate, DESK, "pat_a", now=NOW, clinician_id="stf_a", type_id="aty_a", location_id="loc_a",
                             starts_at=starts_at())  # fmt: skip

        yield book, lambda: _insert(store, starts_at())


def report(rounds: int = 5) -> Section:
    """One after another, and from eight threads at once."""
    with booking() as (book, bare):

        def many(call: Callable[[], None]) -> None:
            with ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(lambda _: call(), range(BOOKINGS)))

        seconds = wall_seconds(
            {
                "bare INSERTs, one after another": lambda: [bare() for _ in range(BOOKINGS)],
                "through the gate, one after another": lambda: [book() for _ in range(BOOKINGS)],
                f"bare INSERTs, {THREADS} threads": lambda: many(bare),
                f"through the gate, {THREADS} threads": lambda: many(book),
            },
            rounds,
        )
    return Section(
        f"Bookings: {BOOKINGS} on one encrypted store",
        ("", "by the clock", "", "times the first"),
        compared(seconds, "bare INSERTs, one after another", of=BOOKINGS, noun="bookings"),
        "A bare INSERT writes an appointment and its attendance and commits. Through the gate the same rows come with "
        "the permission, the care team, the rules, the double-booking guard and a line in the hash-chained log, in one "
        "transaction. Every commit is on the disk before it is answered.",
    )


def _insert(store: Store, starts_at: datetime) -> None:
    appointment_id = new_id("apt")
    with store.engine.begin() as connection:
        connection.execute(insert(Appointment).values(
            id=appointment_id, clinician_id="stf_a", type_id="aty_a", location_id="loc_a", starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=1), status=AppointmentStatus.HELD, booked_at=NOW, version=1,
        ))  # fmt: skip
        connection.execute(insert(Attendance).values(
            id=new_id("att"), appointment_id=appointment_id, patient_id="pat_a", status=AttendanceStatus.BOOKED,
            version=1,
        ))  # fmt: skip


if __name__ == "__main__":
    print(report().markdown())
