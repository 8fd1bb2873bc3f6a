"""The rules of the schedule."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.time import Span, day_of
from workbench.scheduling.rules import (
    ENDED,
    MOVES,
    WORDS,
    CannotMove,
    cancelled_status,
    holds_time,
    moved,
    offers,
)
from workbench.scheduling.tables import AttendanceStatus as Status

NEW_YORK = ZoneInfo("America/New_York")
statuses = st.sampled_from(list(Status))
instants = st.integers(0, 10**7).map(lambda minute: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))


@given(statuses, statuses)
def test_a_status_goes_only_where_the_table_says(one: Status, other: Status) -> None:
    if other in MOVES[one]:
        assert moved(one, other) is other
    else:
        with pytest.raises(CannotMove):
            moved(one, other)


@given(st.lists(statuses, max_size=12))
def test_no_walk_comes_back_from_an_end_and_none_stays_in_place(walk: list[Status]) -> None:
    here, ended = Status.BOOKED, False
    for step in walk:
        if step in MOVES[here]:
            assert not ended
            assert step is not here
            here, ended = step, not MOVES[step]


def test_every_status_has_words_and_can_be_reached_from_a_booking_or_a_request() -> None:
    reached, new = {Status.BOOKED, Status.REQUESTED}, {Status.BOOKED, Status.REQUESTED}
    while new:
        new = {after for status in new for after in MOVES[status]} - reached
        reached |= new
    assert reached == set(Status) == set(MOVES) == set(WORDS)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=7)))
def test_late_is_less_than_the_notice(now: datetime, ahead: timedelta, notice: timedelta) -> None:
    late = cancelled_status(now + ahead, now, notice) is Status.LATE_CANCELLED
    assert late == (ahead < notice)


@given(st.lists(statuses))
def test_time_is_held_until_everybody_has_cancelled(some: list[Status]) -> None:
    assert holds_time(some) == any(status not in ENDED for status in some)


@given(statuses, instants, instants)
def test_what_is_offered_is_what_the_table_allows(status: Status, starts_at: datetime, now: datetime) -> None:
    offered = offers(status, Span(starts_at, starts_at + timedelta(minutes=50)), now, NEW_YORK)
    assert ("cancel_appointment" in offered) == (Status.CANCELLED in MOVES[status])
    assert "mark_no_show" not in offered or now >= starts_at
    assert "check_in" not in offered or day_of(now, NEW_YORK) == day_of(starts_at, NEW_YORK)
    if not MOVES[status]:
        assert not offered
