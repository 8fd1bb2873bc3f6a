"""Everybody keeps views of the calendar for themselves: nine at most, one of which it opens with, names sealed."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories.small_practice import ADA, BEN, OFFICE, People, events, every_row
from workbench.actions.scheduling.drop_calendar_view import drop_calendar_view
from workbench.actions.scheduling.keep_calendar_view import keep_calendar_view
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.views import MOST, TooManyViews, ViewUnclear
from workbench.screens.calendar_views import Sieve, calendar_views


def test_it_is_there_for_who_keeps_it_and_for_nobody_else(gate: Gate, people: People, now: datetime) -> None:
    kept = keep_calendar_view(
        gate, people.desk, now=now, name=" Front  office ", sight="week", clinician_ids=[BEN, ADA], place_ids=[OFFICE],
        states=["to_come"], is_default=True,
    )  # fmt: skip
    (one,) = calendar_views(gate, people.desk, now=now)
    assert (one.view_id, one.name, one.sight, one.is_default) == (kept.view_id, "Front office", "week", True)
    assert one.sieve == Sieve(frozenset({ADA, BEN}), frozenset({OFFICE}), frozenset({"to_come"}))
    assert calendar_views(gate, people.manager, now=now) == ()
    assert events(gate.store)[0] == ("calendar_view.kept", "done")
    assert "Front office" not in repr(every_row(gate.store))


def test_one_of_the_same_name_is_replaced_and_one_of_them_is_what_opens(
    gate: Gate, people: People, now: datetime
) -> None:
    first = keep_calendar_view(gate, people.desk, now=now, name="Mine", sight="week", is_default=True)
    keep_calendar_view(gate, people.desk, now=now, name="Other", sight="day", is_default=True)
    assert [one.is_default for one in calendar_views(gate, people.desk, now=now)].count(True) == 1
    again = keep_calendar_view(gate, people.desk, now=now, name="MINE", sight="list", clinician_ids=[ADA])
    assert again.view_id == first.view_id
    kept = {one.name: one for one in calendar_views(gate, people.desk, now=now)}
    assert (kept["MINE"].sight, kept["MINE"].is_default, kept["Other"].is_default) == ("list", False, True)
    keep_calendar_view(gate, people.ben, now=now, name="Mine", sight="day", is_default=True)


@pytest.mark.parametrize(("wrong", "field"), [
    ({"name": ""}, "name"), ({"name": "x" * 25}, "name"), ({"sight": "year"}, "sight"),
    ({"states": ["lost"]}, "states"),
])  # fmt: skip
def test_what_is_no_view_is_told_at_its_field(
    gate: Gate, people: People, now: datetime, wrong: dict[str, Any], field: str
) -> None:
    before = every_row(gate.store)
    with pytest.raises(ViewUnclear) as refused:
        keep_calendar_view(gate, people.desk, now=now, **{"name": "Mine", "sight": "day", **wrong})
    assert (set(refused.value.fields), every_row(gate.store)) == ({field}, before)


@pytest.mark.parametrize("wrong", [{"clinician_ids": ["stf_none"]}, {"place_ids": ["loc_none"]}])
def test_only_what_there_is(gate: Gate, people: People, now: datetime, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        keep_calendar_view(gate, people.desk, now=now, name="Mine", sight="day", **wrong)


def test_there_is_a_key_for_nine_and_a_dropped_one_makes_room(gate: Gate, people: People, now: datetime) -> None:
    kept = [keep_calendar_view(gate, people.desk, now=now, name=f"V{n}", sight="day").view_id for n in range(MOST)]
    with pytest.raises(TooManyViews):
        keep_calendar_view(gate, people.desk, now=now, name="One more", sight="day")
    drop_calendar_view(gate, people.desk, kept[0], now=now)
    assert keep_calendar_view(gate, people.desk, now=now, name="One more", sight="day").view_id
