"""The inbox of messages: by topic, who sees to what, how long it waits, and how fast the practice answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.message_words import TOPICS, how_long, role_words, waits
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.broadcast_preview import Reached
from workbench.screens.message_inbox import InboxLine, MessageInbox, TopicReport
from workbench.screens.message_terms import OwnAway
from workbench.screens.staff_directory import StaffEntry

UI: Any = ENVIRONMENT.globals["ui"]
VIEWS: Final = (
    ("all", "Open"), ("mine", "Mine"), *TOPICS.items(), ("overdue", "Overdue"), ("closed", "Closed"),
)  # fmt: skip
COLUMNS: Final = (
    Column("who", "From", leads=True), Column("subject", "About"), Column("topic", "Topic"),
    Column("assigned", "Seen to by"), Column("waits", "Waits"), Column("due", "Due"), Column("new", "New", number=True),
)  # fmt: skip

REPORT_COLUMNS: Final = (
    Column("topic", "Topic", leads=True), Column("within", "Within", number=True),
    Column("answered", "Answered", number=True), Column("median", "Median", number=True),
    Column("late", "Too late", number=True), Column("waiting", "Waiting", number=True),
    Column("overdue", "Overdue", number=True),
)  # fmt: skip


@dataclass(frozen=True)
class InboxCalls:
    """The calls, with actor and time already given; None for what the role does not include."""

    inbox: Callable[..., MessageInbox]
    staff: Callable[[], tuple[StaffEntry, ...]]
    preview: Callable[..., tuple[Reached, ...]] | None
    broadcast: Callable[..., Any] | None
    own_away: Callable[..., OwnAway] | None
    set_away: Callable[..., Any] | None


class MessagesPage(Page):
    """One row a thread."""

    needs = Permission.SEE_MESSAGES
    title = "Messages"
    wide = True

    def __init__(
        self, *, calls: InboxCalls, person_id: str, clinical: bool, zone: ZoneInfo, clock: Callable[[], datetime],
        base: str,
    ) -> None:  # fmt: skip
        self._calls, self._person_id, self._clinical = calls, person_id, clinical
        self._zone, self._clock, self._base = zone, clock, base
        self.inbox, self.view = MessageInbox(), "all"

    def load(self) -> None:
        """What is open, or what is closed."""
        self.inbox = self._calls.inbox(is_closed=self.view == "closed")

    def render(self) -> Markup:
        """What waits longest first."""
        lines = tuple(line for line in self.inbox.lines if self._is_shown(line))
        return render(
            "pages/messages.html", table=self._table(lines), report=self._report(), view=self.view,
            views=[one for one in VIEWS if one[0] != "clinical" or self._clinical],
            may_broadcast=self._calls.broadcast is not None, may_away=self._calls.own_away is not None,
        )  # fmt: skip

    def do_view(self, message: Message) -> Redraw:
        """Another part of the inbox."""
        chosen = message.text("view")
        self.view = chosen if chosen in dict(VIEWS) else "all"
        self.load()
        return Redraw()

    def do_ask_away(self, message: Message) -> Ask:
        """From when, until when, who covers, in which words?"""
        del message
        assert self._calls.own_away is not None
        return flyout("Out of office", render(
            "pages/messages_away.html", away=self._calls.own_away(self._person_id),
            covers=[(one.staff_id, one.name) for one in self._calls.staff()
                    if one.is_here and one.staff_id != self._person_id],
        ))  # fmt: skip

    def do_away(self, message: Message) -> Done:
        """Answered by itself from then on."""
        self._set_away(message, is_on=True)
        return Done("Whoever writes meanwhile is told so")

    def do_back(self, message: Message) -> Done:
        """Back again."""
        self._set_away(message, is_on=False)
        return Done("You are back")

    def do_ask_broadcast(self, message: Message) -> Ask:
        """To whom?"""
        del message
        return flyout("Write to several", self._broadcast_form())

    def do_preview(self, message: Message) -> Ask:
        """Whom would it reach?"""
        assert self._calls.preview is not None
        reached = self._calls.preview(
            topic=message.required("topic"), clinician_id=message.text("clinician"), on=self._on(message)
        )
        if not reached:
            raise FieldProblem("clinician", "Nobody is found so whom you may write to about this.")
        typed = {name: message.text(name) for name in ("topic", "clinician", "on", "subject", "text")}
        return flyout("Write to several", render(
            "pages/messages_broadcast_sure.html", reached=reached, typed=typed, topic=TOPICS.get(typed["topic"], "")
        ))  # fmt: skip

    def do_broadcast(self, message: Message) -> Done:
        """A thread for each."""
        assert self._calls.broadcast is not None
        done = self._calls.broadcast(
            patient_ids=list(message.all("patient")), topic=message.text("topic"), subject=message.text("subject"),
            text=message.text("text"), idempotency_key=message.key,
        )  # fmt: skip
        return Done(f"Sent to {done.threads}, each in a thread of their own")

    def _set_away(self, message: Message, *, is_on: bool) -> None:
        assert self._calls.set_away is not None
        self._calls.set_away(
            self._person_id, is_on=is_on, from_on=message.day("from_on"), until_on=message.day("until_on"),
            cover_id=message.text("cover_id"), text=message.text("text"), idempotency_key=message.key,
        )  # fmt: skip

    def _broadcast_form(self) -> Markup:
        clinicians = [(one.staff_id, one.name) for one in self._calls.staff() if one.is_clinician and one.is_here]
        topics = [(key, words) for key, words in TOPICS.items() if key != "clinical" or self._clinical]
        return render("pages/messages_broadcast.html", clinicians=clinicians, topics=topics)

    @staticmethod
    def _on(message: Message) -> date | None:
        return message.day("on") if message.text("on") else None

    def _is_shown(self, line: InboxLine) -> bool:
        if self.view == "mine":
            return line.assigned_to == self._person_id
        if self.view == "overdue":
            return line.is_overdue
        return self.view not in TOPICS or line.topic == self.view

    def _table(self, lines: tuple[InboxLine, ...]) -> Table:
        rows = tuple(
            Row(
                one.thread_id,
                (one.patient_name or f"File {one.number}", one.subject or "–", TOPICS[one.topic],
                 one.assigned_name or "Whoever is there", waits(one.waiting_since, self._clock()), self._due(one),
                 str(one.unread) if one.unread else ""),
                name=one.patient_name or f"file {one.number}",
                go=f"/messages/{one.thread_id}" if self.inbox.may_answer else None,
            )
            for one in lines
        )  # fmt: skip
        return Table("messages", "Threads", COLUMNS, rows, base=self._base, empty_title="Nothing here",
                     empty_text="What people in care write, and what is written to them, stands here.",
                     empty_icon="inbox")  # fmt: skip

    def _report(self) -> Table:
        """How fast each topic is answered."""
        rows = tuple(
            Row(one.topic, (TOPICS[one.topic], f"{one.hours} h", str(one.answered), _median(one), str(one.late),
                            str(one.waiting), str(one.overdue)), name=TOPICS[one.topic])
            for one in self.inbox.reports if one.topic != "clinical" or self._clinical
        )  # fmt: skip
        return Table("how-fast", "How fast each topic is answered", REPORT_COLUMNS, rows, base=self._base)

    def _due(self, one: InboxLine) -> Markup | str:
        if one.due_at is None:
            return ""
        if not one.is_overdue:
            return instant(one.due_at, self._zone)
        called = f", {role_words(one.escalated_to)} called" if one.escalated_to else ""
        badge: Markup = UI.badge(f"Overdue{called}", "bad", "clock-alert")
        return badge


def _median(one: TopicReport) -> str:
    return "–" if one.median_minutes is None else how_long(timedelta(minutes=one.median_minutes))
