"""A free time offered: it fits, it is free, it stands for a while, and nobody is offered it twice at once."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.waiting import HOUR, OnTheList
from tests.factories.small_practice import ADA, BEN, MOSS, OFFICE, VIDEO, People, every_row, visit
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.offer_time import offer_time
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.rules import InThePast, SlotTaken
from workbench.scheduling.waitlist import DoesNotFit, LeadTooShort, OfferedAlready, Place, WaitOver, Wish
from workbench.screens.waitlist import waitlist


def test_it_stands_until_it_ends_and_is_kept_then(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    offered = waiting.offer(within=2 * HOUR)
    assert offered.expires_at == now + 2 * HOUR
    (one,) = waitlist(gate, people.desk, now=offered.expires_at - timedelta(seconds=1)).to_answer
    assert (one.starts_at, one.answer) == (waiting.tomorrow, "")
    after = waitlist(gate, people.desk, now=offered.expires_at)
    assert (after.to_answer, [one.answer for one in after.answered]) == ((), ["expired"])


def test_it_ends_when_the_appointment_would_begin(waiting: OnTheList, now: datetime) -> None:
    assert waiting.offer(starts_at=now + HOUR, within=4 * HOUR).expires_at == now + HOUR


def test_one_time_goes_to_several_and_once_to_each(waiting: OnTheList, now: datetime) -> None:
    moss = waiting.join(MOSS)
    assert waiting.offer().offer_id != waiting.offer(moss).offer_id
    with pytest.raises(OfferedAlready):
        waiting.offer(moss)
    waiting.offer(moss, now=now + 5 * HOUR)  # the first has run out


@pytest.mark.parametrize("within", [timedelta(), timedelta(minutes=14), timedelta(days=3, seconds=1)])
def test_not_for_no_time_and_not_for_ever(waiting: OnTheList, within: timedelta) -> None:
    before = every_row(waiting.gate.store)
    with pytest.raises(LeadTooShort):
        waiting.offer(within=within)
    assert every_row(waiting.gate.store) == before


def test_not_what_begins_within_the_quarter_hour_or_has_begun(waiting: OnTheList, now: datetime) -> None:
    with pytest.raises(LeadTooShort):
        waiting.offer(starts_at=now + timedelta(minutes=14))
    with pytest.raises(InThePast):
        waiting.offer(starts_at=now)


def test_not_what_is_taken(waiting: OnTheList, now: datetime) -> None:
    visit(waiting.gate.store, 1, waiting.tomorrow + timedelta(minutes=20), patient_id=MOSS)
    with pytest.raises(SlotTaken):
        waiting.offer()
    waiting.offer(clinician_id=BEN)


@pytest.mark.parametrize("wish", [
    Wish(BEN), Wish(place=Place.VIDEO), Wish(weekdays=frozenset({0, 2, 3, 4, 5, 6})), Wish(from_minute=601),
    Wish(until_minute=600),
])  # fmt: skip
def test_not_what_they_said_they_cannot_take(
    waiting: OnTheList, gate: Gate, people: People, now: datetime, wish: Wish
) -> None:
    renew_wish(gate, people.desk, waiting.fern, now=now, wish=wish)  # tomorrow is Tuesday, at ten
    with pytest.raises(DoesNotFit):
        waiting.offer()


def test_by_video_where_they_want_video(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    renew_wish(gate, people.desk, waiting.fern, now=now, wish=Wish(place=Place.VIDEO))
    waiting.offer(location_id=VIDEO)


def test_not_to_who_has_left(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    leave_waitlist(gate, people.desk, waiting.fern, now=now, why="elsewhere")
    with pytest.raises(WaitOver):
        waiting.offer()


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        offer_time(
            gate, getattr(people, who), waiting.fern, now=now, clinician_id=ADA, location_id=OFFICE,
            starts_at=waiting.tomorrow, within=HOUR,
        )  # fmt: skip
