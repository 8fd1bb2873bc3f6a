"""One thread: read, answered, remarked on among colleagues, given to somebody, moved, closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.message_words import BASES, HAPPENED, TOPIC_HINTS, TOPICS, role_words, waits
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.message_thread import EventShown, ThreadShown, Topic, sounds_clinical
from workbench.screens.patient_documents import DocumentFile


@dataclass(frozen=True)
class ThreadCalls:
    """The calls, with actor and time already given; None for what the role does not include."""

    thread: Callable[..., ThreadShown]
    read: Callable[..., Any]
    draft: Callable[..., Any]
    answer: Callable[..., Any]
    remark: Callable[..., Any]
    route: Callable[..., Any]
    close: Callable[..., Any]
    report: Callable[..., Any] | None
    upload: Callable[..., Any] | None
    file: Callable[..., DocumentFile] | None


class MessageThreadPage(Page):
    """What was written, and what to do about it."""

    needs = Permission.ANSWER_MESSAGES
    title = "Thread"

    def __init__(
        self, opening: Opening, *, calls: ThreadCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._base = calls, zone, clock, base
        self._thread_id = opening.ids["thread_id"]
        self.shown: ThreadShown | None = None

    def load(self) -> None:
        """The thread; who opens it has read it."""
        self.shown = self._calls.thread(self._thread_id)
        if any(one.is_new and not one.is_mine for one in self.shown.messages):
            self._calls.read(self._thread_id, upto=self.shown.last_nth)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the inbox; no name and no subject."""
        return (Crumb("Messages", "/messages"), Crumb(self.title))

    def render(self) -> Markup:
        """The messages, the answer, and beside them who reads it and what was done."""
        shown = self._open()
        return render(
            "pages/message_thread.html", thread=shown, topics=TOPICS, hints=TOPIC_HINTS, bases=BASES,
            waits=waits(shown.waiting_since, self._clock()), done=[self._told(one) for one in shown.events],
            zone=self._zone, base=self._base, may_report=self._calls.report is not None,
            may_attach=self._calls.upload is not None, called=role_words(shown.escalated_to),
        )  # fmt: skip

    def do_save(self, message: Message) -> Redraw:
        """The draft. Called while typing."""
        self._calls.draft(self._thread_id, text=message.text("text"))
        return Redraw()

    def do_send(self, message: Message) -> Reply:
        """The answer; where the office reads too, what sounds clinical is asked about first."""
        text, shown = message.text("text"), self._open()
        document_id = message.text("document") or self._filed(message)
        words = sounds_clinical(text) if shown.topic != Topic.CLINICAL else ()
        if words and not message.ticked("sure"):
            self._calls.draft(self._thread_id, text=text)
            return flyout("The office reads this too", render(
                "pages/message_sure.html", words=words, text=text, stamp=message.text("audience"),
                document=document_id,
            ), "modal")  # fmt: skip
        self._calls.answer(self._thread_id, text=text, audience=message.text("audience"),
                           document_id=document_id, idempotency_key=message.key)  # fmt: skip
        return Done("Sent")

    def do_remark(self, message: Message) -> Done:
        """For colleagues."""
        self._calls.remark(self._thread_id, text=message.text("remark"), idempotency_key=message.key)
        return Done("Your colleagues see it; nobody outside does")

    def do_assign(self, message: Message) -> Done:
        """Who sees to it."""
        self._calls.route(self._thread_id, topic=self._open().topic, assigned_to=message.text("assigned_to"),
                          idempotency_key=message.key)  # fmt: skip
        return Done("Given on")

    def do_ask_move(self, message: Message) -> Ask:
        """Where to, and who reads it then?"""
        del message
        shown = self._open()
        others = [one for one in Topic if one != shown.topic]
        return flyout("Move to another topic", render(
            "pages/message_move.html", thread=shown, others=others, topics=TOPICS, hints=TOPIC_HINTS,
            from_clinical=shown.topic == Topic.CLINICAL,
        ))  # fmt: skip

    def do_move(self, message: Message) -> Done:
        """Others read it from then on."""
        topic = message.required("topic", "Please choose one.")
        audience = self._open().audiences[Topic(topic)].stamp if topic in set(Topic) else ""
        self._calls.route(self._thread_id, topic=topic, assigned_to="", audience=audience,
                          hand_over=message.ticked("hand_over"), idempotency_key=message.key)  # fmt: skip
        return self._after_moving()

    def do_ask_close(self, message: Message) -> Ask:
        """Sure?"""
        del message
        waits_on = self._open().waiting_since is not None
        text = "Nobody has answered what came last. " if waits_on else ""
        return confirm("close", "Close this thread?", f"{text}Whoever writes in it opens it again.", label="Close it")

    def do_close(self, message: Message) -> Done:
        """Nothing more to do."""
        self._calls.close(self._thread_id, is_closed=True, idempotency_key=message.key)
        return Done("Closed")

    def do_reopen(self, message: Message) -> Done:
        """There is."""
        self._calls.close(self._thread_id, is_closed=False, idempotency_key=message.key)
        return Done("Open again")

    def do_ask_report(self, message: Message) -> Ask:
        """What happened?"""
        del message
        return flyout("Call the privacy officer", render("pages/message_report.html"))

    def do_report(self, message: Message) -> Done:
        """They read this thread from now on."""
        if self._calls.report is None:
            raise NotFound
        self._calls.report(self._thread_id, reason=message.text("reason"), idempotency_key=message.key)
        return Done("The privacy officer is called, and reads this thread")

    def do_file(self, message: Message) -> Deliver:
        """A file that came with a message."""
        if self._calls.file is None:
            raise NotFound
        found = self._calls.file(message.text("id"))
        return Deliver(found.name, found.kind.media_type, found.content, "The file is saved.")

    def _filed(self, message: Message) -> str:
        files = message.files.get("file", ())
        if not files or self._calls.upload is None:
            return ""
        shown = self._open()
        done = self._calls.upload(
            shown.patient_id, content=files[0].content, title="Sent with a message", category="correspondence",
            audience="clinical" if shown.topic == Topic.CLINICAL else "office",
        )  # fmt: skip
        return str(done.document_id)

    def _after_moving(self) -> Done:
        """Whoever moved it to where they do not read is led back to the inbox."""
        try:
            self._calls.thread(self._thread_id)
        except NotFound:
            return Done("Moved; it is read by others now", go="/messages")
        return Done("Moved")

    def _told(self, event: EventShown) -> tuple[str, datetime, str]:
        value = TOPICS.get(event.value, role_words(event.value)) or "whoever is there"
        return (
            HAPPENED[event.happened].format(value),
            event.at,
            event.by or ("From the portal" if event.is_outside else "By itself"),
        )

    def _open(self) -> ThreadShown:
        assert self.shown is not None
        return self.shown
