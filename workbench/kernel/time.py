"""Instants are aware UTC and end in `_at`; days are the practice's own and end in `_on`. Nobody here asks the time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError


class NaiveInstant(WorkbenchError):
    """An instant came without a zone, so nobody can say when it is."""


class NoSuchTime(WorkbenchError):
    """The wall clock skips this time on that day, because summer time begins."""


def utc(instant: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        NaiveInstant: `instant` has no zone.
    """
    if instant.tzinfo is None:
        raise NaiveInstant("A time without a zone was given.")
    return instant.astimezone(UTC)


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of `instant` in the practice's zone."""
    return utc(instant).astimezone(zone).date()


def microseconds(instant: datetime) -> int:
    """Since 1970 in UTC, as what is hashed or signed says an instant: a whole number, the same on every machine."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // datetime.resolution


def whole_years(born_on: date, on: date) -> int:
    """Whole years lived on a day; a birthday on 29 February is reached on 1 March of other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant at which a clock on the wall in `zone` shows `wall` (naive).

    Where the clock shows it twice, the first is meant (RFC 5545, 3.3.5).

    Raises:
        NoSuchTime: the clock never shows it.
    """
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchTime("That time does not exist on that day: the clocks go forward. Choose another time.")
    return instant


@dataclass(frozen=True)
class Span:
    """A half-open interval of instants: `starts_at <= t < ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether some instant lies in both; touching ends do not overlap."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def whole_day(day: date, zone: ZoneInfo) -> Span:
    """The instants of one practice day: 23, 24 or 25 hours."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    after = day + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=zone)
    return Span(start.astimezone(UTC), end.astimezone(UTC))


def spoken_day(on: date) -> str:
    """A day as it stands on paper: `Mar 9, 2026`."""
    return f"{on:%b} {on.day}, {on.year}"


def wall_clock(at: datetime | time) -> str:
    """How a person reads what the clock on the wall shows: `2:30 pm`."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"


def spoken_instant(at: datetime, zone: ZoneInfo) -> str:
    """An instant as it stands on paper, with its zone: `Mar 9, 2026, 2:30 pm EDT`."""
    local = at.astimezone(zone)
    return f"{spoken_day(local)}, {wall_clock(local)} {local:%Z}"
