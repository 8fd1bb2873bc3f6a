"""Off the waitlist: with a reason, and what was offered is over."""

from datetime import datetime

import pytest

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import People, every_row
from workbench.actions.scheduling.leave_waitlist import LeftWaitlist, leave_waitlist
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.waitlist import WaitOver, WishWrong
from workbench.screens.waitlist import waitlist


def test_the_row_stays_with_who_and_why(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    offer = waiting.offer()
    assert leave_waitlist(gate, people.desk, waiting.fern, now=now, why="not_reached") == LeftWaitlist(withdrawn=1)
    entry = waiting.entry()
    assert (entry.ended_at, entry.ended_by, entry.ended_why) == (now, "usr_desk", "not_reached")
    assert waiting.offered(offer.offer_id).answer == "gone"
    assert waitlist(gate, people.desk, now=now).waiting == ()


def test_once(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    leave_waitlist(gate, people.desk, waiting.fern, now=now, why="no_longer")
    with pytest.raises(WaitOver):
        leave_waitlist(gate, people.desk, waiting.fern, now=now, why="no_longer")


@pytest.mark.parametrize("why", ["", "tired of it"])
def test_a_reason_is_chosen(waiting: OnTheList, gate: Gate, people: People, now: datetime, why: str) -> None:
    before = every_row(gate.store)
    with pytest.raises(WishWrong) as told:
        leave_waitlist(gate, people.desk, waiting.fern, now=now, why=why)
    assert (set(told.value.fields), every_row(gate.store)) == ({"why"}, before)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        leave_waitlist(gate, getattr(people, who), waiting.fern, now=now, why="no_longer")
