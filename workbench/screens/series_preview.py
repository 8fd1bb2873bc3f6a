"""The exact days of a series before it is booked, and which of them cannot be. Names no patient."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span
from workbench.people.rules import practises
from workbench.people.tables import Staff
from workbench.scheduling.recurrence import Every, RuleWrong, clashes, in_words, occurrences, rule_of
from workbench.scheduling.series import taken_times

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKS = ("first", "second", "third", "fourth", "last")


@dataclass(frozen=True)
class PlannedDay:
    """One appointment as it would be booked. `is_shifted`: the clock skips its time on that day, so it is later.

    why_not: why it cannot be, in a few words, or "".
    """

    on: date
    starts_at: datetime
    is_shifted: bool
    why_not: str


@dataclass(frozen=True)
class SeriesPlan:
    """A series before it is booked. `rule` is what it is booked by (RFC 5545), `says` the same in words."""

    rule: str
    says: str
    days: tuple[PlannedDay, ...]


def every_choices(first_on: date) -> tuple[tuple[str, str], ...]:
    """How often a series from this day may come: value and words."""
    week = _WEEKS[min((first_on.day - 1) // 7, 4)]
    return (
        (Every.WEEK, "Every week"),
        (Every.TWO_WEEKS, "Every 2 weeks"),
        (Every.FOUR_WEEKS, "Every 4 weeks"),
        (Every.MONTH_WEEKDAY, f"Every month on the {week} {_WEEKDAYS[first_on.weekday()]}"),
        (Every.MONTH_DAY, f"Every month on the {first_on.day}."),
    )


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN)
def series_preview(
    look: Look, *, clinician_id: str, first_on: date, at: time, minutes: int, every: str, count: int, room_id: str = ""
) -> SeriesPlan:
    """All days in order. every: one of `every_choices`.

    Raises:
        RuleWrong: there is no such choice, or more appointments than a series has.
    """
    if every not in tuple(Every):
        raise RuleWrong("Choose how often the appointments come.")
    rule = rule_of(Every(every), count, first_on)
    found = occurrences(rule, first_on, at, look.zone)
    clinician = look.scalar(select(Staff).where(Staff.id == clinician_id))
    over = Span(found[0].starts_at, found[-1].starts_at + timedelta(minutes=minutes))
    met = set(clashes(found, minutes, taken_times(look, clinician_id, over, room_id)))

    def why_not(on: date, starts_at: datetime, *, is_taken: bool) -> str:
        if starts_at <= look.now:
            return "in the past"
        if clinician is None or not practises(clinician, on):
            return "does not work here then"
        return "taken" if is_taken else ""

    days = tuple(
        PlannedDay(one.on, one.starts_at, one.is_shifted, why_not(one.on, one.starts_at, is_taken=one in met))
        for one in found
    )
    return SeriesPlan(rule, in_words(rule), days)
