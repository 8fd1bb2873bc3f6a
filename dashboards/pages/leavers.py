"""Leavers: who leaves and when, who takes over, and the certificate of everybody who has left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.time import instant_of
from workbench.screens.departures import CertificateShown, Departures, DepartureShown
from workbench.screens.staff_directory import StaffEntry

UI: Any = ENVIRONMENT.globals["ui"]
STATES = Looks(
    {
        "to_come": Look("To come", "info", "clock"),
        "ended": Look("Ended, being tidied up", "warn", "clock-alert"),
        "done": Look("Left", "neutral", "circle-check"),
        "withdrawn": Look("Taken back", "neutral", "undo-2"),
    }
)


@dataclass(frozen=True)
class LeaverCalls:
    """The calls of the page, with actor and time already given; None where the role does not include them."""

    shown: Callable[[], Departures]
    done: Callable[[], int]
    staff: Callable[[], tuple[StaffEntry, ...]]
    end: Callable[..., Any] | None
    withdraw: Callable[..., Any] | None
    close_session: Callable[[str], None]


class LeaversPage(Page):
    """Every end of employment, the latest first."""

    needs = Permission.SEE_DEPARTURES
    title = "Leavers"

    def __init__(
        self, *, calls: LeaverCalls, me: str, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self._me, self._zone, self._clock, self._base = calls, me, zone, clock, base
        self.shown = Departures((), (), may_end=False)

    def load(self) -> None:
        """All of them."""
        self.shown = self._calls.shown()

    def is_behind(self) -> bool:
        """Whether an end has come that the list still says is to come, or is tidied up by now."""
        now = self._clock()
        come = any(one.state == "to_come" and one.ends_at <= now for one in self.shown.rows)
        tidied_up = any(one.state == "ended" for one in self.shown.rows)
        return come or (tidied_up and self._calls.done() != sum(one.state == "done" for one in self.shown.rows))

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below access."""
        return (Crumb("Access", "/access"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        return render("pages/leavers.html", table=self._table(), may_end=self._calls.end is not None)

    def do_new(self, message: Message) -> Ask:
        """Whose employment ends, when, and who takes over?"""
        del message
        leaving = {one.staff_id for one in self.shown.rows if one.state != "withdrawn"}
        people = [
            (one.staff_id, one.name)
            for one in self._calls.staff()
            if one.staff_id != self._me and one.staff_id not in leaving
        ]
        html = render("pages/leavers_new.html", people=people, colleagues=self.shown.colleagues)
        return flyout("End an employment", html, "modal")

    def do_end(self, message: Message) -> Done:
        """Set the end; pages of sessions that end with it close."""
        assert self._calls.end is not None
        done = self._calls.end(
            message.required("staff_id", "Please choose somebody."),
            ends_at=self._ends_at(message),
            handed_to=message.text("handed_to"),
            idempotency_key=message.key,
        )
        for session_hash in done.ended:
            self._calls.close_session(session_hash)
        return Done("The employment has ended" if done.ends_at <= self._clock() else "The end is set")

    def do_ask_withdraw(self, message: Message) -> Ask:
        """Sure?"""
        args = {"id": message.required("id")}
        return confirm("withdraw", "Take this back?", "The person stays, and their account goes on.",
                       label="They stay", args=args)  # fmt: skip

    def do_withdraw(self, message: Message) -> Done:
        """They stay."""
        assert self._calls.withdraw is not None
        self._calls.withdraw(message.required("id"), idempotency_key=message.key)
        return Done("Taken back: they stay")

    def _ends_at(self, message: Message) -> datetime | None:
        if message.text("when") != "later":
            return None
        if not message.text("on"):
            raise FieldProblem("on", "Please give the day.")
        day, at = message.day("on"), message.time("at") if message.text("at") else None
        wall = datetime.combine(day, at) if at is not None else datetime.combine(day, datetime.min.time())
        return instant_of(wall, self._zone)

    def _table(self) -> Table:
        columns = (Column("who", "Who", leads=True), Column("when", "End"), Column("to", "Taken over by"),
                   Column("by", "Entered by", only_wide=True), Column("state", "State"),
                   Column("do", "Do", label_hidden=True))  # fmt: skip
        return Table(
            "leavers", "Ends of employment, the latest first", columns, tuple(map(self._row, self.shown.rows)),
            base=self._base, empty_title="Nobody leaves",
            empty_text="When somebody's employment ends, enter it here: their account closes at that very instant.",
            empty_icon="users",
        )  # fmt: skip

    def _row(self, one: DepartureShown) -> Row:
        takes_back = self._calls.withdraw is not None and one.state == "to_come" and one.staff_id != self._me
        do = (
            UI.button("Take back", do="ask_withdraw", args={"id": one.departure_id}, size="small") if takes_back else ""
        )
        cells = (one.name, instant(one.ends_at, self._zone), one.handed_to or "–", one.requested_by,
                 UI.status(STATES.of(one.state)), do)  # fmt: skip
        go = f"/access/leavers/{one.departure_id}" if one.state == "done" else ""
        return Row(one.departure_id, cells, name=one.name, go=go)


class CertificatePage(Page):
    """What became of everything that somebody who left could come in by, had in hand, and left open."""

    needs = Permission.SEE_DEPARTURES
    title = "Offboarding certificate"

    def __init__(self, *, shown: Callable[[], CertificateShown], zone: ZoneInfo) -> None:
        self._shown, self._zone = shown, zone
        self.found: CertificateShown | None = None

    def load(self) -> None:
        """As it was written."""
        self.found = self._shown()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the leavers."""
        return (Crumb("Access", "/access"), Crumb("Leavers", "/access/leavers"), Crumb(self.title))

    def render(self) -> Markup:
        """The certificate."""
        return render("pages/leavers_certificate.html", found=self.found, zone=self._zone)
