"""Series mean the days that dateutil and an independent reader of calendars find, at the same time on the wall."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from workbench.kernel.time import Span
from workbench.scheduling.recurrence import (
    MOST,
    Every,
    Occurrence,
    RuleWrong,
    clashes,
    days_of,
    in_words,
    occurrence,
    occurrences,
    rule_of,
)

NEW_YORK = ZoneInfo("America/New_York")
# Half an hour of summer time, quarters of an hour, winter time in Ramadan, and zones that changed their minds.
ZONES = [
    "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca", "Asia/Kathmandu",
    "America/Sao_Paulo", "Europe/Dublin", "Pacific/Apia", "America/Phoenix", "Africa/Cairo",
]  # fmt: skip
DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


@given(st.sampled_from(Every), st.integers(1, 30), DAYS)
def test_what_a_page_offers_is_a_rule_that_begins_on_its_first_day(every: Every, count: int, first_on: date) -> None:
    days = days_of(rule_of(every, count, first_on), first_on)
    assert days[0] == first_on
    assert len(days) == count
    assert list(days) == sorted(set(days))


@given(st.sampled_from(Every), st.integers(1, 20), st.dates(date(2015, 1, 1), date(2032, 1, 1)), TIMES,
       st.sampled_from(ZONES))  # fmt: skip
def test_another_reader_of_calendars_finds_the_same_instants(
    every: Every, count: int, first_on: date, at: time, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    rule = rule_of(every, count, first_on)
    found = occurrences(rule, first_on, at, zone)
    event = Event()
    event.add("dtstart", datetime.combine(first_on, at, zone))
    event.add("dtend", datetime.combine(first_on, at, zone) + timedelta(minutes=50))
    event.add("uid", "one")
    event["rrule"] = rule
    calendar = Calendar()
    calendar.add_component(Event.from_ical(event.to_ical()))
    other = recurring_ical_events.of(calendar).between(first_on - timedelta(2), found[-1].on + timedelta(days=2))
    wall = sorted(one["dtstart"].dt.replace(tzinfo=None) for one in other)
    assert wall == [datetime.combine(one.on, at) for one in found]


@given(DAYS, TIMES, st.sampled_from(ZONES))
def test_the_clock_on_the_wall_shows_the_time_or_skips_it(on: date, at: time, zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    one = occurrence(on, at, zone)
    shown = one.starts_at.astimezone(zone).replace(tzinfo=None)
    wall = datetime.combine(on, at)
    assert one.starts_at.tzinfo is UTC
    if one.is_shifted:
        assert wall < shown <= wall + timedelta(days=1)
    else:
        assert shown == wall
        earlier = (one.starts_at - timedelta(hours=3) + timedelta(minutes=15 * step) for step in range(12))
        assert all(before.astimezone(zone).replace(tzinfo=None) != wall for before in earlier), "the first of two"


def test_eleven_stays_eleven_when_the_clocks_change() -> None:
    found = occurrences("FREQ=WEEKLY;COUNT=3", date(2026, 3, 2), time(11), NEW_YORK)
    assert [one.starts_at.hour for one in found] == [16, 15, 15]


def test_a_time_that_does_not_exist_is_an_hour_later_and_says_so() -> None:
    found = occurrences("FREQ=WEEKLY;COUNT=3", date(2026, 3, 1), time(2, 30), NEW_YORK)
    assert [one.is_shifted for one in found] == [False, True, False]
    assert found[1].starts_at.astimezone(NEW_YORK).time() == time(3, 30)


@pytest.mark.parametrize(
    ("every", "first_on", "days"),
    [
        (Every.MONTH_WEEKDAY, date(2026, 1, 31), [(1, 31), (2, 28), (3, 28)]),  # the last Saturday
        (Every.MONTH_WEEKDAY, date(2026, 1, 13), [(1, 13), (2, 10), (3, 10)]),
        (Every.MONTH_DAY, date(2028, 1, 31), [(1, 31), (2, 29), (3, 31)]),
        (Every.MONTH_DAY, date(2027, 1, 30), [(1, 30), (2, 28), (3, 30)]),
        (Every.FOUR_WEEKS, date(2026, 2, 2), [(2, 2), (3, 2), (3, 30)]),
    ],
)
def test_ends_of_months_and_leap_days(every: Every, first_on: date, days: list[tuple[int, int]]) -> None:
    assert [(day.month, day.day) for day in days_of(rule_of(every, 3, first_on), first_on)] == days


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=WEEKLY", "needs one end"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "needs one end"),
        ("FREQ=WEEKLY;COUNT=10000", "at most 104"),
        ("FREQ=DAILY;UNTIL=20991231", "at most 104"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "first day"),
        ("FREQ=SECONDLY;COUNT=3", "no rule"),
        ("FREQ=WEEKLY;COUNT=3;COUNT=4", "no rule"),
        ("FREQ=WEEKLY;COUNT=3;BYSETPOS=2", "no rule"),
        ("FREQ=WEEKLY;COUNT=-1", "no rule"),
        ("FREQ=WEEKLY;UNTIL=20261399", "no rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2", "no rule"),
        ("COUNT=3", "no rule"),
        ("", "no rule"),
    ],
)
def test_what_is_no_rule_is_refused_and_says_why(rule: str, says: str) -> None:
    with pytest.raises(RuleWrong, match=says):
        days_of(rule, date(2026, 3, 9))


@given(st.text(alphabet="FREQ=WEKLYDAIMONTHBCU;0123456789,-+S", max_size=60))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(RuleWrong):
        assert 1 <= len(days_of(text, date(2026, 3, 9))) <= MOST


def test_a_time_that_is_taken_or_meets_another_of_the_series_clashes() -> None:
    at = datetime(2026, 3, 9, 15, tzinfo=UTC)
    found = tuple(Occurrence(at.date(), at + timedelta(minutes=minutes)) for minutes in (0, 49, 200))
    assert clashes(found, 50, ()) == (found[1],)
    taken = (Span(at + timedelta(minutes=250), at + timedelta(minutes=300)),)
    assert clashes(found[2:], 50, taken) == ()
    assert clashes(found[2:], 51, taken) == (found[2],)


def test_a_rule_in_words() -> None:
    assert in_words("FREQ=WEEKLY;INTERVAL=2;COUNT=10") == "every 2 weeks, 10 times"
    assert in_words("FREQ=MONTHLY;BYDAY=2TU;COUNT=3") == "every month, 3 times"
