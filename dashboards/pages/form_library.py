"""The library of templates: looking at one, taking one or a whole kind into use, bringing them up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Redraw, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.form_library import Here, Kind, LibraryLine, LibraryPreview

UI: Any = ENVIRONMENT.globals["ui"]
KINDS: Final = {
    Kind.PROGRESS: "Progress notes", Kind.ASSESSMENT: "Assessment", Kind.PLAN: "Plans and reviews",
    Kind.CONTACT: "Contacts", Kind.LETTER: "Letters", Kind.CONSENT: "Consents and notices",
}  # fmt: skip
LOOKS: Final = {
    Here.NOT: ("Not here", "neutral", "circle-dot"), Here.SAME: ("In use", "good", "circle-check"),
    Here.OLDER: ("Newer one", "warn", "trending-up"), Here.OWN: ("Your own edit", "info", "notebook-pen"),
    Here.OWN_OLDER: ("Your own edit, newer one", "warn", "notebook-pen"),
}  # fmt: skip
COLUMNS: Final = (
    Column("number", "No.", number=True), Column("title", "Template", leads=True), Column("signers", "Signed by"),
    Column("marks", "Note"), Column("here", "Here"), Column("do", "Do", label_hidden=True),
)  # fmt: skip
_TAKES: Final = frozenset({Here.NOT, Here.OLDER})


@dataclass(frozen=True)
class LibraryCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[LibraryLine, ...]]
    preview: Callable[..., LibraryPreview]
    take: Callable[..., Any]


class FormLibraryPage(Page):
    """Every template, kind by kind."""

    needs = Permission.SET_FORMS
    title = "Library of forms"

    def __init__(self, opening: Visit, *, calls: LibraryCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.tab = _kind(opening.query.get("tab", ""))
        self.words = ""
        self.shown: tuple[LibraryLine, ...] = ()

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the forms of the practice to where they come from."""
        return (Crumb("Forms", "/forms"), Crumb("Library"))

    def load(self) -> None:
        """All of them."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """Those of one kind, or those that have the words looked for, of whatever kind."""
        lines = self._lines()
        table = Table(
            "library", "Templates", COLUMNS, tuple(self._row(one) for one in lines), base=self._base,
            empty_title="None of this name", empty_text="Try another word, such as consent or plan.",
            empty_icon="search",
        )  # fmt: skip
        tabs = [(kind.value, words, sum(one.kind is kind for one in self.shown)) for kind, words in KINDS.items()]
        return render(
            "pages/form_library.html", table=table, tabs=tabs, tab=self.tab.value, words=self.words,
            takes=len(self._takes()), kind=KINDS[self.tab], base=self._base,
        )  # fmt: skip

    def _lines(self) -> list[LibraryLine]:
        if not self.words:
            return [one for one in self.shown if one.kind is self.tab]
        looked_for = self.words.casefold().split()
        return [one for one in self.shown if all(word in f"{one.title} {one.key}".casefold() for word in looked_for)]

    def _takes(self) -> list[LibraryLine]:
        """What the whole kind would bring: those that are not here or older, without those that are off."""
        return [one for one in self.shown if one.kind is self.tab and one.here in _TAKES and "off" not in one.marks]

    def _row(self, one: LibraryLine) -> Row:
        look: Markup = UI.button("Look at it", do="look", args={"id": one.key}, size="small")
        take = "Take it" if one.here is Here.NOT else "Update"
        if one.here in _TAKES:
            look += UI.button(take, do="ask_take", args={"id": one.key}, size="small")
        marks = ", ".join(mark for mark in one.marks if mark != "billable")
        cells = (one.number, one.title, ", ".join(one.signers) or "–", marks, UI.badge(*LOOKS[one.here]), look)
        return Row(one.key, cells, name=one.title)

    def do_tab(self, message: Message) -> Reply:
        """Another kind."""
        self.tab, self.words = _kind(message.text("tab")), ""
        return Redraw(f"/forms/library?tab={self.tab.value}")

    def do_filter(self, message: Message) -> Reply:
        """Those with these words in the name."""
        self.words = message.text("q").strip()[:80]
        return Redraw()

    def do_look(self, message: Message) -> Ask:
        """As it would be asked."""
        found = self._calls.preview(key=message.text("id"))
        html = render(
            "pages/form_library_look.html", one=found, look=LOOKS[found.line.here], takes=found.line.here in _TAKES,
            review_by=day(found.line.review_by),
        )  # fmt: skip
        return flyout(found.line.title, html)

    def do_ask_take(self, message: Message) -> Reply:
        """Sure?"""
        one = next((line for line in self.shown if line.key == message.text("id")), None)
        if one is None:
            return Done("This template is no longer in the library.", tone="warn")
        notice = "It is off until you ask for it by itself: read its notice first. " if "off" in one.marks else ""
        return confirm(
            "take", f"Take {one.title} into use?",
            f"{notice}It can be filled in from now on. The library's text was reviewed by its makers and not by your "
            "counsel; you can edit it later.", label="Take it", args={"id": one.key},
        )  # fmt: skip

    def do_ask_take_all(self, message: Message) -> Reply:
        """Sure?"""
        del message
        count = len(self._takes())
        return confirm(
            "take_all", f"Take {counted(count, 'template')} into use?",
            f"{KINDS[self.tab]}: those that are not here yet, and newer texts of those you did not change.",
            label="Take them",
        )  # fmt: skip

    def do_take(self, message: Message) -> Done:
        """In use."""
        return self._taken((message.text("id"),), message.key)

    def do_take_all(self, message: Message) -> Done:
        """All of the kind."""
        return self._taken(tuple(one.key for one in self._takes()), message.key)

    def _taken(self, keys: tuple[str, ...], key: str | None) -> Done:
        try:
            done = self._calls.take(keys=keys, idempotency_key=key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        newer = f", {done.newer} brought up to date" if done.newer else ""
        return Done(f"{counted(done.new, 'template')} in use{newer}")


def _kind(asked: str) -> Kind:
    return Kind(asked) if asked in Kind._value2member_map_ else Kind.PROGRESS
