"""The board of the day: who is awaited, here, in session and done, one press from each to the next."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.pages.visits import Opened, VisitsPage
from dashboards.parts.html import counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb
from dashboards.parts.replies import Redraw
from dashboards.parts.statuses import APPOINTMENT, NOTE
from workbench.gate.permissions import Permission
from workbench.screens.board import Board, Marks, OnBoard

COLUMNS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "awaited": ("Awaited", frozenset({"booked", "confirmed"})),
    "here": ("Here", frozenset({"arrived"})),
    "session": ("In session", frozenset({"in_session"})),
    "done": ("Done", frozenset({"completed", "no_show"})),
}
MINUTE: Final = timedelta(minutes=1)
SOON: Final = timedelta(minutes=30)
"""Who is awaited within it stands out."""


class BoardPage(VisitsPage):
    """Today, as it stands: it looks again by itself when anything moved and, while somebody waits, each minute."""

    needs = Permission.SEE_SCHEDULE
    title = "Today"
    wide = True

    def __init__(
        self, *, board: Callable[[], Board], marks: Callable[[], Marks], calls: ScheduleCalls, zone: ZoneInfo,
        clock: Callable[[], datetime], patient_word: str, base: str,
    ) -> None:  # fmt: skip
        super().__init__(calls=calls, zone=zone, clock=clock, patient_word=patient_word, base=base)
        self._board, self._marks = board, marks
        self.who = ""
        self.found, self.seen, self.loaded_at = Board(), (0, 0, 0), clock()

    def load(self) -> None:
        """The day, and what to tell a change by; asked before, so that nothing falls between."""
        self.seen, self.loaded_at = self._marks(), self.clock()
        self.found = self._board()

    def is_behind(self) -> bool:
        """Whether anybody moved, or a minute of waiting went by."""
        waits = any(one.row.status == "arrived" for one in self._rows())
        return (waits and self.clock() - self.loaded_at >= MINUTE) or self._marks() != self.seen

    def crumbs(self) -> tuple[Crumb, ...]:
        """The day is where one is."""
        return (Crumb("Today"),)

    def render(self) -> Markup:
        """Four columns; on a phone one below the other."""
        rows, now = self._rows(), self.clock()
        columns = [
            (key, word, [one for one in rows if one.row.status in statuses])
            for key, (word, statuses) in COLUMNS.items()
        ]
        return render(
            "pages/board.html", columns=columns, on=self.today, who=self.who, clinicians=self.found.clinicians,
            names=dict(self.found.clinicians), looks=APPOINTMENT, notes=NOTE, zone=self.zone, base=self.base,
            soon=now + SOON, says={one.row.attendance_id: _said(one, now) for one in rows},
        )  # fmt: skip

    def do_who(self, message: Message) -> Redraw:
        """One clinician's, or everybody's."""
        self.who = message.text("who")
        return Redraw()

    def find(self, attendance_id: str) -> Opened | None:
        """The appointment on the board."""
        one = next((one.row for one in self.found.rows if one.row.attendance_id == attendance_id), None)
        return Opened.of(one, dict(self.found.clinicians).get(one.clinician_id, "")) if one else None

    def _rows(self) -> tuple[OnBoard, ...]:
        return tuple(one for one in self.found.rows if self.who in ("", one.row.clinician_id))


def _said(one: OnBoard, now: datetime) -> tuple[str, str]:
    """What is to be known of the time of one, and its tone."""
    row = one.row
    if row.status == "arrived" and one.since is not None:
        waited = max((now - one.since) // MINUTE, 0)
        return f"waits {counted(waited, 'minute')}", "bad" if waited >= 15 else "warn"
    if row.status in ("booked", "confirmed") and row.starts_at <= now:
        return f"{counted((now - row.starts_at) // MINUTE, 'minute')} late", "bad"
    if row.status == "in_session" and row.ends_at < now:
        return f"{counted((now - row.ends_at) // MINUTE, 'minute')} over", "warn"
    return "", "neutral"
