"""A place is added with a name of its own, and what no place is is told field by field."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.people.placing import ANNEXE
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, People, events, every_row
from workbench.actions.people.add_place import add_place
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.people.place_rules import PlaceThere
from workbench.people.rules import DetailsUnclear
from workbench.screens.booking_choices import booking_choices
from workbench.screens.calendar import calendar
from workbench.screens.places import places

HOUR = timedelta(hours=1)


def test_it_is_chosen_at_a_booking_and_tells_its_own_clock(gate: Gate, people: People, now: datetime) -> None:
    added = add_place(gate, people.manager, now=now, details=replace(ANNEXE, name=" Annexe ", state="il"))
    assert events(gate.store)[-1] == ("place.added", "done")
    shown = {one.location_id: one.details for one in places(gate, people.manager, now=now)}
    assert shown[added.location_id] == ANNEXE
    assert (added.location_id, "Annexe") in booking_choices(gate, people.desk, now=now).locations
    book_appointment(gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL,
                     location_id=added.location_id, starts_at=now + HOUR)  # fmt: skip
    (row,) = calendar(gate, people.desk, now=now, from_on=now.date()).rows
    assert (row.location_name, row.their_zone) == ("Annexe", "America/Chicago")
    (one,) = [one for one in places(gate, people.manager, now=now) if one.location_id == added.location_id]
    assert (one.to_come, one.rooms) == (1, 0)


def test_two_in_use_of_one_name_could_not_be_told_apart(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(PlaceThere) as refused:
        add_place(gate, people.manager, now=now, details=replace(ANNEXE, name="OFFICE"))
    assert set(refused.value.fields) == {"name"}


@pytest.mark.parametrize(("wrong", "fields"), [
    ({"name": " "}, {"name"}), ({"name": "x" * 61}, {"name"}), ({"kind": "boat"}, {"kind"}),
    ({"place_code": "10"}, {"place_code"}), ({"kind": "school", "place_code": "11"}, {"place_code"}),
    ({"npi": "1234567890"}, {"npi"}), ({"zone": "Mars/Phobos"}, {"zone"}), ({"state": "XX"}, {"state"}),
    ({"zip_code": "1"}, {"zip_code"}), ({"street": "x" * 61, "city": "y" * 61}, {"street", "city"}),
])  # fmt: skip
def test_what_is_no_place_is_told_at_its_fields(
    gate: Gate, people: People, now: datetime, wrong: dict[str, str], fields: set[str]
) -> None:
    before = every_row(gate.store)
    with pytest.raises(DetailsUnclear) as refused:
        add_place(gate, people.manager, now=now, details=replace(ANNEXE, **wrong))
    assert (set(refused.value.fields), every_row(gate.store)) == (fields, before)


def test_what_was_said_is_not_changed_and_others_cannot_say_it(gate: Gate, people: People, now: datetime) -> None:
    add_place(gate, people.manager, now=now, details=ANNEXE)
    with pytest.raises(DBAPIError, match="place_versions_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("UPDATE place_versions SET name = 'x'"))
    for who in ("desk", "ada", "biller", "it"):
        with pytest.raises(NotAllowed):
            add_place(gate, getattr(people, who), now=now, details=replace(ANNEXE, name="Other"))
