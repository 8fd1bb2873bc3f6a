"""Instants and days: the wall clock of the practice through every change of summer time."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.kernel.time import (
    NaiveInstant,
    NoSuchTime,
    Span,
    day_of,
    instant_of,
    microseconds,
    spoken_day,
    spoken_instant,
    utc,
    wall_clock,
    whole_day,
    whole_years,
)

NEW_YORK = ZoneInfo("America/New_York")
# The zones of the states, and one that keeps no summer time, one that keeps half an hour's.
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "Pacific/Honolulu",
            "Australia/Lord_Howe",
        )
    ]
)
DAYS = st.dates(date(2000, 1, 1), date(2037, 12, 30))
WALLS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 30))  # noqa: DTZ001 - naive by definition
INSTANTS = WALLS.map(lambda wall: wall.replace(tzinfo=UTC))


@given(INSTANTS, st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_in_any_zone(instant, minutes):
    elsewhere = instant.astimezone(timezone(timedelta(minutes=minutes)))
    assert utc(elsewhere) == instant
    assert utc(elsewhere).utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(NaiveInstant):
        utc(datetime(2026, 3, 9, 10))  # noqa: DTZ001 - a naive time is the point


@given(WALLS, ZONES)
def test_a_time_on_the_wall_comes_back_from_its_instant(wall, zone):
    try:
        instant = instant_of(wall, zone)
    except NoSuchTime:
        assume(False)
    assert instant.astimezone(zone).replace(tzinfo=None) == wall


@given(INSTANTS, ZONES)
def test_an_instant_comes_back_from_the_wall_or_is_the_second_of_two(instant, zone):
    local = instant.astimezone(zone)
    found = instant_of(local.replace(tzinfo=None), zone)
    if local.fold:
        assert found < instant
    else:
        assert found == instant


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_an_hour_that_the_clock_skips_is_refused(minute):
    with pytest.raises(NoSuchTime):
        instant_of(datetime(2026, 3, 8, 2, minute), NEW_YORK)  # noqa: DTZ001


def test_a_time_that_the_clock_shows_twice_is_the_first():
    assert instant_of(datetime(2026, 11, 1, 1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 3, 9), 24), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)]
)
def test_a_day_has_as_many_hours_as_the_clock_says(day, hours):
    span = whole_day(day, NEW_YORK)
    assert span.ends_at - span.starts_at == timedelta(hours=hours)


@given(DAYS, ZONES)
def test_days_follow_each_other_without_gap_or_overlap(day, zone):
    today, tomorrow = whole_day(day, zone), whole_day(day + timedelta(days=1), zone)
    assert today.ends_at == tomorrow.starts_at
    assert not today.overlaps(tomorrow)


@given(INSTANTS, ZONES)
def test_an_instant_lies_in_its_day_and_in_no_other(instant, zone):
    day = day_of(instant, zone)
    span = whole_day(day, zone)
    assert span.starts_at <= instant < span.ends_at
    assert day_of(span.starts_at, zone) == day
    assert day_of(span.ends_at, zone) == day + timedelta(days=1)


SPANS = st.builds(
    lambda start, length: Span(start, start + length), INSTANTS, st.timedeltas(timedelta(minutes=1), timedelta(days=2))
)


@given(SPANS, SPANS)
def test_overlapping_is_mutual(one, other):
    assert one.overlaps(other) is other.overlaps(one)


@given(SPANS, st.timedeltas(timedelta(minutes=1), timedelta(days=2)))
def test_spans_that_only_touch_do_not_overlap_and_a_moment_earlier_they_do(span, length):
    after = Span(span.ends_at, span.ends_at + length)
    assert not span.overlaps(after)
    assert span.overlaps(Span(after.starts_at - timedelta(microseconds=1), after.ends_at))


def test_an_instant_is_the_same_whole_number_in_every_zone() -> None:
    instant = datetime(2026, 3, 9, 14, 0, 0, 1, tzinfo=UTC)
    assert (
        microseconds(instant) == microseconds(instant.astimezone(ZoneInfo("Pacific/Chatham"))) == 1_773_064_800_000_001
    )


def test_a_birthday_on_a_leap_day_is_reached_on_the_first_of_march() -> None:
    born_on = date(2008, 2, 29)
    assert [whole_years(born_on, on) for on in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29))] == [17, 18, 20]


def test_days_and_clocks_read_as_people_say_them() -> None:
    at = datetime(2026, 3, 9, 4, 5, tzinfo=UTC)
    assert spoken_day(date(2026, 3, 9)) == "Mar 9, 2026"
    assert spoken_instant(at, ZoneInfo("America/New_York")) == "Mar 9, 2026, 12:05 am EDT"
    assert [wall_clock(time(hour, 30)) for hour in (0, 11, 12, 23)] == ["12:30 am", "11:30 am", "12:30 pm", "11:30 pm"]
