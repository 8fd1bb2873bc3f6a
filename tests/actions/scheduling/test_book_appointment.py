"""Booking: who may, what holds the time, and who has the last word when two arrive at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories.small_practice import (
    ADA,
    BEN,
    FERN,
    INDIVIDUAL,
    MOSS,
    OFFICE,
    OLD_TYPE,
    VIDEO,
    People,
    events,
    every_row,
)
from workbench.actions.scheduling.book_appointment import Booked, book_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import KeyReused, NotFound
from workbench.gate.relations import CareTeamMember
from workbench.kernel.errors import WorkbenchError
from workbench.people.care_team import NotOnCareTeam
from workbench.people.rules import ClinicianGone
from workbench.scheduling.rules import InThePast, SlotTaken, TooFarAhead, TypeRetired
from workbench.scheduling.tables import Appointment, Attendance
from workbench.store.engine import Store

TOMORROW = timedelta(days=1)


def book(
    gate: Gate, actor: object, starts_at: datetime, *, now: datetime, patient: str = FERN, **changed: str
) -> Booked:
    key = changed.pop("idempotency_key", None)
    inputs = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, **changed}
    return book_appointment(gate, actor, patient, now=now, starts_at=starts_at, idempotency_key=key, **inputs)  # type: ignore[arg-type]


def test_the_time_is_held_for_as_long_as_the_type_takes(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now + TOMORROW, now=now)
    assert booked.ends_at - booked.starts_at == timedelta(minutes=50)
    with gate.store.reading() as session:
        appointment = session.get_one(Appointment, booked.appointment_id)
        attendance = session.get_one(Attendance, booked.attendance_id)
        assert (appointment.status, attendance.status, attendance.patient_id) == ("held", "booked", FERN)
        assert appointment.starts_at == now + TOMORROW


@pytest.mark.parametrize("who", ["desk", "manager", "ada", "supervisor"])
def test_the_desk_and_those_who_care_for_the_patient_book(gate: Gate, people: People, now: datetime, who: str) -> None:
    book(gate, getattr(people, who), now + TOMORROW, now=now)
    assert events(gate.store) == [("appointment.booked", "done")]


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_are_told_what_they_would_be_told_of_nobody(gate: Gate, people: People, now: datetime, who: str) -> None:
    before = every_row(gate.store)
    with pytest.raises(NotFound):
        book(gate, getattr(people, who), now + TOMORROW, now=now)
    with pytest.raises(NotFound):
        book(gate, getattr(people, who), now + TOMORROW, now=now, patient="pat_nobody")
    assert every_row(gate.store) == before
    assert events(gate.store) == [("action.refused", "refused")] * 2


@pytest.mark.parametrize(
    ("refusal", "starts_in", "changed"),
    [
        (InThePast, timedelta(0), {}),
        (InThePast, timedelta(minutes=-1), {}),
        (TooFarAhead, timedelta(days=800), {}),
        (ClinicianGone, TOMORROW, {"clinician_id": "stf_gone"}),
        (ClinicianGone, TOMORROW, {"clinician_id": "stf_desk"}),
        (TypeRetired, TOMORROW, {"type_id": OLD_TYPE}),
        (NotFound, TOMORROW, {"location_id": "loc_nowhere"}),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    gate: Gate,
    people: People,
    now: datetime,
    refusal: type[WorkbenchError],
    starts_in: timedelta,
    changed: dict[str, str],
) -> None:
    before = every_row(gate.store)
    with pytest.raises(refusal):
        book(gate, people.desk, now + starts_in, now=now, **changed)
    assert every_row(gate.store) == before
    assert events(gate.store) == [("action.refused", "refused")]


def test_a_time_that_overlaps_is_taken_and_one_that_touches_is_free(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now)
    with pytest.raises(SlotTaken):
        book(gate, people.desk, now + TOMORROW + timedelta(minutes=49), now=now, patient=MOSS)
    with pytest.raises(SlotTaken):
        book(gate, people.desk, now + TOMORROW - timedelta(minutes=1), now=now, patient=MOSS)
    book(gate, people.desk, first.ends_at, now=now, patient=MOSS)
    book(gate, people.desk, first.starts_at - timedelta(minutes=50), now=now, patient=MOSS)
    book(gate, people.desk, first.starts_at, now=now, patient=MOSS, clinician_id=BEN)


def test_of_fifty_who_ask_at_once_one_gets_the_time(gate: Gate, people: People, now: datetime) -> None:
    def attempt(number: int) -> str:
        try:
            book(gate, people.desk, now + TOMORROW + timedelta(minutes=number % 10), now=now)
        except SlotTaken:
            return "taken"
        return "booked"

    with ThreadPoolExecutor(50) as pool:
        answers = sorted(pool.map(attempt, range(50)))
    assert answers == ["booked"] + ["taken"] * 49
    with gate.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Appointment)) == 1
        assert session.scalar(select(func.count()).select_from(Attendance)) == 1


def test_a_form_sent_twice_books_once(gate: Gate, people: People, now: datetime) -> None:
    once = book(gate, people.desk, now + TOMORROW, now=now, idempotency_key="form-0001")
    again = book(gate, people.desk, now + TOMORROW, now=now + timedelta(seconds=1), idempotency_key="form-0001")
    assert again == once
    with pytest.raises(KeyReused):
        book(gate, people.desk, now + 2 * TOMORROW, now=now, idempotency_key="form-0001")
    with gate.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Appointment)) == 1


def test_the_desk_brings_a_clinician_onto_the_care_team_from_today(
    gate: Gate, people: People, now: datetime, store: Store
) -> None:
    booked = book(gate, people.desk, now + TOMORROW, now=now, clinician_id=BEN, location_id=VIDEO)
    assert booked.joined_care_team
    with store.reading() as session:
        joined = session.scalars(select(CareTeamMember).where(CareTeamMember.staff_id == BEN)).one()
        assert (joined.patient_id, joined.from_on.isoformat(), joined.is_primary) == (FERN, "2026-03-09", False)
    assert events(store) == [("care_team.joined", "done"), ("appointment.booked", "done")]
    assert not book(gate, people.ben, now + 2 * TOMORROW, now=now, clinician_id=BEN).joined_care_team


def test_a_clinician_cannot_hand_a_colleague_into_a_chart(gate: Gate, people: People, now: datetime) -> None:
    before = every_row(gate.store)
    with pytest.raises(NotOnCareTeam):
        book(gate, people.ada, now + TOMORROW, now=now, clinician_id=BEN)
    assert every_row(gate.store) == before
