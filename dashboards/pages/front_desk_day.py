"""The front desk's day: a column for each clinician; book, check in, move, cancel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.booking import Chosen
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.pages.visits import Opened, VisitsPage
from dashboards.parts.agenda import DayColumn, DayGrid, Slot, day_grid
from dashboards.parts.html import clock, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb
from dashboards.parts.replies import Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT
from workbench.screens.day_schedule import ClinicianColumn, DayRow, DaySchedule

OFF = frozenset({"cancelled", "late_cancelled"})
WAITING = frozenset({"booked", "confirmed"})
HERE = frozenset({"arrived", "in_session"})


class FrontDeskDayPage(VisitsPage):
    """One day of the practice; the address says which."""

    title = "Schedule"
    wide = True

    def __init__(
        self,
        opening: Opening,
        *,
        day_schedule: Callable[..., DaySchedule],
        calls: ScheduleCalls,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        patient_word: str = "client",
        base: str = "",
        path: str = "/schedule",
    ) -> None:
        super().__init__(calls=calls, zone=zone, clock=clock, patient_word=patient_word, base=base)
        self._day_schedule, self._path = day_schedule, path
        self.on = _day_in(opening.query.get("on", ""), self.today)
        self.found = DaySchedule(self.on, clock(), clock(), ())

    def load(self) -> None:
        """The day's appointments."""
        self.found = self._day_schedule(on=self.on)

    def crumbs(self) -> tuple[Crumb, ...]:
        """The day is where one is."""
        return (Crumb("Schedule"),)

    def render(self) -> Markup:
        """The grid, and below it what was cancelled."""
        rows = [row for column in self.found.columns for row in column.rows]
        return render(
            "pages/front_desk_day.html",
            on=self.on,
            today=self.today,
            grid=self._grid(),
            counts=_counts(rows),
            cancelled=[row for row in rows if row.status in OFF],
            names={column.clinician_id: column.clinician_name for column in self.found.columns},
            looks=APPOINTMENT,
            zone=self.zone,
        )

    def find(self, attendance_id: str) -> Opened | None:
        """The appointment in the grid."""
        for column in self.found.columns:
            for row in column.rows:
                if row.attendance_id == attendance_id:
                    return _opened(row, column.clinician_name)
        return None

    def do_turn(self, message: Message) -> Reply:
        """Some days on or back; 0 is today."""
        by = message.whole("by", least=-31, most=31)
        return self._show(self.on + timedelta(days=by) if by else self.today)

    def do_day(self, message: Message) -> Reply:
        """The day chosen."""
        return self._show(message.day("on"))

    def do_book_open(self, message: Message) -> Reply:
        """Book on the day that is shown, or today if that is over."""
        return self.open_booking(Chosen(max(self.on, self.today), clinician_id=message.text("clinician")))

    def _show(self, on: date) -> Reply:
        self.on = on
        self.load()
        return Redraw(path=f"{self._path}?on={on.isoformat()}")

    def _grid(self) -> DayGrid:
        rows = [row for column in self.found.columns for row in column.rows if row.status not in OFF]
        is_open = self.on.weekday() < 5
        hours = ((self.found.opens_at, self.found.closes_at),) if is_open else ()
        grid = day_grid(
            f"{day(self.on)}, by clinician",
            self.on,
            self.zone,
            [DayColumn(one.clinician_id, one.clinician_name, _booked(one), hours) for one in self.found.columns],
            [self._slot(row) for row in rows],
            first_hour=self.found.opens_at.astimezone(self.zone).hour,
            last_hour=self.found.closes_at.astimezone(self.zone).hour,
            now=self.clock() if self.on == self.today else None,
        )
        return replace(grid, opens="open_visit", empty_text="Nothing is booked yet.")

    def _slot(self, row: DayRow) -> Slot:
        words = [row.type_name, *(["video"] if row.is_telehealth else []), *(["balance due"] if row.owes else [])]
        # The list on a phone has a column for the time; in the grid it stands with the words.
        detail = Markup('<span class="in-grid">{} · </span>{}').format(
            clock(row.starts_at, self.zone), " · ".join(words)
        )
        return Slot(
            row.attendance_id,
            row.clinician_id,
            row.starts_at,
            row.ends_at,
            row.patient_name,
            detail,
            APPOINTMENT.of(row.status),
        )


def _opened(row: DayRow, clinician_name: str) -> Opened:
    return Opened(
        visit=row,
        patient_id=row.patient_id,
        patient_name=row.patient_name,
        pronouns=row.pronouns,
        clinician_name=clinician_name,
        type_name=row.type_name,
        location_name=row.location_name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        status=row.status,
        offers=row.offers,
        attendance_version=row.attendance_version,
        owes=row.owes,
    )


def _booked(column: ClinicianColumn) -> str:
    count = sum(row.status not in OFF for row in column.rows)
    return f"{count} booked" if count else "Free"


def _counts(rows: list[DayRow]) -> tuple[tuple[str, int, str], ...]:
    states: tuple[tuple[str, Any, str], ...] = (
        ("to come", WAITING, "info"),
        ("here", HERE, "warn"),
        ("done", {"completed"}, "neutral"),
        ("no-show", {"no_show"}, "bad"),
        ("cancelled", OFF, "neutral"),
    )
    counted = ((word, sum(row.status in which for row in rows), tone) for word, which, tone in states)
    return tuple((word, count, tone) for word, count, tone in counted if count)


def _day_in(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        return today
