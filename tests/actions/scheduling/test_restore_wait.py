"""A wait that ended by itself goes on in its old place, for a month, unless they wait anew."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.test_lapse_wait import KEEPER, WEEK, lapsing
from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import People
from workbench.actions.scheduling.lapse_wait import lapse_wait
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.restore_wait import restore_wait
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.waitlist import AlreadyWaiting, NotLapsed, Standing
from workbench.screens.waitlist import waitlist


@pytest.fixture
def over(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> datetime:
    lapsing(gate, people, now)
    assert lapse_wait(gate, KEEPER, waiting.fern, now=now + 6 * WEEK).is_over
    return now + 6 * WEEK


def test_they_wait_since_when_they_did_and_are_fresh(
    waiting: OnTheList, gate: Gate, people: People, now: datetime, over: datetime
) -> None:
    assert restore_wait(gate, people.desk, waiting.fern, now=over + WEEK).nth == 2
    shown = waitlist(gate, people.desk, now=over + WEEK)
    assert [(one.joined_at, one.standing) for one in shown.waiting] == [(now, Standing.FRESH)]
    assert shown.lapsed == ()
    with pytest.raises(NotLapsed):
        restore_wait(gate, people.desk, waiting.fern, now=over + WEEK)


def test_not_after_a_month_nor_beside_a_new_wait(
    waiting: OnTheList, gate: Gate, people: People, over: datetime
) -> None:
    with pytest.raises(NotLapsed):
        restore_wait(gate, people.desk, waiting.fern, now=over + timedelta(days=31))
    waiting.join()
    with pytest.raises(AlreadyWaiting):
        restore_wait(gate, people.desk, waiting.fern, now=over)


def test_what_a_person_ended_stays_ended_and_others_cannot(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    leave_waitlist(gate, people.desk, waiting.fern, now=now, why="no_longer")
    with pytest.raises(NotLapsed):
        restore_wait(gate, people.desk, waiting.fern, now=now)
    with pytest.raises(NotFound):
        restore_wait(gate, people.biller, waiting.fern, now=now)
