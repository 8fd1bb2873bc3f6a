"""When somebody can be seen: hours, time away, limits, gaps and days when the clocks change, against brute force."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.time import Span, whole_day
from workbench.scheduling.availability import (
    Busy,
    Day,
    HoursWrong,
    Plan,
    Stretch,
    checked_limits,
    checked_week,
    open_on,
    plan_on,
    starts,
    usual_plan,
)

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 9)
MINUTE = timedelta(minutes=1)
OFFICE, CLINIC, VIDEO = "loc_office", "loc_clinic", "loc_video"
ZONES = ("America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca", "Asia/Kathmandu")


def at(on: date, minute: int, zone: ZoneInfo = NEW_YORK) -> datetime:
    wall = datetime(on.year, on.month, on.day, tzinfo=zone) + timedelta(minutes=minute)
    return wall.astimezone(UTC)


def plan(*stretches: Stretch, **limits: object) -> Plan:
    return Plan(date(2020, 1, 1), date(2030, 1, 1), stretches, **limits)  # type: ignore[arg-type]


def day(on: date, of: Plan, *busy: Busy, zone: ZoneInfo = NEW_YORK, away: tuple[Span, ...] = ()) -> Day:
    return Day(open_on(on, of, away, zone), busy, of, zone, frozenset({VIDEO}))


def walls(of: Day, minutes: int, location_id: str = "") -> list[str]:
    return [f"{one.astimezone(of.zone):%H:%M}" for one, _ in starts(of, minutes, location_id)]


@given(
    st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(1, 240)), max_size=6),
    st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(5, 300)), max_size=3),
    st.integers(5, 180),
    st.integers(0, 30),
    st.sampled_from(ZONES),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_every_time_that_fits_is_offered_and_no_other(
    taken: list[tuple[int, int]], gaps: list[tuple[int, int]], minutes: int, note: int, zone_name: str, on: date
) -> None:
    zone = ZoneInfo(zone_name)
    of = plan(Stretch(on.weekday(), 8 * 60, 12 * 60), Stretch(on.weekday(), 13 * 60, 18 * 60), note=note * MINUTE)
    busy = [Busy(Span(at(on, one, zone), at(on, one, zone) + long * MINUTE), OFFICE) for one, long in taken]
    away = tuple(Span(at(on, one, zone), at(on, one, zone) + long * MINUTE) for one, long in gaps)
    found = {one for one, _ in starts(day(on, of, *busy, zone=zone, away=away), minutes)}
    for minute in range(8 * 60, 18 * 60):
        span = Span(at(on, minute, zone), at(on, minute, zone) + minutes * MINUTE)
        inside = any(
            at(on, a, zone) <= span.starts_at and span.ends_at <= at(on, b, zone) for a, b in ((480, 720), (780, 1080))
        )
        clear = not any(span.overlaps(gap) for gap in away) and not any(
            span.starts_at < one.span.ends_at + note * MINUTE and one.span.starts_at < span.ends_at + note * MINUTE
            for one in busy
        )
        if span.starts_at in found:
            assert inside
            assert clear
        elif minute % 15 == 0 and inside and clear and not away:
            raise AssertionError(f"{minute} fits and is not offered")


@given(st.sampled_from(ZONES), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_whole_day_open_is_offered_within_that_day_each_wall_time_once(zone_name: str, on: date) -> None:
    zone = ZoneInfo(zone_name)
    of = day(on, plan(Stretch(on.weekday(), 0, 24 * 60)), zone=zone)
    found = [one for one, _ in starts(of, 30)]
    span = whole_day(on, zone)
    assert all(span.starts_at <= one < span.ends_at for one in found)
    shown = [one.astimezone(zone).replace(tzinfo=None) for one in found]
    assert len(shown) == len(set(shown))
    assert found == sorted(found)


def test_times_that_the_clock_skips_are_not_offered_and_those_it_shows_twice_once() -> None:
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    assert walls(day(spring, plan(Stretch(6, 60, 240))), 60)[:3] == ["01:00", "01:15", "01:30"]
    assert "02:00" not in walls(day(spring, plan(Stretch(6, 60, 240))), 30)
    shown = walls(day(autumn, plan(Stretch(6, 0, 180))), 60)
    assert shown.count("01:00") == 1
    assert "02:00" in shown


def test_time_away_takes_what_it_covers_and_leaves_the_rest() -> None:
    of = plan(Stretch(0, 9 * 60, 17 * 60))
    lunch = Span(at(MONDAY, 12 * 60), at(MONDAY, 13 * 60))
    assert walls(day(MONDAY, of, away=(lunch,)), 120) == [
        "09:00", "09:15", "09:30", "09:45", "10:00",
        "13:00", "13:15", "13:30", "13:45", "14:00", "14:15", "14:30", "14:45", "15:00",
    ]  # fmt: skip
    whole = whole_day(MONDAY, NEW_YORK)
    assert walls(day(MONDAY, of, away=(whole,)), 15) == []


def test_between_two_offices_lies_the_way_and_none_to_a_screen() -> None:
    of = plan(
        Stretch(0, 9 * 60, 12 * 60, OFFICE), Stretch(0, 9 * 60, 12 * 60, VIDEO), note=10 * MINUTE, travel=20 * MINUTE
    )
    at_clinic = Busy(Span(at(MONDAY, 9 * 60), at(MONDAY, 10 * 60)), CLINIC)
    by_video = Busy(Span(at(MONDAY, 9 * 60), at(MONDAY, 10 * 60)), VIDEO, is_remote=True)
    assert walls(day(MONDAY, of, at_clinic), 60, OFFICE) == ["10:30", "10:45", "11:00"]
    assert walls(day(MONDAY, of, at_clinic), 60, VIDEO) == ["10:15", "10:30", "10:45", "11:00"]
    assert walls(day(MONDAY, of, by_video), 60, OFFICE)[0] == "10:15"
    assert walls(day(MONDAY, of), 60, CLINIC) == []


def test_a_full_day_offers_nothing_more() -> None:
    busy = [Busy(Span(at(MONDAY, 540 + n * 60), at(MONDAY, 590 + n * 60)), OFFICE) for n in range(3)]
    assert walls(day(MONDAY, plan(Stretch(0, 540, 1080), most_a_day=3), *busy), 50) == []
    assert walls(day(MONDAY, plan(Stretch(0, 540, 1080), most_a_day=4), *busy), 50)


def test_the_plan_of_a_day_is_the_last_that_began_and_ends_with_what_is_published() -> None:
    old = Plan(date(2026, 1, 1), date(2026, 12, 31), (), nth=1)
    new = Plan(date(2026, 3, 1), date(2026, 3, 31), (Stretch(0, 540, 600),), nth=2)
    corrected = Plan(date(2026, 3, 1), date(2026, 3, 31), (), nth=3)
    assert plan_on((old, new), date(2025, 12, 31)) is None
    assert plan_on((new, old), date(2026, 2, 28)) is old
    assert plan_on((old, new), date(2026, 3, 1)) is new
    assert plan_on((corrected, old, new), date(2026, 3, 1)) is corrected
    assert open_on(date(2026, 3, 30), new, (), NEW_YORK)
    assert open_on(date(2026, 4, 6), new, (), NEW_YORK) == ()


def test_who_has_said_nothing_is_there_when_the_practice_is_open() -> None:
    of = usual_plan(8, 18)
    assert [f"{one.span.starts_at.astimezone(NEW_YORK):%H:%M}" for one in open_on(MONDAY, of, (), NEW_YORK)] == [
        "08:00"
    ]
    assert open_on(MONDAY + timedelta(days=5), of, (), NEW_YORK) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        (Stretch(0, 600, 600),), (Stretch(0, 600, 540),), (Stretch(7, 540, 600),), (Stretch(0, -5, 60),),
        (Stretch(0, 540, 1500),), (Stretch(0, 540, 660), Stretch(0, 600, 720, VIDEO)),
        tuple(Stretch(n % 7, 10 * n, 10 * n + 5) for n in range(29)),
        tuple(Stretch(3, 60 * n, 60 * n + 5) for n in range(5)),
    ],
)  # fmt: skip
def test_a_week_that_cannot_be_is_refused(wrong: tuple[Stretch, ...]) -> None:
    with pytest.raises(HoursWrong):
        checked_week(wrong)


def test_a_week_is_kept_in_order() -> None:
    week = (Stretch(4, 540, 600), Stretch(0, 780, 1020), Stretch(0, 540, 780))
    assert checked_week(week) == (week[2], week[1], week[0])
    checked_limits(40, 120, 120)
    for wrong in ((41, 0, 0), (-1, 0, 0), (0, 121, 0), (0, 0, -1)):
        with pytest.raises(HoursWrong):
            checked_limits(*wrong)
