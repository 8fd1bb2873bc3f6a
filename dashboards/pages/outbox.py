"""The outbox: what waits to be sent, what did not go out and why, what was sent; sending once more, giving up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.reminders import BY, STATES, WHY, WINDOWS
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import ENVIRONMENT, clock, day, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Redraw, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.deliveries import GIVES_UP, Deliveries, ReminderShown

UI: Any = ENVIRONMENT.globals["ui"]
TABS: Final = ("wait", "stuck", "sent")
OVER: Final = {
    "moved": "the appointment moved",
    "over": "the appointment is over or cancelled",
    "overtaken": "a later one went instead",
    "given_up": "somebody gave it up",
}
"""Why one was dropped that nobody has to do anything about."""


@dataclass(frozen=True)
class OutboxCalls:
    """The calls of the page, with actor and time already given; None where the role does not include it."""

    shown: Callable[[], Deliveries]
    retry: Callable[..., Any] | None
    give_up: Callable[..., Any] | None


class OutboxPage(Page):
    """What a reminder says stands nowhere here; who it is for, when it goes and by what way does."""

    needs = Permission.SEE_REMINDERS
    title = "Outbox"
    wide = True

    def __init__(self, *, calls: OutboxCalls, zone: ZoneInfo, word: str, base: str) -> None:
        self._calls, self._zone, self._word, self._base = calls, zone, word, base
        self.tab = "wait"
        self.shown = Deliveries()

    def load(self) -> None:
        """As it stands."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One of the lists."""
        shown = self.shown
        counts = {"wait": len(shown.waiting), "stuck": len(shown.stuck), "sent": len(shown.sent)}
        table = {"wait": self._waiting, "stuck": self._stuck, "sent": self._sent}[self.tab]()
        return render("pages/outbox.html", tab=self.tab, counts=counts, table=table, is_on=shown.is_on, base=self._base)

    def do_tab(self, message: Message) -> Redraw:
        """Another list."""
        self.tab = message.text("tab") if message.text("tab") in TABS else "wait"
        return Redraw()

    def do_retry(self, message: Message) -> Reply | None:
        """Once more."""
        return self._told(
            message,
            self._calls.retry,
            lambda done: f"Goes out {instant(done.due_at, self._zone)}",
        )

    def do_ask_give_up(self, message: Message) -> Reply:
        """Sure?"""
        one = next((one for one in self._all() if one.reminder_id == message.text("id")), None)
        if one is None:
            return Done("This is no longer on the page.", tone="warn")
        return confirm(
            "give_up", "Give it up?",
            f"{one.name} is not reminded by it, and nobody is asked to call because of it.",
            label="Give it up", args={"id": one.reminder_id, "version": str(one.version)}, danger=True,
        )  # fmt: skip

    def do_give_up(self, message: Message) -> Reply | None:
        """It is left."""
        return self._told(
            message,
            self._calls.give_up,
            lambda _: "Given up",
        )

    def _told(self, message: Message, verb: Callable[..., Any] | None, toast: Callable[[Any], str]) -> Done | None:
        """What happened to it meanwhile is told, and the list is drawn as it is."""
        if verb is None:
            return None
        version = message.whole("version", least=1)
        try:
            done = verb(message.text("id"), expected_version=version, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(toast(done))

    def _all(self) -> tuple[ReminderShown, ...]:
        return (*self.shown.waiting, *self.shown.stuck)

    def _waiting(self) -> Table:
        columns = (Column("due", "Goes out", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("how", "How", only_wide=True),
                   Column("state", "State"), Column("do", "Do", label_hidden=True))  # fmt: skip
        rows = tuple(
            self._row(one, (
                instant(one.due_at, self._zone), self._linked(one), self._start(one), _how(one),
                Markup("{} {}").format(UI.status(STATES.of(one.state)), _tried(one)), self._verbs(one),
            ))
            for one in self.shown.waiting
        )  # fmt: skip
        return Table("waiting", "What waits to be sent", columns, rows, empty_title="Nothing waits",
                     empty_text="Reminders are planned four days ahead, once they are on.",
                     empty_icon="inbox")  # fmt: skip

    def _stuck(self) -> Table:
        columns = (Column("at", "When", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("how", "How", only_wide=True),
                   Column("why", "Why"), Column("do", "Do", label_hidden=True))  # fmt: skip
        rows = tuple(
            self._row(one, (
                instant(one.changed_at, self._zone), self._linked(one), self._start(one), _how(one),
                Markup("{}<br><small class='muted'>{}</small>").format(UI.status(STATES.of(one.state)), _why(one)),
                self._verbs(one),
            ))
            for one in self.shown.stuck
        )  # fmt: skip
        return Table("stuck", "What did not go out in seven days", columns, rows, empty_title="Everything went out",
                     empty_text="What an address refused, what may have gone out and what was dropped is listed here.",
                     empty_icon="circle-check")  # fmt: skip

    def _sent(self) -> Table:
        columns = (Column("at", "Sent", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("how", "How"), Column("state", "Answer"))  # fmt: skip
        rows = tuple(
            self._row(one, (
                instant(one.changed_at, self._zone), self._linked(one), self._start(one), _how(one),
                UI.status(STATES.of(one.answered or one.state)),
            ))
            for one in self.shown.sent
        )  # fmt: skip
        return Table("sent", "What went out in seven days", columns, rows, empty_title="Nothing went out yet",
                     empty_text="What was sent is listed for a week.", empty_icon="mail")  # fmt: skip

    def _verbs(self, one: ReminderShown) -> Markup:
        args, found = {"id": one.reminder_id, "version": str(one.version)}, Markup("")
        if self._calls.retry is not None and one.reminder_id in self.shown.may_retry:
            found += UI.button("Send again", do="retry", args=args, size="small",
                               attrs={"aria-label": f"Send again to {one.name}"})  # fmt: skip
        if self._calls.give_up is not None and one.state in GIVES_UP:
            found += UI.button("Give up…", do="ask_give_up", args=args, size="small",
                               attrs={"aria-label": f"Give up on {one.name}"})  # fmt: skip
        return Markup("<span class='row tight'>{}</span>").format(found) if found else found

    def _row(self, one: ReminderShown, cells: tuple[Any, ...]) -> Row:
        return Row(one.reminder_id, cells, name=one.name)

    def _start(self, one: ReminderShown) -> str:
        return f"{day(one.starts_at, self._zone)}, {clock(one.starts_at, self._zone)}"

    def _linked(self, one: ReminderShown) -> Markup:
        return Markup('<a href="{}/patients/{}">{}</a>').format(self._base, one.patient_id, one.name)


def _how(one: ReminderShown) -> str:
    return f"{WINDOWS[one.window]}, {BY[one.channel]}"


def _why(one: ReminderShown) -> str:
    return WHY.get(one.why) or OVER.get(one.why, "")


def _tried(one: ReminderShown) -> Markup:
    """What it waits for, of one that was tried before."""
    if one.state != "planned" or not one.attempts:
        return Markup("")
    return Markup("<br><small class='muted'>{}</small>").format(_why(one) or "tried before")
