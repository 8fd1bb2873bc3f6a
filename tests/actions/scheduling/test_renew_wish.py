"""What somebody who waits says now: the last word counts, every word stays, the place in the list does too."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import ADA, People
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.waitlist import ASK_AFTER, HOLDS_FOR, Standing, WaitOver, Wish, WishWrong
from workbench.scheduling.waitlist_tables import WaitlistWord
from workbench.screens.waitlist import waitlist

TUESDAYS = Wish(ADA, weekdays=frozenset({1}))


def test_the_last_word_counts_though_two_came_in_one_instant(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    for nth, wish in enumerate((TUESDAYS, Wish(), TUESDAYS), start=2):
        assert renew_wish(gate, people.desk, waiting.fern, now=now, wish=wish).nth == nth
        (one,) = waitlist(gate, people.desk, now=now).waiting
        assert (one.wish, one.joined_at) == (wish, now)
    with gate.store.reading() as read:
        assert read.scalar(select(func.count()).select_from(WaitlistWord)) == 4


def test_who_has_not_said_so_for_long_is_to_be_asked_and_then_fresh_again(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    def standing(at: datetime) -> list[Standing]:
        return [one.standing for one in waitlist(gate, people.desk, now=at).waiting]

    second = timedelta(seconds=1)
    assert standing(now + ASK_AFTER - second) == [Standing.FRESH]
    assert standing(now + ASK_AFTER) == [Standing.TO_ASK]
    assert standing(now + HOLDS_FOR) == [Standing.UNHEARD]
    assert len(waitlist(gate, people.desk, now=now + HOLDS_FOR).to_ask) == 1
    renew_wish(gate, people.desk, waiting.fern, now=now + HOLDS_FOR, wish=Wish())
    assert standing(now + HOLDS_FOR) == [Standing.FRESH]


def test_a_wait_that_is_over_has_no_wish(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    leave_waitlist(gate, people.desk, waiting.fern, now=now, why="no_longer")
    with pytest.raises(WaitOver):
        renew_wish(gate, people.desk, waiting.fern, now=now, wish=Wish())


def test_nothing_could_fit(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(WishWrong):
        renew_wish(gate, people.desk, waiting.fern, now=now, wish=Wish(weekdays=frozenset()))


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        renew_wish(gate, getattr(people, who), waiting.fern, now=now, wish=Wish())


def test_the_database_keeps_every_word(waiting: OnTheList) -> None:
    with waiting.gate.store.writing() as session:
        session.scalars(select(WaitlistWord)).one().weekdays = 1
        with pytest.raises(DBAPIError, match="waitlist_words_append_only"):
            session.flush()
