"""Working alone: the record that says so, how to turn it on or off, and the weekly statements to print."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.access_words import KIND_WORDS, REQUEST, roles_said
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done
from workbench.gate.permissions import Permission
from workbench.screens.access_requests import RequestKind
from workbench.screens.working_alone import WorkingAlone


@dataclass(frozen=True)
class AloneCalls:
    """The calls of the page; None where the role does not include them."""

    shown: Callable[[], WorkingAlone]
    turn_on: Callable[..., Any] | None
    end: Callable[..., Any] | None


class WorkingAlonePage(Page):
    """What one person approved alone, for the one who looks at it from outside."""

    needs = Permission.SEE_SELF_APPROVALS
    title = "Working alone"

    def __init__(self, *, calls: AloneCalls, zone: ZoneInfo, below_access: bool) -> None:
        self.calls, self.zone, self._below_access = calls, zone, below_access
        self.shown: WorkingAlone | None = None

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below access, for whom that is open."""
        above = (Crumb("Access", "/access"),) if self._below_access else ()
        return (*above, Crumb(self.title))

    def load(self) -> None:
        """How it stands."""
        self.shown = self.calls.shown()

    def render(self) -> Markup:
        """The page."""
        kinds = {"work_alone": "Working alone was turned on", **{k.value: KIND_WORDS[k] for k in RequestKind}}
        return render("pages/working_alone.html", page=self, shown=self.shown, zone=self.zone, kinds=kinds,
                      roles_said=roles_said, looks=REQUEST)  # fmt: skip

    def do_ask_begin(self, message: Message) -> Ask:
        """Why, and who looks at it?"""
        del message
        return flyout("Work alone, in the open", render("pages/working_alone_form.html"))

    def do_begin(self, message: Message) -> Done:
        """Turn it on; it counts after a day."""
        assert self.calls.turn_on is not None
        given = {name: message.text(name) for name in ("why", "reviewer_name", "reviewer_address")}
        self.calls.turn_on(**given, idempotency_key=message.key)
        return Done("Turned on. It counts in 24 hours.")

    def do_ask_end(self, message: Message) -> Ask:
        """Sure?"""
        return confirm("end", "End working alone?", "What you approved alone and still waits will not happen.",
                       label="End it", args={"id": message.required("id")}, danger=True)  # fmt: skip

    def do_end(self, message: Message) -> Done:
        """Turn it off."""
        assert self.calls.end is not None
        self.calls.end(message.required("id"), idempotency_key=message.key)
        return Done("Ended")
