"""A clinician's day: sessions with the state of their notes, one click from each to its note, and what is due."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT, NOTE
from dashboards.parts.tables import Look, Looks
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import sentence
from workbench.screens.clinician_day import ClinicianDay

DUE = Looks(
    {
        "overdue": Look("Overdue", "bad", "clock-alert"),
        "remind": Look("Due", "warn", "hourglass"),
        "new": Look("New", "info", "file-plus"),
    }
)
VERBS = ("check_in", "start_session", "complete_session", "mark_no_show")


class ClinicianDayPage(Page):
    """One day of the clinician who is signed in.

    verbs: `check_in`, `start_session`, `complete_session`, `mark_no_show` by name, with gate, actor and time given.
    """

    needs = Permission.WRITE_NOTE
    title = "My day"
    wide = True

    def __init__(
        self,
        opening: Opening,
        *,
        clinician_day: Callable[..., ClinicianDay],
        verbs: dict[str, Callable[..., Any]],
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        base: str = "",
        path: str = "/my-day",
    ) -> None:
        self._clinician_day, self._verbs, self.zone, self.clock = clinician_day, verbs, zone, clock
        self._base, self._path = base, path
        try:
            self.on = date.fromisoformat(opening.query.get("on", "")) if opening.query.get("on") else self.today
        except ValueError:
            self.on = self.today
        self.found = ClinicianDay(self.on, (), ())
        self._turns_at: datetime | None = None

    @property
    def today(self) -> date:
        """The practice's day."""
        return self.clock().astimezone(self.zone).date()

    def load(self) -> None:
        """The sessions and the notes due."""
        self.found, now = self._clinician_day(on=self.on), self.clock()
        turns = (at for one in self.found.sessions for at in (one.starts_at, one.ends_at) if at > now)
        self._turns_at = min(turns, default=None)

    def is_behind(self) -> bool:
        """Whether a session of the day has begun or ended since: then its note is due, and stands on the list."""
        return self._turns_at is not None and self.clock() >= self._turns_at

    def crumbs(self) -> tuple[Crumb, ...]:
        """Where one is."""
        return (Crumb("My day"),)

    def render(self) -> Markup:
        """The sessions beside what is due."""
        return render(
            "pages/clinician_day.html",
            on=self.on,
            today=self.today,
            now=self.clock(),
            day=self.found,
            looks=APPOINTMENT,
            notes=NOTE,
            due=DUE,
            zone=self.zone,
            base=self._base,
        )

    def do_turn(self, message: Message) -> Reply:
        """Some days on or back; 0 is today."""
        by = message.whole("by", least=-31, most=31)
        self.on = self.on + timedelta(days=by) if by else self.today
        self.load()
        return Redraw(path=f"{self._path}?on={self.on.isoformat()}")

    def do_mark(self, message: Message) -> Reply:
        """One of the verbs on one session."""
        verb = message.text("verb")
        if verb not in VERBS:
            return Done("This page does not offer that.", tone="warn")
        try:
            self._verbs[verb](
                message.text("id"), expected_version=message.whole("version", least=1), idempotency_key=message.key
            )
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(_TOLD[verb])


_TOLD = {
    "check_in": "Checked in",
    "start_session": "Session started",
    "complete_session": "Session completed",
    "mark_no_show": "Marked as a no-show",
}
