"""When somebody is reminded, and when nobody may be written to: over odd zones, nights, weekends and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.messaging.reminder_rules import (
    BEFORE,
    HoursWrong,
    SendingHours,
    Window,
    again_at,
    due_at,
    is_overtaken,
    next_allowed,
    windows_for,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    ["America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca", "Pacific/Apia"]
).map(ZoneInfo)
SECONDS = st.integers(1_199_145_600, 1_956_528_000)  # 2008 to 2031
INSTANTS = SECONDS.map(lambda one: datetime.fromtimestamp(one, UTC))
HOURS = st.builds(
    SendingHours, st.sampled_from([480, 540, 615]), st.sampled_from([960, 1200, 1260]), st.booleans()
)  # fmt: skip
START = datetime(2026, 3, 11, 14, 30, tzinfo=UTC)


def may_write(at: datetime, hours: SendingHours, zone: ZoneInfo) -> bool:
    wall = at.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    return hours.from_minute <= minute < hours.until_minute and (hours.on_weekends or wall.weekday() < 5)


@given(INSTANTS, HOURS, ZONES)
def test_nobody_is_written_to_outside_the_hours_and_nothing_is_sent_early(at, hours, zone):
    allowed = next_allowed(at, hours, zone)
    assert allowed >= at
    assert may_write(allowed, hours, zone)
    if may_write(at, hours, zone):
        assert allowed == at


@given(INSTANTS, HOURS, ZONES)
def test_it_is_held_no_longer_than_it_must(at, hours, zone):
    allowed = next_allowed(at, hours, zone)
    step = timedelta(minutes=15)
    between = [at + step * number for number in range(int((allowed - at) / step))]
    assert not any(may_write(one, hours, zone) for one in between)


@given(INSTANTS, HOURS, ZONES, st.sampled_from(Window))
def test_a_reminder_never_comes_at_the_start_or_after_it(starts_at, hours, zone, window):
    at = due_at(starts_at, window, hours, zone)
    held = next_allowed(starts_at - BEFORE[window], hours, zone)
    assert at == (held if held < starts_at else None)


def test_over_the_night_the_clocks_change_it_is_the_same_hour_on_the_wall():
    monday = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)  # nine in the morning, the day after
    at = due_at(monday, Window.ONE_DAY, SendingHours(), NEW_YORK)
    # A day before is eight on the wall: held until nine.
    assert at == datetime(2026, 3, 8, 13, 0, tzinfo=UTC)


def test_three_days_and_one_day_before_and_two_hours_for_video():
    weeks_ago = START - timedelta(days=30)
    assert windows_for(START, weeks_ago, is_telehealth=False) == (Window.THREE_DAYS, Window.ONE_DAY)
    assert windows_for(START, weeks_ago, is_telehealth=True) == tuple(Window)


def test_what_was_booked_late_is_reminded_less_and_within_a_day_not_at_all():
    assert windows_for(START, START - timedelta(hours=71), is_telehealth=False) == (Window.ONE_DAY,)
    assert windows_for(START, START - timedelta(hours=72), is_telehealth=False) == (Window.ONE_DAY,)
    assert windows_for(START, START - timedelta(hours=23), is_telehealth=True) == ()


def test_at_the_weekend_it_waits_for_monday_where_the_practice_says_so():
    saturday = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)
    assert next_allowed(saturday, SendingHours(on_weekends=True), NEW_YORK) == saturday
    monday = next_allowed(saturday, SendingHours(on_weekends=False), NEW_YORK).astimezone(NEW_YORK)
    assert (monday.date(), monday.hour) == (date(2026, 3, 9), 9)


def test_of_two_that_are_due_at_once_the_later_window_is_sent():
    three, one = Window.THREE_DAYS, Window.ONE_DAY
    assert not is_overtaken(three, [three, one], START, START - timedelta(hours=25))
    assert is_overtaken(three, [three, one], START, START - timedelta(hours=24))
    assert not is_overtaken(three, [three], START, START - timedelta(hours=1))
    assert not is_overtaken(one, [three, one], START, START - timedelta(hours=1))


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (4, 8), (5, 15), (50, 15)])
def test_it_is_tried_again_ever_later_up_to_a_quarter_of_an_hour(tries, minutes):
    assert again_at(START, tries, SendingHours(), NEW_YORK) == START + timedelta(minutes=minutes)


@pytest.mark.parametrize("hours", [(479, 1200), (540, 1261), (1000, 1100), (1200, 540), (-5, 1200)])
def test_hours_that_reach_into_the_night_or_are_none_are_refused(hours):
    with pytest.raises(HoursWrong):
        SendingHours(*hours).checked()


def test_the_usual_hours_can_be_used():
    assert SendingHours().checked() == SendingHours(540, 1200, True)
    assert SendingHours(480, 1260, False).checked().until_minute == 1260
