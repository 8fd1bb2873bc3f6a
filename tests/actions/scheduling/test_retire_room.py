"""A room is retired when nobody is to come there any more; what was stays."""

from datetime import datetime, timedelta

import pytest

from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, People, events, every_row
from workbench.actions.scheduling.add_room import RoomThere, add_room
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.retire_room import RoomInUse, retire_room
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.rooms import rooms


def test_it_goes_off_the_list_and_its_name_is_kept(gate: Gate, people: People, now: datetime) -> None:
    room = add_room(gate, people.desk, now=now, location_id=OFFICE, name="Red", seats=1).room_id
    retire_room(gate, people.desk, room, now=now)
    assert rooms(gate, people.desk, now=now).rooms == ()
    assert events(gate.store)[1] == ("room.retired", "done")
    with pytest.raises(RoomThere):
        add_room(gate, people.desk, now=now, location_id=OFFICE, name="Red", seats=1)
    retire_room(gate, people.desk, room, now=now)


def test_not_while_somebody_is_to_come_there(gate: Gate, people: People, now: datetime) -> None:
    room = add_room(gate, people.desk, now=now, location_id=OFFICE, name="Red", seats=1).room_id
    starts_at = now + timedelta(hours=1)
    book_appointment(gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
                     starts_at=starts_at, room_id=room)  # fmt: skip
    before = every_row(gate.store)
    with pytest.raises(RoomInUse, match="1 appointment is"):
        retire_room(gate, people.desk, room, now=now)
    assert every_row(gate.store) == before
    retire_room(gate, people.desk, room, now=starts_at)


def test_others_cannot(gate: Gate, people: People, now: datetime) -> None:
    room = add_room(gate, people.desk, now=now, location_id=OFFICE, name="Red", seats=1).room_id
    for who in ("ada", "biller", "it"):
        with pytest.raises(NotFound):
            retire_room(gate, getattr(people, who), room, now=now)
