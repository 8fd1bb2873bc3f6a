"""A wait of which nothing is heard ends by itself, where the practice said so, and not before people could be asked."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import MOSS, People, events
from workbench.actions.scheduling.lapse_wait import lapse_wait
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.actions.scheduling.set_waitlist_terms import set_waitlist_terms
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.jobs.handlers import JobRun, lapse_waits
from workbench.scheduling.waitlist import Wish, WishWrong
from workbench.screens.waitlist import waitlist
from workbench.screens.waits_to_ask import unheard_waits

KEEPER = SystemActor("lapse_waits", frozenset({Permission.LAPSE_WAIT}))
WEEK, SECOND = timedelta(weeks=1), timedelta(seconds=1)


def lapsing(gate: Gate, people: People, now: datetime, lapse_weeks: int = 6) -> None:
    set_waitlist_terms(gate, people.manager, now=now, ask_weeks=2, hold_weeks=4, lapse_weeks=lapse_weeks)


def test_at_night_what_was_not_heard_of_ends_once_and_the_rest_waits(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    lapsing(gate, people, now)
    moss = waiting.join(MOSS)
    renew_wish(gate, people.desk, moss, now=now + WEEK, wish=Wish())
    assert unheard_waits(gate, now=now + 6 * WEEK - SECOND) == ()
    night = JobRun(gate, KEEPER, "lapse_waits:2026-04-20", {}, now + 6 * WEEK)
    lapse_waits(night)
    lapse_waits(night)
    shown = waitlist(gate, people.desk, now=night.now)
    assert [one.entry_id for one in shown.waiting] == [moss]
    assert [(one.entry_id, one.joined_at, one.ended_at) for one in shown.lapsed] == [(waiting.fern, now, night.now)]
    assert waiting.entry().ended_why == "lapsed"
    assert sum(event == "waitlist.lapsed" for event, _ in events(gate.store)) == 1
    assert waitlist(gate, people.desk, now=night.now + 5 * WEEK).lapsed == ()


def test_none_ends_by_itself_unless_the_practice_says_so(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    assert unheard_waits(gate, now=now + 200 * WEEK) == ()
    assert not lapse_wait(gate, KEEPER, waiting.fern, now=now + 200 * WEEK).is_over
    lapsing(gate, people, now, lapse_weeks=0)
    assert not lapse_wait(gate, KEEPER, waiting.fern, now=now + 200 * WEEK).is_over


def test_after_the_practice_said_so_there_is_a_week_to_ask(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    lapsing(gate, people, now + 20 * WEEK)
    (one,) = waitlist(gate, people.desk, now=now + 20 * WEEK).to_ask
    assert one.lapses_at == now + 21 * WEEK
    assert not lapse_wait(gate, KEEPER, waiting.fern, now=now + 21 * WEEK - SECOND).is_over
    assert lapse_wait(gate, KEEPER, waiting.fern, now=now + 21 * WEEK).is_over


def test_who_is_offered_a_time_is_waited_for(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    lapsing(gate, people, now)
    late = now + 6 * WEEK
    waiting.offer(now=late - timedelta(hours=1), starts_at=late + timedelta(hours=7))
    assert not lapse_wait(gate, KEEPER, waiting.fern, now=late).is_over
    assert lapse_wait(gate, KEEPER, waiting.fern, now=late + timedelta(hours=3)).is_over


def test_no_person_ends_one_so(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(WishWrong):
        leave_waitlist(gate, people.desk, waiting.fern, now=now, why="lapsed")
    with pytest.raises(NotFound):
        lapse_wait(gate, people.manager, waiting.fern, now=now)
