"""The schedule for who bills it and who answers for it: a week in numbers, and its rows for whoever may see names."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT, clock, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Redraw
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.schedule_outline import Outline

UI: Any = ENVIRONMENT.globals["ui"]
WEEK = 7


class ScheduleOutlinePage(Page):
    """A week at a time; the address says which."""

    needs = Permission.SEE_SCHEDULE_OUTLINE
    title = "Schedule"
    wide = True

    def __init__(
        self,
        opening: Opening,
        *,
        outline: Callable[..., Outline],
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        patient_word: str = "client",
        base: str = "",
        path: str = "/schedule",
    ) -> None:
        self._outline, self._zone, self._clock = outline, zone, clock
        self._word, self._base, self._path = patient_word, base, path
        self.on = _monday(_asked(opening.query.get("on", "")) or self.today)
        self.query = ""
        self.found = Outline(self.on, WEEK, shows_names=False)

    @property
    def today(self) -> date:
        """The practice's day."""
        return self._clock().astimezone(self._zone).date()

    def load(self) -> None:
        """The week."""
        self.found = self._outline(from_on=self.on, days=WEEK)

    def render(self) -> Markup:
        """In numbers, then row by row."""
        return render(
            "pages/schedule_outline.html",
            title=f"Week of {day(self.on)}",
            on=self.on,
            is_now=self.on == _monday(self.today),
            numbers=self._numbers(),
            rows=self._rows() if self.found.shows_names else None,
            query=self.query,
        )

    def do_turn(self, message: Message) -> Redraw:
        """A week on or back; 0 is this one."""
        by = message.whole("by", least=-1, most=1)
        return self._show(self.on + timedelta(days=by * WEEK) if by else self.today)

    def do_day(self, message: Message) -> Redraw:
        """The week of a day."""
        return self._show(_asked(message.text("on")) or self.today)

    def do_filter(self, message: Message) -> Redraw:
        """Fewer rows."""
        self.query = message.text("q")
        return Redraw()

    def _show(self, on: date) -> Redraw:
        self.on = _monday(on)
        self.load()
        return Redraw(self._path if self.on == _monday(self.today) else f"{self._path}?on={self.on.isoformat()}")

    def _numbers(self) -> Table:
        columns = (
            Column("who", "Clinician", leads=True), Column("held", "Held or to come", number=True),
            Column("hours", "Hours", number=True), Column("cancelled", "Cancelled", number=True),
            Column("no_shows", "No-shows", number=True),
        )  # fmt: skip
        found = self.found.clinicians
        rows = tuple(
            Row(one.clinician, (one.clinician, one.held, _hours(one.minutes), one.cancelled, one.no_shows),
                name=one.clinician)
            for one in found
        )  # fmt: skip
        totals = (
            "Together", sum(one.held for one in found), _hours(sum(one.minutes for one in found)),
            sum(one.cancelled for one in found), sum(one.no_shows for one in found),
        )  # fmt: skip
        return Table("numbers", "By clinician", columns, rows, totals=totals if len(found) > 1 else (),
                     empty_title="A free week", empty_text="Nothing is booked in it.",
                     empty_icon="calendar")  # fmt: skip

    def _rows(self) -> Table:
        columns = (
            Column("when", "When", leads=True), Column("who", self._word.capitalize()),
            Column("clinician", "Clinician"), Column("place", "Place", only_wide=True), Column("code", "Code"),
            Column("minutes", "Minutes", number=True, only_wide=True), Column("status", "Status"),
        )  # fmt: skip
        wanted = self.query.casefold()
        rows = tuple(
            Row(
                f"{one.patient_id}-{one.starts_at.isoformat()}",
                (
                    f"{day(one.starts_at, self._zone)}, {clock(one.starts_at, self._zone)}",
                    self._linked(one.patient_id, one.patient), one.clinician, one.place,
                    one.service_code or "by time", one.minutes, UI.status(APPOINTMENT.of(one.status)),
                ),
                name=one.patient,
            )
            for one in self.found.rows
            if wanted in one.patient.casefold() or wanted in one.clinician.casefold()
        )  # fmt: skip
        empty = ("Nothing is found", "No visit of this week fits.") if wanted else ("A free week", "Nothing is booked.")
        return Table("visits", "Every visit of the week", columns, rows, empty_title=empty[0], empty_text=empty[1],
                     empty_icon="search" if wanted else "calendar")  # fmt: skip

    def _linked(self, patient_id: str, name: str) -> Markup:
        return Markup('<a href="{}/balances/{}">{}</a>').format(self._base, patient_id, name)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _asked(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
