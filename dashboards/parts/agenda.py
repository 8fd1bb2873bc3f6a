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
    """One appointment: instants are UTC, `column` is the key of its column, `drags` whether it may be moved by hand."""

    key: str
    column: str
    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str
    look: Look
    drags: bool = False


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
    drags: bool = False
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
    """One day of a clinician or a room. `hours` are the instants from and until which patients are seen."""

    key: str
    label: str
    on: date
    detail: str = ""
    hours: tuple[tuple[datetime, datetime], ...] = ()
    entries: tuple[Entry, ...] = ()
    shifts: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class DayGrid:
    """What `ui.day_grid` draws. `opens` is the verb an appointment sends, with its key as `id`.

    drops, creates: the verbs that are sent when an appointment is let go elsewhere and when free time is pressed, with
    `column` and `row`; none where they are empty. now_row: where the line of now stands, on the day `now_on`.
    """

    label: str
    columns: tuple[DayColumn, ...]
    hours: tuple[Stretch, ...]
    rows: int
    first_hour: int
    in_order: tuple[Entry, ...]
    now_row: float | None = None
    now_on: date | None = None
    opens: str = "open_appointment"
    drops: str = ""
    creates: str = ""
    empty_title: str = "A free day"
    empty_text: str = "Nothing is booked."


def day_grid(
    label: str,
    zone: ZoneInfo,
    columns: Sequence[DayColumn],
    slots: Iterable[Slot],
    *,
    first_hour: int = 8,
    last_hour: int = 18,
    now: datetime | None = None,
) -> DayGrid:
    """Lay out days between two hours of the wall clock; earlier or later slots stretch it.

    A row is five minutes of the wall clock, so that a time stands at the same height on every day.
    """
    slots = sorted(slots, key=lambda slot: (slot.starts_at, slot.key))
    for slot in slots:
        local, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
        first_hour = min(first_hour, local.hour)
        last_hour = max(last_hour, end.hour + (end.minute > 0)) if end.date() == local.date() else 24
    place, rows = _Place(first_hour, zone), (last_hour - first_hour) * 12
    drawn = tuple(_drawn(column, slots, place) for column in columns)
    return DayGrid(
        label,
        drawn,
        tuple(Stretch((hour - first_hour) * 12, 12, _hour(hour)) for hour in range(first_hour, last_hour)),
        rows,
        first_hour,
        _in_order(drawn),
        now_row=_now_row(now, place, rows),
        now_on=now.astimezone(zone).date() if now else None,
    )


def _drawn(column: DayColumn, slots: Sequence[Slot], place: "_Place") -> DayColumn:
    return replace(
        column,
        entries=_in_lanes([slot for slot in slots if slot.column == column.key], column.on, place),
        shifts=tuple(
            Stretch(place.row(a, column.on), place.row(b, column.on) - place.row(a, column.on)) for a, b in column.hours
        ),
    )


def _in_order(drawn: Sequence[DayColumn]) -> tuple[Entry, ...]:
    """All of them by day, time and column, which they are told by name."""
    entries = [(column.on, entry.row, column.label, entry) for column in drawn for entry in column.entries]
    return tuple(replace(entry, column=label) for _, _, label, entry in sorted(entries, key=lambda one: one[:3]))


@dataclass(frozen=True)
class _Place:
    """Turns instants into rows below the first hour of a day's wall clock."""

    first_hour: int
    zone: ZoneInfo

    def row(self, at: datetime, on: date) -> int:
        return round(self.minutes(at, on) / 5)

    def minutes(self, at: datetime, on: date) -> float:
        local = at.astimezone(self.zone)
        past = (local.date() - on).days * 1440 + local.hour * 60 + local.minute + local.second / 60
        return past - self.first_hour * 60


def _in_lanes(slots: Sequence[Slot], on: date, place: _Place) -> tuple[Entry, ...]:
    """Side by side where they overlap: each takes the first lane free at its start; all of a knot share a width."""
    entries: list[Entry] = []
    knot: list[Entry] = []
    free_at: list[int] = []
    for slot in slots:
        entry = _entry(slot, on, place)
        if knot and entry.row >= max(free_at):
            entries += [replace(e, lanes=len(free_at)) for e in knot]
            knot, free_at = [], []
        lane = next((n for n, end in enumerate(free_at) if end <= entry.row), len(free_at))
        free_at[lane : lane + 1] = [entry.row + entry.span]
        knot.append(replace(entry, lane=lane))
    return tuple(entries + [replace(e, lanes=len(free_at)) for e in knot])


def _entry(slot: Slot, on: date, place: _Place) -> Entry:
    return Entry(
        slot.key,
        slot.title,
        slot.detail,
        clock(slot.starts_at, place.zone),
        slot.column,
        slot.look.tone,
        slot.look.icon,
        slot.look.word,
        place.row(slot.starts_at, on),
        # As long as it takes, also on a night when the clocks are changed.
        max(3, round((slot.ends_at - slot.starts_at) / STEP)),
        slot.drags,
    )


def _now_row(now: datetime | None, place: _Place, rows: int) -> float | None:
    if now is None:
        return None
    row = place.minutes(now, now.astimezone(place.zone).date()) / 5
    return round(row, 1) if 0 <= row <= rows else None


def _hour(hour: int) -> str:
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"
