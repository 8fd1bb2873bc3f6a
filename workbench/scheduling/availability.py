"""When a clinician can see somebody: weekly hours, time away, limits, gaps. Pure: no clock, no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import Span

STEP: Final = timedelta(minutes=15)
MOST_STRETCHES: Final = 4
"""Stretches of one day."""
SATURDAY: Final = 5


class HoursWrong(WorkbenchError):
    """Working hours that no week has. `fields`: a sentence at the place where it is wrong."""

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.fields = {name: sentence} if name else {}


@dataclass(frozen=True, order=True)
class Stretch:
    """Minutes of the wall clock on a weekday (0 is Monday), at one place; "" is any place."""

    weekday: int
    from_minute: int
    until_minute: int
    location_id: str = ""


@dataclass(frozen=True)
class Plan:
    """A clinician's hours from `from_on` on, the `nth` said."""

    from_on: date
    published_until: date
    stretches: tuple[Stretch, ...]
    most_a_day: int = 0
    note: timedelta = timedelta()
    travel: timedelta = timedelta()
    nth: int = 0


@dataclass(frozen=True)
class Open:
    """An open stretch of one day, at one place."""

    span: Span
    location_id: str = ""


@dataclass(frozen=True)
class Busy:
    """Time somebody is booked into. `is_remote`: nobody travels to it or from it."""

    span: Span
    location_id: str
    is_remote: bool = False


@dataclass(frozen=True)
class Day:
    """One clinician's day: what is open, what is taken, the plan it is by, and which places are reached by video."""

    open: tuple[Open, ...]
    busy: tuple[Busy, ...]
    plan: Plan
    zone: ZoneInfo
    remote: frozenset[str] = field(default=frozenset())


def usual_plan(opens_hour: int, closes_hour: int) -> Plan:
    """Monday to Friday, as long as the practice is open, anywhere: for whoever has said nothing else."""
    stretches = tuple(Stretch(weekday, opens_hour * 60, closes_hour * 60) for weekday in range(SATURDAY))
    return Plan(date.min, date.max, stretches)


def plan_on(plans: Iterable[Plan], on: date) -> Plan | None:
    """The plan of that day: of those that have begun the one that began last, of two from one day the newer."""
    return max((one for one in plans if one.from_on <= on), key=lambda one: (one.from_on, one.nth), default=None)


def open_on(on: date, plan: Plan, away: Iterable[Span], zone: ZoneInfo) -> tuple[Open, ...]:
    """The open stretches of a day without the time away, in order; nothing after the plan is published."""
    if on > plan.published_until:
        return ()
    found = [
        Open(Span(_instant(on, one.from_minute, zone), _instant(on, one.until_minute, zone)), one.location_id)
        for one in sorted(plan.stretches)
        if one.weekday == on.weekday()
    ]
    for gap in away:
        found = [left for one in found for left in _without(one, gap)]
    return tuple(one for one in found if one.span.starts_at < one.span.ends_at)


def starts(day: Day, minutes: int, location_id: str = "") -> Iterator[tuple[datetime, str]]:
    """When an appointment of so many minutes could begin on that day, and where ("" is anywhere).

    location_id: only there. Between two appointments stand the plan's gaps: for the note, and for the way from one
    office to another. What the clock shows twice is offered once, the first time.
    """
    if day.plan.most_a_day and len(day.busy) >= day.plan.most_a_day:
        return
    for one in day.open:
        if location_id and one.location_id not in ("", location_id):
            continue
        where = location_id or one.location_id
        taken = [_kept_clear(where, other, day) for other in day.busy]
        changes = _offset(one.span.starts_at, day.zone) != _offset(one.span.ends_at, day.zone)
        for at in _starts_in(one.span, timedelta(minutes=minutes), taken):
            if not changes or at.astimezone(day.zone).fold == 0:
                yield at, where


def _starts_in(span: Span, length: timedelta, taken: Sequence[Span]) -> Iterator[datetime]:
    at = span.starts_at
    while (ends_at := at + length) <= span.ends_at:
        wanted = Span(at, ends_at)
        met = next((one for one in taken if one.overlaps(wanted)), None)
        if met is None:
            yield at
            at += STEP
        else:  # on to the first step at which it is over
            at += -((at - met.ends_at) // STEP) * STEP


def _kept_clear(where: str, other: Busy, day: Day) -> Span:
    travels = bool(where) and where != other.location_id and not other.is_remote and where not in day.remote
    gap = day.plan.note + day.plan.travel if travels else day.plan.note
    return Span(other.span.starts_at - gap, other.span.ends_at + gap)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def checked_week(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in order, as they can be kept.

    Raises:
        HoursWrong: one ends before it begins, two of a day overlap, or a day has more than four.
    """
    ordered = tuple(sorted(stretches))
    for one in ordered:
        if not 0 <= one.weekday <= 6 or not 0 <= one.from_minute < one.until_minute <= 24 * 60:
            raise HoursWrong("Each stretch ends later than it begins, on the same day.", f"d{one.weekday}")
    for weekday, count in Counter(one.weekday for one in ordered).items():
        if count > MOST_STRETCHES:
            raise HoursWrong("A day has four stretches at most.", f"d{weekday}")
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.from_minute < one.until_minute:
            raise HoursWrong("Two stretches of one day overlap.", f"d{one.weekday}")
    return ordered


def checked_limits(most_a_day: int, note_minutes: int, travel_minutes: int) -> None:
    """Limits and gaps as they can be kept.

    Raises:
        HoursWrong: more than 40 a day, a gap of more than two hours, or something below zero.
    """
    if not 0 <= most_a_day <= 40:
        raise HoursWrong("At most 40 appointments a day; 0 for no limit.", "most_a_day")
    for name, minutes in (("note_minutes", note_minutes), ("travel_minutes", travel_minutes)):
        if not 0 <= minutes <= 120:
            raise HoursWrong("A gap takes at most two hours.", name)


def _instant(on: date, minute: int, zone: ZoneInfo) -> datetime:
    # A time that the clock skips is read by the clock of before; one that comes twice is the first (RFC 5545, 3.3.5).
    day = on + timedelta(days=minute // 1440)
    wall = datetime.combine(day, time(minute % 1440 // 60, minute % 60), tzinfo=zone)
    return wall.astimezone(UTC)


def _without(one: Open, gap: Span) -> Iterator[Open]:
    if not one.span.overlaps(gap):
        yield one
        return
    if one.span.starts_at < gap.starts_at:
        yield Open(Span(one.span.starts_at, gap.starts_at), one.location_id)
    if gap.ends_at < one.span.ends_at:
        yield Open(Span(gap.ends_at, one.span.ends_at), one.location_id)
