"""The rules of the schedule."""

from datetime import UTC, date, datetime, timedelta
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
    open_starts,
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


def test_every_status_has_words_and_can_be_reached_from_a_booking() -> None:
    reached, new = {Status.BOOKED}, {Status.BOOKED}
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


@given(
    st.lists(st.tuples(st.integers(0, 24 * 60), st.integers(1, 240)), max_size=8),
    st.integers(5, 180),
    st.sampled_from([5, 15, 30]),
)
def test_open_times_meet_nothing_busy_and_stay_within_hours(
    busy: list[tuple[int, int]], minutes: int, step: int
) -> None:
    day = date(2026, 3, 9)
    midnight = datetime(2026, 3, 9, tzinfo=NEW_YORK).astimezone(UTC)
    taken = [Span(midnight + timedelta(minutes=at), midnight + timedelta(minutes=at + long)) for at, long in busy]
    found = list(open_starts(day, (8, 18), minutes, taken, NEW_YORK, step=step))
    for starts_at in found:
        ends_at = starts_at + timedelta(minutes=minutes)
        assert not any(Span(starts_at, ends_at).overlaps(span) for span in taken)
        assert midnight + timedelta(hours=8) <= starts_at
        assert ends_at <= midnight + timedelta(hours=18)
    assert found == sorted(set(found))


def test_times_that_the_clock_skips_are_not_offered() -> None:
    spring = list(open_starts(date(2026, 3, 8), (1, 4), 30, (), NEW_YORK, step=30))
    walls = [f"{one.astimezone(NEW_YORK):%H:%M}" for one in spring]
    assert walls == ["01:00", "01:30", "03:00", "03:30"]


def test_times_that_the_clock_shows_twice_are_offered_once() -> None:
    autumn = list(open_starts(date(2026, 11, 1), (0, 3), 60, (), NEW_YORK, step=60))
    assert [f"{one:%H:%M}" for one in autumn] == ["04:00", "05:00", "07:00"]
