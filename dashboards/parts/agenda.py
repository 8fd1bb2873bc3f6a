"""A day as a grid: which row of five minutes an appointment begins at, and which lane it takes when two overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboards.parts.html import clock
from dashboards.parts.tables import Look

STEP = timedelta(minutes=5)


@dataclass(frozen=True)
class Slot:
    """One appointment on the day: instants are UTC, `column` is the key of a clinician."""

    key: str
    column: str
    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str
    look: Look


@dataclass(frozen=True)
class Entry:
    """A slot with its place: rows of five minutes from the top, and its lane among those that overlap."""

    key: str
    title: str
    detail: str
    at: str
    column: str
    tone: str
    icon: str
    status: str
    row: int
    span: int
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class Stretch:
    """A stretch of rows: a shift, or the mark of an hour with its label."""

    row: int
    span: int = 12
    label: str = ""


@dataclass(frozen=True)
class DayColumn:
    """A clinician's day. `hours` are the instants from and until which they see patients."""

    key: str
    label: str
    detail: str = ""
    hours: tuple[tuple[datetime, datetime], ...] = ()
    entries: tuple[Entry, ...] = ()
    shifts: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class DayGrid:
    """What `ui.day_grid` draws. `opens` is the verb an appointment sends, with its key as `id`."""

    label: str
    columns: tuple[DayColumn, ...]
    hours: tuple[Stretch, ...]
    rows: int
    in_order: tuple[Entry, ...]
    now_row: float | None = None
    opens: str = "open_appointment"
    empty_title: str = "A free day"
    empty_text: str = "Nothing is booked."


def day_grid(
    label: str,
    on: date,
    zone: ZoneInfo,
    columns: Sequence[DayColumn],
    slots: Iterable[Slot],
    *,
    first_hour: int = 8,
    last_hour: int = 18,
    now: datetime | None = None,
) -> DayGrid:
    """Lay out one practice day between two hours of its wall clock; earlier or later slots stretch it."""
    slots = sorted(slots, key=lambda slot: (slot.starts_at, slot.key))
    for slot in slots:
        local, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
        first_hour = min(first_hour, local.hour)
        last_hour = max(last_hour, end.hour + (end.minute > 0)) if end.date() == on else 24
    top = datetime(on.year, on.month, on.day, first_hour, tzinfo=zone)
    rows = (last_hour - first_hour) * 12
    placed = {column.key: _in_lanes([s for s in slots if s.column == column.key], top, zone) for column in columns}
    labels = {column.key: column.label for column in columns}
    drawn = tuple(
        replace(
            column,
            entries=placed[column.key],
            shifts=tuple(Stretch(_row(a, top), _row(b, top) - _row(a, top)) for a, b in column.hours),
        )
        for column in columns
    )
    in_order = tuple(replace(entry, column=labels[column.key]) for column in drawn for entry in column.entries)
    return DayGrid(
        label,
        drawn,
        tuple(Stretch((hour - first_hour) * 12, 12, _hour(hour)) for hour in range(first_hour, last_hour)),
        rows,
        tuple(sorted(in_order, key=lambda entry: (entry.row, entry.column))),
        now_row=_now_row(now, top, rows),
    )


def _in_lanes(slots: Sequence[Slot], top: datetime, zone: ZoneInfo) -> tuple[Entry, ...]:
    """Side by side where they overlap: each takes the first lane free at its start; all of a knot share a width."""
    entries: list[Entry] = []
    knot: list[Entry] = []
    free_at: list[int] = []
    for slot in slots:
        entry = _entry(slot, top, zone)
        if knot and entry.row >= max(free_at):
            entries += [replace(e, lanes=len(free_at)) for e in knot]
            knot, free_at = [], []
        lane = next((n for n, end in enumerate(free_at) if end <= entry.row), len(free_at))
        free_at[lane : lane + 1] = [entry.row + entry.span]
        knot.append(replace(entry, lane=lane))
    return tuple(entries + [replace(e, lanes=len(free_at)) for e in knot])


def _entry(slot: Slot, top: datetime, zone: ZoneInfo) -> Entry:
    row = _row(slot.starts_at, top)
    return Entry(
        slot.key,
        slot.title,
        slot.detail,
        clock(slot.starts_at, zone),
        slot.column,
        slot.look.tone,
        slot.look.icon,
        slot.look.word,
        row,
        max(3, _row(slot.ends_at, top) - row),
    )


def _row(at: datetime, top: datetime) -> int:
    return round((at - top) / STEP)


def _now_row(now: datetime | None, top: datetime, rows: int) -> float | None:
    if now is None:
        return None
    row = (now - top) / STEP
    return round(row, 1) if 0 <= row <= rows else None


def _hour(hour: int) -> str:
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"
