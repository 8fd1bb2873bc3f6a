"""Onto the waitlist: once for a type, with a wish that something could fit."""

from datetime import datetime

import pytest

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import BEN, FERN, INDIVIDUAL, INTAKE, MOSS, OLD_TYPE, People, every_row
from tests.factories.small_practice import events as events_of
from workbench.actions.scheduling.join_waitlist import join_waitlist
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.rules import TypeRetired
from workbench.scheduling.waitlist import AlreadyWaiting, Place, Wish, WishWrong
from workbench.screens.waitlist import waitlist

MORNINGS = Wish(BEN, Place.VIDEO, frozenset({0, 3}), 8 * 60, 12 * 60)


@pytest.mark.parametrize("who", ["desk", "manager", "ada", "supervisor"])
def test_what_they_could_take_is_kept_as_they_said_it(gate: Gate, people: People, now: datetime, who: str) -> None:
    join_waitlist(gate, getattr(people, who), FERN, now=now, type_id=INDIVIDUAL, wish=MORNINGS)
    (one,) = waitlist(gate, people.desk, now=now).waiting
    assert (one.patient_id, one.type_id, one.wish, one.joined_at) == (FERN, INDIVIDUAL, MORNINGS, now)
    assert events_of(gate.store)[0] == ("waitlist.joined", "done")


def test_one_waits_once_for_a_type_and_again_when_that_is_over(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    with pytest.raises(AlreadyWaiting):
        waiting.join()
    waiting.join(type_id=INTAKE)
    waiting.join(MOSS)
    leave_waitlist(gate, people.desk, waiting.fern, now=now, why="elsewhere")
    assert waiting.join() != waiting.fern


@pytest.mark.parametrize(("type_id", "wish", "refusal"), [
    (INDIVIDUAL, Wish(weekdays=frozenset()), WishWrong),
    (INDIVIDUAL, Wish(weekdays=frozenset({7})), WishWrong),
    (INDIVIDUAL, Wish(from_minute=600, until_minute=600), WishWrong),
    (INDIVIDUAL, Wish(until_minute=1441), WishWrong),
    (INDIVIDUAL, Wish("stf_nobody"), NotFound),
    ("aty_none", Wish(), NotFound),
    (OLD_TYPE, Wish(), TypeRetired),
])  # fmt: skip
def test_what_nothing_could_fit_is_refused_and_changes_nothing(
    gate: Gate, people: People, now: datetime, type_id: str, wish: Wish, refusal: type[WorkbenchError]
) -> None:
    before = every_row(gate.store)
    with pytest.raises(refusal):
        join_waitlist(gate, people.desk, FERN, now=now, type_id=type_id, wish=wish)
    assert every_row(gate.store) == before


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        join_waitlist(gate, getattr(people, who), FERN, now=now, type_id=INDIVIDUAL, wish=Wish())
