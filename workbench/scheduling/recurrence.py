"""Repeating appointments: a rule of RFC 5545 on the practice's wall clock, and the days and instants it means. Pure.

A series is kept as rule, first day, time on the wall and zone: eleven o'clock stays eleven when the clocks change.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import NoSuchTime, Span, instant_of

MOST: Final = 104
"""Appointments in one series: two years of weeks, which is as far ahead as anything is booked."""
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBER = "(?:[1-9]|[12][0-9]|3[01])"
_PARTS: Final = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile("[1-9]|[1-4][0-9]|5[0-2]"),
    "BYDAY": re.compile(f"(?:[+-]?[1-5])?{_DAY}(?:,(?:[+-]?[1-5])?{_DAY})*"),
    "BYMONTHDAY": re.compile(f"-1|{_NUMBER}(?:,{_NUMBER})*"),
    "BYSETPOS": re.compile("-1"),
    "COUNT": re.compile("[1-9][0-9]{0,5}"),
    "UNTIL": re.compile("[0-9]{8}"),
}


class RuleWrong(WorkbenchError):
    """The text is no rule that appointments repeat by."""


class Every(StrEnum):
    """How often a series comes, as a page offers it. Values of a form, not stored."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    FOUR_WEEKS = "four_weeks"
    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"


@dataclass(frozen=True)
class Occurrence:
    """One of a series: its day, and when it begins. `is_shifted`: the clock skips its time that day, so it is later."""

    on: date
    starts_at: datetime
    is_shifted: bool = False


def rule_of(every: Every, count: int, first_on: date) -> str:
    """The rule for `count` appointments from `first_on`, in the form of RFC 5545.

    The fifth weekday of a month is its last one. A day that not every month has is the last day of a month without it.
    """
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first_on.weekday()]
    week = (first_on.day - 1) // 7 + 1
    how = {
        Every.WEEK: "FREQ=WEEKLY;INTERVAL=1",
        Every.TWO_WEEKS: "FREQ=WEEKLY;INTERVAL=2",
        Every.FOUR_WEEKS: "FREQ=WEEKLY;INTERVAL=4",
        Every.MONTH_DAY: f"FREQ=MONTHLY;{_month_day(first_on.day)}",
        Every.MONTH_WEEKDAY: f"FREQ=MONTHLY;BYDAY={week if week < 5 else -1}{weekday}",
    }
    return f"{how[every]};COUNT={count}"


def _month_day(day: int) -> str:
    if day <= 28:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(str(one) for one in range(28, day + 1))};BYSETPOS=-1"


def days_of(rule: str, first_on: date) -> tuple[date, ...]:
    """Every day of the series, the first one included.

    Raises:
        RuleWrong: it is no rule, has no end, is too long, or does not begin on its first day.
    """
    parts = _parts(rule)
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise RuleWrong("A series needs one end: after so many appointments, or on a day.")
    if "COUNT" in parts and int(parts["COUNT"]) > MOST:
        raise RuleWrong(f"A series has at most {MOST} appointments. Book a shorter one and go on with another later.")
    try:
        rest = rrulestr(rule, dtstart=datetime.combine(first_on, time()))
        days = tuple(one.date() for one in islice(rest, MOST + 1))
    except (ValueError, OverflowError) as error:
        raise RuleWrong("This is no rule that appointments can repeat by.") from error
    if len(days) > MOST:
        raise RuleWrong(f"A series has at most {MOST} appointments. Choose an earlier last day.")
    if not days or days[0] != first_on:
        raise RuleWrong("The first day is not one of the days that this series repeats on.")
    return days


def _parts(rule: str) -> dict[str, str]:
    parts = [part.partition("=") for part in rule.split(";")]
    named = {name: value for name, _, value in parts}
    if len(named) != len(parts) or "FREQ" not in named:
        raise RuleWrong("This is no rule that appointments can repeat by.")
    if not all(name in _PARTS and _PARTS[name].fullmatch(value) for name, value in named.items()):
        raise RuleWrong("This is no rule that appointments can repeat by.")
    return named


def occurrence(on: date, at: time, zone: ZoneInfo) -> Occurrence:
    """The appointment of a day. A time that the clock skips is read by the clock of before (RFC 5545, 3.3.5): later."""
    wall = datetime.combine(on, at)
    try:
        return Occurrence(on, instant_of(wall, zone))
    except NoSuchTime:
        return Occurrence(on, wall.replace(tzinfo=zone, fold=0).astimezone(UTC), is_shifted=True)


def occurrences(rule: str, first_on: date, at: time, zone: ZoneInfo) -> tuple[Occurrence, ...]:
    """All of a series in order.

    Raises:
        RuleWrong: see `days_of`.
    """
    return tuple(occurrence(day, at, zone) for day in days_of(rule, first_on))


def clashes(found: tuple[Occurrence, ...], minutes: int, taken: tuple[Span, ...]) -> tuple[Occurrence, ...]:
    """Those that would lie over a time that is taken, or over another one of the series."""
    spans = [Span(one.starts_at, one.starts_at + timedelta(minutes=minutes)) for one in found]
    return tuple(
        one
        for number, (one, span) in enumerate(zip(found, spans, strict=True))
        if any(span.overlaps(other) for other in taken) or any(span.overlaps(other) for other in spans[:number])
    )


def in_words(rule: str) -> str:
    """The rule as people say it: “every 2 weeks, 10 times”.

    Raises:
        RuleWrong: it is no rule.
    """
    parts = _parts(rule)
    interval = int(parts.get("INTERVAL", "1"))
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}[parts["FREQ"]]
    every = f"every {unit}" if interval == 1 else f"every {interval} {unit}s"
    return f"{every}, {parts['COUNT']} times" if "COUNT" in parts else f"{every} until {parts['UNTIL']}"
