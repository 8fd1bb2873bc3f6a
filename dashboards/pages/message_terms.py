"""Within which time each topic is answered, who is called when it is not, and how long it is kept."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from dashboards.pages.message_words import TOPICS, role_words
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done
from workbench.gate.permissions import Permission
from workbench.screens.message_terms import TopicTerms


class MessageTermsPage(Page):
    """One form a topic."""

    needs = Permission.SET_MESSAGE_TERMS
    title = "Answering times"

    def __init__(self, *, terms: Callable[[], tuple[TopicTerms, ...]], set_terms: Callable[..., Any]) -> None:
        self._terms, self._set = terms, set_terms
        self.shown: tuple[TopicTerms, ...] = ()

    def load(self) -> None:
        """What counts."""
        self.shown = self._terms()

    def render(self) -> Markup:
        """The forms."""
        return render("pages/message_terms.html", shown=self.shown, topics=TOPICS, said=role_words)

    def do_set(self, message: Message) -> Done:
        """It counts for who begins to wait from now on."""
        self._set(
            topic=message.text("topic"), hours=message.whole("hours"), escalate_to=message.text("escalate_to"),
            retention_years=message.whole("retention_years"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("It counts from now on")
