"""Emergency openings: find one person, open their chart for an hour, close it; and for reviewers all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.emergency_words import KINDS, VERDICTS, look_of
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw
from workbench.gate.permissions import Permission
from workbench.screens.emergencies import Emergency, ReadThrough
from workbench.screens.emergency_search import EmergencyHit


@dataclass(frozen=True)
class EmergencyCalls:
    """The calls of the page; None where the role does not include them."""

    own: Callable[[], tuple[Emergency, ...]]
    find: Callable[..., tuple[EmergencyHit, ...]]
    open: Callable[..., Any]
    close: Callable[..., Any]
    everybodys: Callable[[], tuple[Emergency, ...]] | None
    read: Callable[[str], tuple[ReadThrough, ...]] | None
    receipts: Callable[[str], bytes] | None
    review: Callable[..., Any] | None


class EmergencyPage(Page):
    """Who opens and who reviews meet here."""

    needs = Permission.SEE_OWN_EMERGENCIES
    title = "Emergency"

    def __init__(self, *, calls: EmergencyCalls, me: str, zone: ZoneInfo, base: str) -> None:
        self.calls, self.me, self.zone, self.base = calls, me, zone, base
        self.own: tuple[Emergency, ...] = ()
        self.others: tuple[Emergency, ...] = ()
        self.hits: tuple[EmergencyHit, ...] | None = None

    def load(self) -> None:
        """One's own openings, and for reviewers those of everybody else."""
        self.own = self.calls.own()
        everybodys = self.calls.everybodys() if self.calls.everybodys else ()
        self.others = tuple(one for one in everybodys if one.opened_by != self.me)

    def render(self) -> Markup:
        """The page."""
        running = next((one for one in self.own if one.is_open), None)
        to_review = sorted((one for one in self.others if not one.verdict), key=lambda one: one.due_at)
        return render("pages/emergency.html", page=self, running=running, kinds=KINDS, look_of=look_of,
                      to_review=to_review, reviewed=[one for one in self.others if one.verdict],
                      overdue=sum(one.is_overdue for one in to_review))  # fmt: skip

    def do_find(self, message: Message) -> Redraw:
        """By file number, or by exact name and birth date."""
        if message.text("number"):
            self.hits = self.calls.find(number=message.whole("number", least=1))
            return Redraw()
        names = {name: message.required(name) for name in ("given_name", "family_name")}
        self.hits = self.calls.find(**names, born_on=message.day("born_on"))
        return Redraw()

    def do_ask_open(self, message: Message) -> Ask:
        """What kind of emergency, and why?"""
        hit = next((one for one in self.hits or () if one.patient_id == message.required("id")), None)
        if hit is None:
            raise FieldProblem("number", "Please search for the person again.")
        return flyout(f"Open file {hit.number}", render("pages/emergency_open.html", hit=hit, kinds=KINDS))

    def do_open(self, message: Message) -> Done:
        """Open the chart."""
        given = {name: message.text(name) for name in ("kind", "reason")}
        opened = self.calls.open(message.required("id"), **given, idempotency_key=message.key)
        self.hits = None
        return Done("Open for 60 minutes. Compliance and the care team were told.", "warn",
                    go=f"/emergency/{opened.opening_id}")  # fmt: skip

    def do_close(self, message: Message) -> Done:
        """Close it now."""
        self.calls.close(message.required("id"), idempotency_key=message.key)
        return Done("Closed")

    def do_ask_review(self, message: Message) -> Ask | None:
        """What was read, and was it justified?"""
        one = next((one for one in self.others if one.opening_id == message.required("id")), None)
        if one is None or self.calls.read is None:
            return None
        html = render("pages/emergency_review.html", one=one, read=self.calls.read(one.opening_id), zone=self.zone,
                      kinds=KINDS, verdicts=VERDICTS, may_review=not (one.is_open or one.verdict))  # fmt: skip
        return flyout(f"Opening of file {one.number}", html)

    def do_receipts(self, message: Message) -> Deliver:
        """The file that proves what the log says of one opening."""
        assert self.calls.receipts is not None
        content = self.calls.receipts(message.required("id"))
        return Deliver("emergency-receipts.json", "application/json", content, "The receipts are saved.")

    def do_review(self, message: Message) -> Done:
        """Keep the verdict."""
        assert self.calls.review is not None
        given = {name: message.text(name) for name in ("verdict", "remark")}
        self.calls.review(message.required("id"), **given, idempotency_key=message.key)
        return Done("Reviewed")
