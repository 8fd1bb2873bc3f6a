"""Rooms: named once at their place, held by one appointment at a time on both engines, and large enough."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.together import AT, FIRST, RUE, Together
from tests.factories.small_practice import (
    ADA,
    BEN,
    FERN,
    INDIVIDUAL,
    MOSS,
    OFFICE,
    VIDEO,
    People,
    events,
    every_row,
)
from workbench.actions.scheduling.add_room import RoomThere, add_room
from workbench.actions.scheduling.book_appointment import Booked, book_appointment
from workbench.actions.scheduling.book_series import book_series
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.retire_room import retire_room
from workbench.actions.scheduling.undo_move import undo_move
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import instant_of
from workbench.scheduling.rooms import RoomElsewhere, RoomTaken, RoomTooSmall, RoomWrong
from workbench.scheduling.rules import SeriesClashes
from workbench.scheduling.tables import Appointment
from workbench.screens.open_slots import open_slots
from workbench.screens.rooms import rooms

HOUR = timedelta(hours=1)


@pytest.fixture
def room(gate: Gate, people: People, now: datetime) -> str:
    """A room of the office with two seats."""
    return add_room(gate, people.manager, now=now, location_id=OFFICE, name="Blue room", seats=2).room_id


def book(gate: Gate, people: People, now: datetime, room_id: str, **changed: object) -> Booked:
    inputs = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "starts_at": now + HOUR, **changed}
    patient = inputs.pop("patient", FERN)
    return book_appointment(gate, people.desk, patient, now=now, room_id=room_id, **inputs)  # type: ignore[arg-type]


def room_of(gate: Gate, number: str) -> str | None:
    with gate.store.reading() as session:
        return session.scalars(select(Appointment.room_id).where(Appointment.id == number)).one()


def test_it_is_on_the_list_and_counts_what_is_to_come(gate: Gate, people: People, now: datetime, room: str) -> None:
    book(gate, people, now, room)
    (shown,) = rooms(gate, people.desk, now=now).rooms
    assert (shown.name, shown.seats, shown.location_name, shown.to_come) == ("Blue room", 2, "Office", 1)
    assert rooms(gate, people.desk, now=now).places == ((OFFICE, "Office"),)
    assert events(gate.store)[0] == ("room.added", "done")


@pytest.mark.parametrize(("changed", "refusal"), [
    ({"name": " "}, RoomWrong), ({"name": "x" * 41}, RoomWrong), ({"seats": 0}, RoomWrong), ({"seats": 100}, RoomWrong),
    ({"location_id": VIDEO}, RoomWrong), ({"location_id": "loc_none"}, NotFound),
    ({"name": "Blue  room"}, RoomThere),
])  # fmt: skip
def test_what_is_no_room_is_refused(
    gate: Gate, people: People, now: datetime, room: str, changed: dict[str, object], refusal: type[WorkbenchError]
) -> None:
    before = every_row(gate.store)
    with pytest.raises(refusal):
        add_room(gate, people.desk, now=now, **{"location_id": OFFICE, "name": "Red", "seats": 1, **changed})  # type: ignore[arg-type]
    assert every_row(gate.store) == before
    del room


@pytest.mark.parametrize("who", ["ada", "biller", "it", "compliance"])
def test_others_add_none(gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        add_room(gate, getattr(people, who), now=now, location_id=OFFICE, name="Red", seats=1)


def test_two_appointments_never_have_it_at_once(gate: Gate, people: People, now: datetime, room: str) -> None:
    book(gate, people, now, room)
    before = every_row(gate.store)
    with pytest.raises(RoomTaken):
        book(gate, people, now, room, clinician_id=BEN, patient=MOSS, starts_at=now + HOUR + HOUR / 2)
    assert every_row(gate.store) == before
    book(gate, people, now, "", clinician_id=BEN, patient=MOSS, starts_at=now + HOUR + HOUR / 2)
    book(gate, people, now, room, clinician_id=BEN, patient=MOSS, starts_at=now + 2 * HOUR + HOUR / 2)


def test_of_two_who_book_it_at_once_one_wins(gate: Gate, people: People, now: datetime, room: str) -> None:
    def one(clinician_id: str) -> bool:
        try:
            book(gate, people, now, room, clinician_id=clinician_id, patient=FERN if clinician_id == ADA else MOSS)
        except RoomTaken:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, (ADA, BEN))) == [False, True]


def test_a_double_booking_on_purpose_shares_it(gate: Gate, people: People, now: datetime, room: str) -> None:
    book(gate, people, now, room)
    book(gate, people, now, room, patient=MOSS, overlap_because="They come together")


def test_a_room_of_another_place_or_a_retired_one_is_refused(
    gate: Gate, people: People, now: datetime, room: str
) -> None:
    with pytest.raises(RoomElsewhere):
        book(gate, people, now, room, location_id=VIDEO)
    retire_room(gate, people.desk, room, now=now)
    with pytest.raises(RoomElsewhere):
        book(gate, people, now, room)


def test_it_goes_along_within_the_place_and_comes_back_with_an_undo(
    gate: Gate, people: People, now: datetime, room: str
) -> None:
    appointment = book(gate, people, now, room).appointment_id
    move_appointment(gate, people.desk, appointment, now=now, starts_at=now + 5 * HOUR)
    assert room_of(gate, appointment) == room
    move_appointment(gate, people.desk, appointment, now=now, starts_at=now + 5 * HOUR, location_id=VIDEO)
    assert room_of(gate, appointment) is None
    undo_move(gate, people.desk, appointment, now=now)
    assert room_of(gate, appointment) == room
    move_appointment(gate, people.desk, appointment, now=now + HOUR, starts_at=now + 5 * HOUR, room_id="")
    assert room_of(gate, appointment) is None


def test_a_move_into_a_taken_room_moves_nothing(gate: Gate, people: People, now: datetime, room: str) -> None:
    book(gate, people, now, room)
    other = book(gate, people, now, "", clinician_id=BEN, patient=MOSS)
    before = every_row(gate.store)
    with pytest.raises(RoomTaken):
        move_appointment(gate, people.desk, other.appointment_id, now=now, starts_at=now + HOUR, room_id=room)
    assert every_row(gate.store) == before


def test_a_series_names_the_days_on_which_it_is_taken(gate: Gate, people: People, now: datetime, room: str) -> None:
    second = instant_of(datetime.combine(FIRST + timedelta(weeks=1), AT), gate.zone)
    book(gate, people, now, room, clinician_id=BEN, patient=MOSS, starts_at=second)
    said = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "first_on": FIRST, "at": time(11)}
    with pytest.raises(SeriesClashes) as refused:
        book_series(gate, people.desk, FERN, now=now, rule="FREQ=WEEKLY;COUNT=3", room_id=room, **said)  # type: ignore[arg-type]
    assert refused.value.days == (FIRST + timedelta(weeks=1),)
    book_series(gate, people.desk, FERN, now=now, rule="FREQ=WEEKLY;COUNT=3", **said)  # type: ignore[arg-type]


def test_a_group_fits_into_it(gate: Gate, people: People, together: Together, room: str, now: datetime) -> None:
    with pytest.raises(RoomTooSmall, match="2 seats"):
        together.book(together.make(FERN, MOSS, RUE), room_id=room)
    together.book(together.make(FERN, MOSS), room_id=room, beside_ids=[BEN])
    assert room_of(gate, together.session()) == room
    del people, now


def test_times_are_offered_while_it_is_free(gate: Gate, people: People, now: datetime, room: str) -> None:
    taken = book(gate, people, now, room, clinician_id=BEN, patient=MOSS)

    def starts(**changed: str) -> list[datetime]:
        day = now.astimezone(gate.zone).date()
        found = open_slots(
            gate,
            people.desk,
            now=now,
            from_on=day,
            until_on=day + timedelta(1),
            minutes=50,
            clinician_id=ADA,
            **changed,
        )  # type: ignore[arg-type]
        return [one.starts_at for one in found]  # fmt: skip

    free = starts()
    assert taken.starts_at in free
    assert set(starts(room_id=room)) == {
        one for one in free if not (one < taken.ends_at and taken.starts_at < one + timedelta(minutes=50))
    }
    assert taken.starts_at in starts(room_id=room, moving_id=taken.appointment_id)


def test_a_cancelled_appointment_gives_it_back(gate: Gate, people: People, now: datetime, room: str) -> None:
    first = book(gate, people, now, room)
    cancel_appointment(gate, people.desk, first.attendance_id, now=now, reason="ill")
    book(gate, people, now, room, clinician_id=BEN, patient=MOSS)
