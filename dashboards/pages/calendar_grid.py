"""How the calendar's views are laid out: columns of clinicians, rooms or days; a team's week; a month of counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.calendar_blocks import blocks, in_columns
from dashboards.parts.agenda import DayColumn, DayGrid, Slot, day_grid
from dashboards.parts.html import clock, day, their_clock
from dashboards.parts.statuses import APPOINTMENT
from workbench.screens.calendar import Calendar, CalendarRow

OFF = frozenset({"cancelled", "late_cancelled"})
NOTES = {"missing": "no note", "draft": "note to be signed", "locked": "signed"}
"""What a block says of a session that took place, to those who may read charts."""
SATURDAY = 5


@dataclass(frozen=True)
class TeamRow:
    """A clinician's week: for each day its appointments, by time."""

    clinician_id: str
    name: str
    booked: int
    days: tuple[tuple[CalendarRow, ...], ...]


@dataclass(frozen=True)
class MonthDay:
    """A day of a month: how many come and how many cancelled; `is_in`: of the month itself, not of the weeks around."""

    on: date
    held: int
    off: int
    is_in: bool
    is_today: bool


def by_clinician(found: Calendar, zone: ZoneInfo, now: datetime) -> DayGrid:
    """A day, a column for each clinician."""
    on, shown = found.from_on, dict(found.clinicians)
    keyed = [(key, row) for key, row in in_columns(_held(found)) if key in shown]
    columns = [_column(key, name, on, keyed, found.hours.get((key, on), ())) for key, name in found.clinicians]
    return _grid(f"{day(on)}, by clinician", found, zone, now, columns, keyed)


def by_room(found: Calendar, zone: ZoneInfo, now: datetime, rooms: Iterable[tuple[str, str]]) -> DayGrid:
    """A day, a column for each room and each place, open as the practice is. rooms: id and name of each."""
    on, keyed = found.from_on, [(row.room_id or row.location_id, row) for row in _held(found)]
    columns = [_column(key, name, on, keyed, _hours(found, on, zone)) for key, name in rooms]
    return _grid(f"{day(on)}, by place", found, zone, now, columns, keyed, with_clinician=True)


def of_week(found: Calendar, clinician_id: str, zone: ZoneInfo, now: datetime) -> DayGrid:
    """One clinician's week, a column for each day."""
    own = [row for leader, row in in_columns(_held(found)) if leader == clinician_id]
    keyed = [(_on(row, zone).isoformat(), row) for row in own]
    columns = [
        _column(on.isoformat(), f"{on:%a} {on.day}", on, keyed, found.hours.get((clinician_id, on), ()))
        for on in _days(found, own, zone)
    ]
    return _grid(f"Week of {day(found.from_on)}, {found.clinician(clinician_id)}", found, zone, now, columns, keyed)


def team_week(found: Calendar, zone: ZoneInfo) -> tuple[tuple[date, ...], tuple[TeamRow, ...]]:
    """Everybody's week: the days, and for each clinician what is on them."""
    held = _held(found)
    shown = _days(found, held, zone)
    placed: dict[tuple[str, date], list[CalendarRow]] = {}
    for leader, row in in_columns(held):
        placed.setdefault((leader, _on(row, zone)), []).append(row)
    rows = []
    for key, name in found.clinicians:
        days = tuple(tuple(placed.get((key, on), ())) for on in shown)
        rows.append(TeamRow(key, name, sum(map(len, days)), days))
    return shown, tuple(rows)


def month_of(on: date, counts: Mapping[date, tuple[int, int]], today: date) -> tuple[tuple[MonthDay, ...], ...]:
    """The weeks of the month of `on`, Monday first."""
    first = on.replace(day=1)
    start = first - timedelta(days=first.weekday())
    days = [start + timedelta(days=n) for n in range(42)]
    shown = [
        MonthDay(one, *counts.get(one, (0, 0)), is_in=one.month == on.month, is_today=one == today) for one in days
    ]
    weeks = [tuple(shown[n : n + 7]) for n in range(0, 42, 7)]
    return tuple(week for week in weeks if any(one.is_in for one in week))


def _held(found: Calendar) -> list[CalendarRow]:
    return blocks(row for row in found.rows if row.status not in OFF)


def _on(row: CalendarRow, zone: ZoneInfo) -> date:
    return row.starts_at.astimezone(zone).date()


def _days(found: Calendar, rows: Iterable[CalendarRow], zone: ZoneInfo) -> tuple[date, ...]:
    """The days that are shown: of a weekend only those on which something is."""
    used = {_on(row, zone) for row in rows}
    days = (found.from_on + timedelta(days=number) for number in range(found.days))
    return tuple(on for on in days if on.weekday() < SATURDAY or on in used)


def _column(
    key: str, label: str, on: date, keyed: Iterable[tuple[str, CalendarRow]],
    hours: tuple[tuple[datetime, datetime], ...],
) -> DayColumn:  # fmt: skip
    count = sum(one == key for one, _ in keyed)
    return DayColumn(key, label, on, f"{count} booked" if count else "Free", hours)


def _hours(found: Calendar, on: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    if on.weekday() >= SATURDAY:
        return ()
    midnight = datetime.combine(on, time(), tzinfo=zone)
    closes = midnight + timedelta(days=1) if found.closes_hour == 24 else midnight.replace(hour=found.closes_hour)
    return ((midnight.replace(hour=found.opens_hour), closes),)


def _grid(
    label: str, found: Calendar, zone: ZoneInfo, now: datetime, columns: list[DayColumn],
    keyed: Iterable[tuple[str, CalendarRow]], *, with_clinician: bool = False,
) -> DayGrid:  # fmt: skip
    shown = {column.on for column in columns}
    grid = day_grid(
        label,
        zone,
        columns,
        [_slot(key, row, zone, found.clinician(row.clinician_id) if with_clinician else "") for key, row in keyed],
        first_hour=found.opens_hour,
        last_hour=found.closes_hour,
        now=now if now.astimezone(zone).date() in shown else None,
    )
    return replace(grid, opens="open_visit", drops="drop", creates="create", empty_text="Nothing is booked yet.")


def _slot(column: str, row: CalendarRow, zone: ZoneInfo, clinician: str) -> Slot:
    words = [
        *([clinician] if clinician else []), row.type_name, *(["video"] if row.is_telehealth else []),
        *([row.room_name] if row.room_name and not clinician else []),
        *([theirs] if (theirs := their_clock(row.starts_at, row.their_zone, zone)) else []),
        *(["repeats"] if row.repeats else []), *(["balance due"] if row.owes else []),
        *(["double booked"] if row.overlap_because else []),
        *([NOTES[row.note]] if row.status == "completed" and row.note else []),
    ]  # fmt: skip
    # The list on a phone has a column for the time; in the grid it stands with the words.
    detail = Markup('<span class="in-grid">{} · </span>{}').format(clock(row.starts_at, zone), " · ".join(words))
    return Slot(
        row.attendance_id,
        column,
        row.starts_at,
        row.ends_at,
        row.patient_name,
        detail,
        APPOINTMENT.of(row.status),
        drags="move_appointment" in row.offers,
    )
