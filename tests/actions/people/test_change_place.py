"""What a place is is said anew; what was said and what was charged before stays."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.people.placing import ANNEXE
from tests.factories.small_practice import OFFICE, VIDEO, People, every_row
from workbench.actions.people.add_place import add_place
from workbench.actions.people.change_place import change_place
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.people.place_rules import NothingDifferent, NotTheSamePlace, PlaceThere
from workbench.people.place_tables import PlaceVersion
from workbench.people.tables import Location
from workbench.screens.places import PlaceDetails, places


def test_every_version_is_kept_and_the_last_one_counts(gate: Gate, people: People, now: datetime) -> None:
    key = add_place(gate, people.manager, now=now, details=ANNEXE).location_id
    moved = replace(ANNEXE, name="Annexe West", kind="home", place_code="12", npi="", zone="")
    assert change_place(gate, people.manager, key, now=now, details=moved).nth == 2
    (one,) = [one for one in places(gate, people.manager, now=now) if one.location_id == key]
    assert one.details == moved
    with gate.store.reading() as session:
        assert session.get_one(Location, key).place_code == "12"
        kept = session.scalars(select(PlaceVersion.name).where(PlaceVersion.location_id == key)).all()
    assert sorted(kept) == ["Annexe", "Annexe West"]
    with pytest.raises(NothingDifferent):
        change_place(gate, people.manager, key, now=now, details=moved)
    with pytest.raises(StalePage):
        change_place(gate, people.manager, key, now=now, details=ANNEXE, expected_version=1)


def test_one_of_before_is_told_by_its_row_until_something_is_said(gate: Gate, people: People, now: datetime) -> None:
    shown = {one.location_id: one.details for one in places(gate, people.manager, now=now)}
    assert shown == {OFFICE: PlaceDetails("Office", "office", "11"), VIDEO: PlaceDetails("Video", "telehealth", "10")}
    change_place(gate, people.manager, VIDEO, now=now, details=replace(shown[VIDEO], place_code="02"))
    with gate.store.reading() as session:
        assert session.get_one(Location, VIDEO).place_code == "02"


def test_by_video_stays_by_video_and_a_name_is_one_places_own(gate: Gate, people: People, now: datetime) -> None:
    before = every_row(gate.store)
    with pytest.raises(NotTheSamePlace):
        change_place(gate, people.manager, OFFICE, now=now, details=PlaceDetails("Office", "telehealth", "10"))
    with pytest.raises(PlaceThere):
        change_place(gate, people.manager, OFFICE, now=now, details=PlaceDetails("video", "office", "11"))
    for who in ("desk", "ada", "biller"):
        with pytest.raises(NotFound):
            change_place(gate, getattr(people, who), OFFICE, now=now, details=ANNEXE)
    assert every_row(gate.store) == before
