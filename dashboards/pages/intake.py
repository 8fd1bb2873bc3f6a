"""What one person was asked to fill in and how far they are, what their answers propose to the file, their consents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Look, Looks
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.own_paper import RELATIONS
from workbench.screens.patient_intake import PatientIntake

PACKETS: Final = Looks({
    "new": Look("Not started", "neutral", "circle-dashed"),
    "begun": Look("Begun", "info", "pen-line"),
    "waiting": Look("Waiting for acceptance", "warn", "hourglass"),
    "signed": Look("Signed", "good", "badge-check"),
})  # fmt: skip
ITEMS: Final = Looks({
    "new": Look("Not started", "neutral", "circle-dashed"),
    "draft": Look("Begun", "info", "pen-line"),
    "signed": Look("Signed", "good", "badge-check"),
    "sent": Look("Sent", "good", "badge-check"),
    "refused": Look("Did not sign", "bad", "x"),
})  # fmt: skip
GONE: Final = Done("This is no longer on the page.", tone="warn")


@dataclass(frozen=True)
class IntakeCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[..., PatientIntake]
    answers: Callable[..., Any]
    paper: Callable[..., Any]
    assign: Callable[..., Any]
    take_back: Callable[..., Any]
    decide: Callable[..., Any]
    withdraw: Callable[..., Any]


class IntakePage(Page):
    """Progress, proposals, consents."""

    needs = Permission.SEE_INTAKE
    title = "Intake and consents"

    def __init__(self, opening: Opening, *, calls: IntakeCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._zone, self._base = calls, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.found = PatientIntake()

    def load(self) -> None:
        """As it stands."""
        self.found = self._calls.shown(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self.found.number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        return render("pages/intake.html", found=self.found, packets=PACKETS, items=ITEMS, zone=self._zone,
                      base=self._base)  # fmt: skip

    def do_ask_assign(self, message: Message) -> Ask:
        """Which, and by when?"""
        del message
        return flyout("Ask them to fill in", render("pages/intake_assign.html", choices=self.found.choices))

    def do_assign(self, message: Message) -> Done:
        """It waits in their portal."""
        self._calls.assign(
            self._patient_id, packet_id=message.text("packet_id"),
            due_on=message.day("due_on") if message.text("due_on") else None, idempotency_key=message.key,
        )  # fmt: skip
        return Done("It waits for them in the portal")

    def do_ask_take_back(self, message: Message) -> Reply:
        """Sure?"""
        one = next((one for one in self.found.packets if one.assignment_id == message.text("id")), None)
        if one is None:
            return GONE
        return confirm(
            "take_back", f"Take back {one.name}?", "What they signed stays. Drafts are asked for no more.",
            label="Take it back", args={"id": one.assignment_id}, danger=True,
        )  # fmt: skip

    def do_take_back(self, message: Message) -> Done:
        """Nothing more of it is asked."""
        self._calls.take_back(message.text("id"), idempotency_key=message.key)
        return Done("Taken back")

    def do_accept(self, message: Message) -> Done:
        """The file says it from now on."""
        return self._decided(message, is_accepted=True)

    def do_decline(self, message: Message) -> Done:
        """The file stays as it is."""
        return self._decided(message, is_accepted=False)

    def do_read(self, message: Message) -> Ask:
        """What they answered, as they signed it."""
        told = self._calls.answers(message.text("id"))
        relation = RELATIONS[told.signature.relation] if told.signature else ""
        return flyout(told.title, render("pages/intake_answers.html", told=told, zone=self._zone, relation=relation))

    def do_save(self, message: Message) -> Deliver:
        """The PDF."""
        paper = self._calls.paper(message.text("id"))
        return Deliver(paper.name, "application/pdf", paper.content, "The PDF is saved.")

    def do_ask_withdraw(self, message: Message) -> Reply:
        """What stops, and what did they say?"""
        one = next((one for one in self.found.consents if one.consent_id == message.text("id")), None)
        if one is None:
            return GONE
        return flyout(f"They take back: {one.what}", render("pages/intake_withdraw.html", one=one))

    def do_withdraw(self, message: Message) -> Done:
        """On their word."""
        self._calls.withdraw(message.text("id"), said=message.text("said"), idempotency_key=message.key)
        return Done("Taken back. It does not hold any more.")

    def _decided(self, message: Message, *, is_accepted: bool) -> Done:
        try:
            self._calls.decide(message.text("id"), is_accepted=is_accepted, idempotency_key=message.key)
        except WorkbenchError as refusal:
            told = getattr(refusal, "fields", {})
            return Done(" ".join(told.values()) or sentence(refusal), tone="warn")
        return Done("The file says it now" if is_accepted else "The file stays as it is")
