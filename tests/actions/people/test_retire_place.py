"""A place is retired when nothing hangs on it; then nothing new can be there, and what was stays."""

from datetime import date, datetime, timedelta

import pytest

from tests.actions.people.placing import ANNEXE
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, VIDEO, People
from workbench.actions.people.add_place import add_place
from workbench.actions.people.change_place import change_place
from workbench.actions.people.retire_place import retire_place
from workbench.actions.scheduling.add_room import add_room
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.retire_room import retire_room
from workbench.actions.scheduling.set_hours import set_hours
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.people.place_rules import PlaceInUse, PlaceRetired
from workbench.screens.booking_choices import booking_choices
from workbench.screens.places import places

HOUR = timedelta(hours=1)
MONDAYS = ((0, 540, 1020, OFFICE),)


def test_nothing_new_can_be_there_and_its_name_is_free(gate: Gate, people: People, now: datetime) -> None:
    key = add_place(gate, people.manager, now=now, details=ANNEXE).location_id
    retire_place(gate, people.manager, key, now=now)
    retire_place(gate, people.manager, key, now=now)
    assert key not in {one.location_id for one in places(gate, people.manager, now=now)}
    assert key not in dict(booking_choices(gate, people.desk, now=now).locations)
    booked = book_appointment(gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL,
                              location_id=OFFICE, starts_at=now + HOUR)  # fmt: skip
    with pytest.raises(PlaceRetired):
        move_appointment(gate, people.desk, booked.appointment_id, now=now, starts_at=now + HOUR, location_id=key)
    with pytest.raises(PlaceRetired):
        change_place(gate, people.manager, key, now=now, details=ANNEXE)
    with pytest.raises(PlaceRetired):
        add_room(gate, people.desk, now=now, location_id=key, name="Blue", seats=1)
    assert add_place(gate, people.manager, now=now, details=ANNEXE).location_id != key


def test_not_while_something_hangs_on_it(gate: Gate, people: People, now: datetime) -> None:
    today = date(2026, 3, 9)
    set_hours(gate, people.manager, ADA, now=now, from_on=today, published_until=today + timedelta(days=99),
              week=MONDAYS)  # fmt: skip
    room = add_room(gate, people.desk, now=now, location_id=OFFICE, name="Blue", seats=1).room_id
    book_appointment(gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
                     starts_at=now + HOUR)  # fmt: skip
    with pytest.raises(PlaceInUse, match="1 appointment is still to come"):
        retire_place(gate, people.manager, OFFICE, now=now)
    later = now + timedelta(days=1)
    with pytest.raises(PlaceInUse, match="hours of 1 clinician"):
        retire_place(gate, people.manager, OFFICE, now=later)
    set_hours(gate, people.manager, ADA, now=later, from_on=today + timedelta(days=1),
              published_until=today + timedelta(days=99), week=((0, 540, 1020, VIDEO),))  # fmt: skip
    with pytest.raises(PlaceInUse, match="has rooms"):
        retire_place(gate, people.manager, OFFICE, now=later)
    retire_room(gate, people.desk, room, now=later)
    retire_place(gate, people.manager, OFFICE, now=later)
    with pytest.raises(PlaceInUse):
        retire_place(gate, people.manager, VIDEO, now=later)  # Ada's hours are there, and it is the last


def test_others_cannot(gate: Gate, people: People, now: datetime) -> None:
    for who in ("desk", "ada", "biller", "it"):
        with pytest.raises(NotFound):
            retire_place(gate, getattr(people, who), OFFICE, now=now)
