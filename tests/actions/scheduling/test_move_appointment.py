"""Moving: the time, the clinician or the place changes, and where it was before is kept."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.small_practice import BEN, MOSS, OFFICE, VIDEO, People, events, every_row, visit
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.people.care_team import NotOnCareTeam
from workbench.scheduling.rules import CannotBeMoved, InThePast, SlotTaken
from workbench.scheduling.tables import Appointment, AppointmentMove, AttendanceStatus
from workbench.store.engine import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def soon(store: Store, now: datetime) -> datetime:
    """Fern is with Ada tomorrow, as appointment 1."""
    visit(store, 1, now + DAY)
    return now + DAY


def test_the_length_stays_and_the_old_time_is_kept(
    gate: Gate, store: Store, people: People, now: datetime, soon: datetime
) -> None:
    moved = move_appointment(gate, people.desk, "apt_1", now=now, starts_at=soon + HOUR, location_id=VIDEO)
    assert (moved.starts_at, moved.ends_at - moved.starts_at, moved.version) == (soon + HOUR, timedelta(minutes=50), 2)
    with store.reading() as session:
        kept = session.scalars(select(AppointmentMove)).one()
        assert (kept.from_starts_at, kept.from_location_id, kept.moved_by) == (soon, OFFICE, "usr_desk")
        assert session.get_one(Appointment, "apt_1").location_id == VIDEO
    assert events(store) == [("appointment.moved", "done")]


def test_by_a_few_minutes_it_does_not_stand_in_its_own_way(
    gate: Gate, people: People, now: datetime, soon: datetime
) -> None:
    later = soon + timedelta(minutes=10)
    assert move_appointment(gate, people.desk, "apt_1", now=now, starts_at=later).starts_at == later


def test_a_stale_page_moves_nothing(gate: Gate, store: Store, people: People, now: datetime, soon: datetime) -> None:
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=soon + HOUR, expected_version=1)
    before = every_row(store)
    with pytest.raises(StalePage):
        move_appointment(gate, people.desk, "apt_1", now=now, starts_at=soon + 2 * HOUR, expected_version=1)
    assert every_row(store) == before


def test_onto_a_time_that_is_taken_nothing_moves(
    gate: Gate, store: Store, people: People, now: datetime, soon: datetime
) -> None:
    visit(store, 2, soon + HOUR, patient_id=MOSS)
    before = every_row(store)
    with pytest.raises(SlotTaken):
        move_appointment(gate, people.desk, "apt_1", now=now, starts_at=soon + HOUR)
    with pytest.raises(InThePast):
        move_appointment(gate, people.desk, "apt_1", now=now, starts_at=now - HOUR)
    assert every_row(store) == before


@pytest.mark.parametrize(
    "status", [one for one in AttendanceStatus if one not in (AttendanceStatus.BOOKED, AttendanceStatus.CONFIRMED)]
)
def test_what_has_begun_or_ended_stays_where_it_was(
    gate: Gate, store: Store, people: People, now: datetime, status: AttendanceStatus
) -> None:
    visit(store, 3, now + DAY, status=status)
    with pytest.raises(CannotBeMoved):
        move_appointment(gate, people.desk, "apt_3", now=now, starts_at=now + 2 * DAY)


def test_to_another_clinician_the_desk_may_and_a_clinician_may_not(
    gate: Gate, people: People, now: datetime, soon: datetime
) -> None:
    with pytest.raises(NotOnCareTeam):
        move_appointment(gate, people.ada, "apt_1", now=now, starts_at=soon, clinician_id=BEN)
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=soon, clinician_id=BEN)
    assert move_appointment(gate, people.ben, "apt_1", now=now, starts_at=soon + HOUR).version == 3


@pytest.mark.parametrize("who", ["ben", "biller", "it"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, soon: datetime, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotFound):
        move_appointment(gate, getattr(people, who), "apt_1", now=now, starts_at=soon + HOUR)
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]
