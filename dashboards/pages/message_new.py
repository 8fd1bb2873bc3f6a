"""A first message to somebody in care."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from dashboards.pages.message_words import BASES, TOPIC_HINTS, TOPICS
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done
from dashboards.parts.routes import Visit as Opening
from workbench.gate.permissions import Permission
from workbench.screens.message_thread import NewThread, Topic


class NewMessagePage(Page):
    """To one person."""

    needs = Permission.ANSWER_MESSAGES
    title = "New message"

    def __init__(
        self, opening: Opening, *, new_thread: Callable[..., NewThread], open_thread: Callable[..., Any], base: str
    ) -> None:
        self._new, self._send, self._base = new_thread, open_thread, base
        self._patient_id = opening.ids["patient_id"]
        self.shown: NewThread | None = None

    def load(self) -> None:
        """Who would read it."""
        self.shown = self._new(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the inbox."""
        return (Crumb("Messages", "/messages"), Crumb(self.title))

    def render(self) -> Markup:
        """The form."""
        return render("pages/message_new.html", new=self.shown, topics=TOPICS, hints=TOPIC_HINTS, bases=BASES,
                      base=self._base)  # fmt: skip

    def do_send(self, message: Message) -> Done:
        """It is with them."""
        assert self.shown is not None
        topic = message.required("topic", "Please choose one.")
        audience = self.shown.audiences[Topic(topic)].stamp if topic in set(Topic) else ""
        done = self._send(self._patient_id, topic=topic, subject=message.text("subject"), text=message.text("text"),
                          audience=audience, idempotency_key=message.key)  # fmt: skip
        return Done("Sent", go=f"/messages/{done.thread_id}")
