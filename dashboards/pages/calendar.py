"""The calendar: a day by clinician or by room, a week of one clinician or of everybody, a month, a list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.booking import Chosen
from dashboards.pages.calendar_blocks import blocks
from dashboards.pages.calendar_grid import OFF, by_clinician, by_room, month_of, of_week, team_week
from dashboards.pages.calendar_views import CalendarViewsPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.pages.visits import Opened
from dashboards.parts.html import day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb
from dashboards.parts.replies import Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT
from workbench.screens.calendar import Calendar, CalendarCounts, CalendarRow
from workbench.screens.calendar_views import EVERYTHING

WAITING = frozenset({"booked", "confirmed"})
HERE = frozenset({"arrived", "in_session"})


@dataclass(frozen=True)
class Sight:
    """One way to look at the calendar.

    press: its key. turns: how many days the arrows go, 0 for a month. of_one: whether one clinician can be chosen.
    """

    word: str
    press: str
    turns: int
    of_one: bool = False


SIGHTS: Final = {
    "day": Sight("Day", "d", 1),
    "week": Sight("Week", "w", 7, of_one=True),
    "month": Sight("Month", "m", 0, of_one=True),
    "rooms": Sight("Rooms", "r", 1),
    "list": Sight("List", "l", 7, of_one=True),
}


class CalendarPage(CalendarViewsPage):
    """The calendar; the address says which day, which view and whose."""

    title = "Schedule"
    wide = True

    def __init__(
        self,
        opening: Opening,
        *,
        calendar: Callable[..., Calendar],
        counts: Callable[..., CalendarCounts],
        calls: ScheduleCalls,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        patient_word: str = "client",
        base: str = "",
        path: str = "/schedule",
    ) -> None:
        super().__init__(calls=calls, zone=zone, clock=clock, patient_word=patient_word, base=base)
        self._calendar, self._counts, self.path = calendar, counts, path
        self.on = _day_in(opening.query.get("on", ""), self.today)
        asked = opening.query.get("view", "day")
        self.sight = asked if asked in SIGHTS else "day"
        self.who = opening.query.get("who", "")
        self.found = Calendar(self.on, 1)
        self.month: Mapping[date, tuple[int, int]] = {}
        self.begin_with(opening)

    def load(self) -> None:
        """The appointments of what is shown; of a month only how many."""
        from_on, days = self._span()
        if self.sight == "month":
            counted = self._counts(from_on=from_on, days=days, clinician_id=self.who, sieve=self.sieve)
            self.month = counted.days
            self.found = Calendar(from_on, days, clinicians=counted.clinicians, undo=counted.undo)
        else:
            whose = self.who if SIGHTS[self.sight].of_one else ""
            self.found = self._calendar(from_on=from_on, days=days, clinician_id=whose, sieve=self.sieve)

    def is_behind(self) -> bool:
        """Whether something is offered to be taken back that stands by now."""
        return self.found.undo is not None and self.clock() >= self.found.undo.until

    def crumbs(self) -> tuple[Crumb, ...]:
        """The day is where one is."""
        return (Crumb("Schedule"),)

    def render(self) -> Markup:
        """The view, and below a day what was cancelled."""
        rows = self.found.rows
        return render(
            "pages/calendar.html",
            on=self.on,
            today=self.today,
            title=self._title(),
            sight=self.sight,
            sights=SIGHTS,
            who=self.who,
            clinicians=self.found.clinicians,
            undo=self.undo_words(),
            kept=self.kept,
            saved=self.saved,
            is_sieved=self.sieve != EVERYTHING,
            counts=_counts(rows),
            cancelled=[row for row in rows if row.status in OFF],
            names=dict(self.found.clinicians),
            looks=APPOINTMENT,
            zone=self.zone,
            **self._drawn(),
        )

    def find(self, attendance_id: str) -> Opened | None:
        """The appointment in what is shown."""
        row = self.row(attendance_id)
        return Opened.of(row, self.found.clinician(row.clinician_id)) if row else None

    def do_turn(self, message: Message) -> Reply:
        """On or back by what is shown; 0 is today."""
        by = message.whole("by", least=-1, most=1)
        if not by:
            return self.show(on=self.today)
        turns = SIGHTS[self.sight].turns
        return self.show(on=self.on + timedelta(days=by * turns) if turns else _month_on(self.on, by))

    def do_day(self, message: Message) -> Reply:
        """The day chosen; from a month or a list, that day itself."""
        return self.show(on=message.day("on"), sight="day" if message.text("open") else self.sight)

    def do_view(self, message: Message) -> Reply:
        """Another way to look at it."""
        view = message.text("view")
        return self.show(sight=view if view in SIGHTS else "day")

    def do_who(self, message: Message) -> Reply:
        """One clinician's, or everybody's."""
        self.who = message.text("who")
        return self.show()

    def do_book_open(self, message: Message) -> Reply:
        """Book on the day that is shown, or today if that is over."""
        return self.open_booking(Chosen(max(self.on, self.today), clinician_id=message.text("clinician") or self.who))

    def _span(self) -> tuple[date, int]:
        if self.sight in ("week", "list"):
            return self.on - timedelta(days=self.on.weekday()), 7
        if self.sight == "month":
            first = self.on.replace(day=1)
            return first - timedelta(days=first.weekday()), 42
        return self.on, 1

    def _title(self) -> str:
        from_on, days = self._span()
        if self.sight == "month":
            return f"{self.on:%B %Y}"
        return day(self.on) if days == 1 else f"Week of {from_on:%b} {from_on.day}, {from_on.year}"

    def _drawn(self) -> dict[str, Any]:
        nothing: dict[str, Any] = {"grid": None, "team": None, "weeks": None, "days": None}
        now = self.clock()
        if self.sight == "month":
            return nothing | {"weeks": month_of(self.on, self.month, self.today)}
        if self.sight == "list":
            return nothing | {"days": _by_day(blocks(self.found.rows), self.zone)}
        if self.sight == "week" and not self.whose():
            return nothing | {"team": team_week(self.found, self.zone)}
        if self.sight == "week":
            return nothing | {"grid": of_week(self.found, self.whose(), self.zone, now)}
        if self.sight == "rooms":
            return nothing | {"grid": by_room(self.found, self.zone, now, self.places())}
        return nothing | {"grid": by_clinician(self.found, self.zone, now)}


def _counts(rows: tuple[CalendarRow, ...]) -> tuple[tuple[str, int, str], ...]:
    states: tuple[tuple[str, Any, str], ...] = (
        ("to come", WAITING, "info"),
        ("here", HERE, "warn"),
        ("done", {"completed"}, "neutral"),
        ("no-show", {"no_show"}, "bad"),
        ("cancelled", OFF, "neutral"),
    )
    counted = ((word, sum(row.status in which for row in rows), tone) for word, which, tone in states)
    return tuple((word, count, tone) for word, count, tone in counted if count)


def _by_day(rows: Iterable[CalendarRow], zone: ZoneInfo) -> list[tuple[date, list[CalendarRow]]]:
    days: dict[date, list[CalendarRow]] = {}
    for row in rows:
        days.setdefault(row.starts_at.astimezone(zone).date(), []).append(row)
    return sorted(days.items())


def _month_on(on: date, by: int) -> date:
    first = on.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) if by > 0 else (first - timedelta(days=1)).replace(day=1)


def _day_in(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        return today
