"""Hours of supervision, apart from every chart: logged by one, agreed by the other, by month beside what is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done
from dashboards.parts.tables import Look, Looks
from workbench.gate.permissions import Permission
from workbench.kernel.csv_files import csv_file
from workbench.screens.supervision_log import Kind, SupervisionLog

KINDS: Final = ((Kind.INDIVIDUAL.value, "Individual"), (Kind.TRIADIC.value, "Triadic"), (Kind.GROUP.value, "Group"))
STATES: Final = Looks({
    "waits": Look("Waits", "info", "hourglass"), "agreed": Look("Agreed", "good", "circle-check"),
    "reversed": Look("Taken back", "neutral", "circle-slash"),
})  # fmt: skip
_HEADS: Final = ("day", "supervisor", "supervisee", "minutes", "kind", "topic", "state")


@dataclass(frozen=True)
class SupervisionCalls:
    """The calls of the page, with actor and time already given; None where the role does not include it."""

    shown: Callable[[], SupervisionLog] | None
    log: Callable[..., Any]
    agree: Callable[..., Any]
    reverse: Callable[..., Any]
    needed: Callable[[], int] | None
    set_terms: Callable[..., Any]


class SupervisionPage(Page):
    """Of those who supervise or are supervised."""

    needs = Permission.LOG_SUPERVISION
    title = "Supervision"
    wide = True

    def __init__(self, *, calls: SupervisionCalls, today: date, base: str) -> None:
        self._calls, self._today, self._base = calls, today, base
        self.shown = SupervisionLog()
        self.needed = 0

    def load(self) -> None:
        """One's own."""
        if self._calls.shown is not None:
            self.shown = self._calls.shown()
        self.needed = self._calls.needed() if self._calls.needed is not None else self.shown.needed

    def render(self) -> Markup:
        """Who, how much by month, every meeting."""
        return render(
            "pages/supervision.html", log=self.shown, needed=self.needed, kinds=dict(KINDS), states=STATES,
            may_log=self._calls.shown is not None, may_set=self._calls.needed is not None,
        )  # fmt: skip

    def do_new(self, message: Message) -> Ask:
        """With whom, when, how long, about what?"""
        del message
        pairs = [(f"{one.supervisor_id} {one.supervisee_id}", f"{one.supervisor} supervises {one.supervisee}")
                 for one in self.shown.links]  # fmt: skip
        html = render("pages/supervision_new.html", pairs=pairs, kinds=KINDS, today=self._today)
        return flyout("Hours of supervision", html)

    def do_log(self, message: Message) -> Done:
        """It waits for the other one.

        Raises:
            FieldProblem: with whom.
        """
        supervisor, _, supervisee = message.required("pair", "Please choose.").partition(" ")
        if not supervisee:
            raise FieldProblem("pair", "Please choose.")
        self._calls.log(
            supervisor_id=supervisor, supervisee_id=supervisee, held_on=message.day("held_on"),
            minutes=message.whole("minutes"), kind=message.text("kind"), topic=message.text("topic"),
            idempotency_key=message.key,
        )  # fmt: skip
        return Done("Logged. It counts once the other one agrees.")

    def do_agree(self, message: Message) -> Done:
        """It counts."""
        self._calls.agree(message.text("id"), idempotency_key=message.key)
        return Done("Agreed")

    def do_ask_reverse(self, message: Message) -> Ask:
        """Why?"""
        return confirm(
            "reverse", "Take these hours back?", "The entry stays and counts no more. Log it anew if it was wrong.",
            label="Take it back", args={"id": message.text("id")}, reason=True, danger=True,
        )  # fmt: skip

    def do_reverse(self, message: Message) -> Done:
        """It counts no more."""
        self._calls.reverse(message.text("id"), reason=message.text("reason"), idempotency_key=message.key)
        return Done("Taken back")

    def do_terms(self, message: Message) -> Ask:
        """How much is needed?"""
        del message
        return flyout("Supervision needed", render("pages/supervision_terms.html", needed=self.needed), "modal")

    def do_set_terms(self, message: Message) -> Done:
        """From now on."""
        self._calls.set_terms(minutes_a_month=message.whole("minutes_a_month"), idempotency_key=message.key)
        return Done("Set")

    def do_export(self, message: Message) -> Deliver:
        """Every meeting, for a licensing board."""
        del message
        rows = ((one.held_on.isoformat(), one.supervisor, one.supervisee, one.minutes, one.kind, one.topic, one.state)
                for one in self.shown.hours)  # fmt: skip
        return Deliver("supervision.csv", "text/csv", csv_file(_HEADS, rows), "The hours are saved.")


class SupervisionTermsPage(SupervisionPage):
    """The same for who says how much is needed and is in no supervision: that number alone."""

    needs = Permission.SET_SUPERVISION_TERMS
