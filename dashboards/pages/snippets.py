"""One's own short texts: added, worded anew, retired. Nobody sees another's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import sentence
from workbench.screens.own_snippets import LONGEST_NAME, LONGEST_TEXT, SnippetShown, blanks

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS: Final = (Column("name", "Name", leads=True), Column("text", "Text"), Column("blanks", "Blanks", number=True),
                  Column("do", "Do", label_hidden=True))  # fmt: skip
_BEGINNING: Final = 90


@dataclass(frozen=True)
class SnippetCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[SnippetShown, ...]]
    add: Callable[..., Any]
    change: Callable[..., Any]
    retire: Callable[..., Any]


class SnippetsPage(Page):
    """What is written again and again, with blanks for what differs."""

    needs = Permission.SET_SNIPPETS
    title = "Short texts"

    def __init__(self, *, calls: SnippetCalls) -> None:
        self._calls = calls
        self.shown: tuple[SnippetShown, ...] = ()

    def load(self) -> None:
        """Those in use."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row each."""
        rows = tuple(
            Row(one.snippet_id, (
                one.name, _beginning(one.text), str(len(blanks(one.text))),
                UI.button("Change…", do="ask_change", args={"id": one.snippet_id}, size="small")
                + UI.button("Retire…", do="ask_retire", args={"id": one.snippet_id}, size="small"),
            ), name=one.name)
            for one in self.shown
        )  # fmt: skip
        table = Table("snippets", "Your short texts", COLUMNS, rows, empty_title="No short texts yet",
                      empty_text="Keep what you write again and again, with blanks for what differs.",
                      empty_icon="notebook-pen")  # fmt: skip
        return render("pages/snippets.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """Which?"""
        del message
        return _asked("add", "A short text", None)

    def do_add(self, message: Message) -> Done:
        """It can be inserted."""
        self._calls.add(name=message.text("name"), text=message.text("text"), idempotency_key=message.key)
        return Done("It can be inserted from now on")

    def do_ask_change(self, message: Message) -> Reply:
        """How does it go now?"""
        one = self._one(message)
        return _GONE if one is None else _asked("change", "Word it anew", one)

    def do_change(self, message: Message) -> Done:
        """Notes that hold it as it was keep it so."""
        try:
            self._calls.change(
                message.text("id"), expected_version=message.whole("version", least=1), name=message.text("name"),
                text=message.text("text"), idempotency_key=message.key,
            )  # fmt: skip
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Changed")

    def do_ask_retire(self, message: Message) -> Reply:
        """Sure?"""
        one = self._one(message)
        if one is None:
            return _GONE
        return confirm("retire", f"Retire {one.name}?", "It is offered no more. Notes that hold it stay as they are.",
                       label="Retire it", args={"id": one.snippet_id}, danger=True)  # fmt: skip

    def do_retire(self, message: Message) -> Done:
        """Off the list."""
        self._calls.retire(message.text("id"), idempotency_key=message.key)
        return Done("Retired")

    def _one(self, message: Message) -> SnippetShown | None:
        return next((one for one in self.shown if one.snippet_id == message.text("id")), None)


_GONE: Final = Done("This text is no longer on the list.", tone="warn")


def _asked(do: str, label: str, one: SnippetShown | None) -> Ask:
    html = render("pages/snippets_edit.html", do=do, one=one, longest_name=LONGEST_NAME, longest_text=LONGEST_TEXT)
    return flyout(label, html)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING].rstrip() + "…"
