"""The forms of the practice: taking one in, looking at it on a desk and on a telephone, publishing, retiring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.form_packs import PackCalls, Packs
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.form_paper import FormFile
from workbench.screens.forms import FormPreview, FormShown, VersionShown, VersionState

UI: Any = ENVIRONMENT.globals["ui"]
LOOKS = {
    VersionState.DRAFT: ("Draft", "warn", "notebook-pen"), VersionState.REVIEW: ("In review", "info", "eye"),
    VersionState.PUBLISHED: ("In use", "good", "circle-check"),
    VersionState.RETIRED: ("Retired", "neutral", "lock"),
}  # fmt: skip
COLUMNS = (
    Column("title", "Form", leads=True), Column("label", "Version"), Column("state", "State"), Column("since", "Since"),
    Column("do", "Do", label_hidden=True),
)  # fmt: skip


@dataclass(frozen=True)
class FormCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[FormShown, ...]]
    preview: Callable[..., FormPreview]
    take_in: Callable[..., Any]
    publish: Callable[..., Any]
    retire: Callable[..., Any]
    ask_review: Callable[..., Any]
    give_back: Callable[..., Any]
    blank: Callable[..., FormFile]


class FormsPage(Packs, Page):
    """Every form with its versions."""

    needs = Permission.SET_FORMS
    title = "Forms"

    def __init__(self, *, calls: FormCalls, packs: PackCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._packs, self._zone, self._base = calls, packs, zone, base
        self.words = ""
        self.shown: tuple[FormShown, ...] = ()

    def load(self) -> None:
        """All of them."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row a version."""
        looked_for = self.words.casefold().split()
        forms = [one for one in self.shown if all(word in one.title.casefold() for word in looked_for)]
        rows = tuple(self._row(form, version) for form in forms for version in form.versions)
        table = Table(
            "forms", "Forms and their versions", COLUMNS, rows, base=self._base, empty_title="No forms yet",
            empty_text="Take one from the library, or take in a FHIR Questionnaire or a REDCap dictionary.",
            empty_icon="clipboard-list",
        )  # fmt: skip
        return render("pages/forms.html", table=table, base=self._base, words=self.words, is_any=bool(self.shown))

    def _row(self, form: FormShown, version: VersionShown) -> Row:
        look: Markup = UI.button("Look at it", do="look", args={"id": version.version_id}, size="small")
        edit = UI.link_button("Edit", f"{self._base}/forms/{version.version_id}/edit", size="small")
        newer = edit + UI.button("New version…", do="new", args={"id": form.template_id}, size="small")
        since = day(version.at, self._zone)
        cells = (form.title, version.label, UI.badge(*LOOKS[VersionState(version.state)]), since,
                 look + newer if version is form.newest else look)  # fmt: skip
        return Row(version.version_id, cells, name=f"{form.title} {version.label}")

    def do_filter(self, message: Message) -> Reply:
        """Those with these words in the name."""
        self.words = message.text("q").strip()[:80]
        return Redraw()

    def do_new(self, message: Message) -> Ask:
        """Which file?"""
        form = next((one for one in self.shown if one.template_id == message.text("id")), None)
        title = f"A new version of {form.title}" if form else "Take in a form"
        return flyout(title, render("pages/forms_new.html", form=form))

    def do_take_in(self, message: Message) -> Done:
        """A draft; it is shown at once, with what of it is kept and not done."""
        files = message.files.get("file", ())
        if not files:
            raise FieldProblem("file", "Choose a file first.")
        try:
            done = self._calls.take_in(
                content=files[0].content, title=message.text("title"), template_id=message.text("id"),
                idempotency_key=message.key,
            )  # fmt: skip
        except WorkbenchError as refusal:
            if getattr(refusal, "fields", None):
                raise
            raise FieldProblem("file", sentence(refusal)) from refusal
        noted = f", {counted(done.warnings, 'thing')} to know about it" if done.warnings else ""
        return Done(f"Version {done.label} is a draft{noted}", stays=lambda: self._preview(done.version_id))

    def do_look(self, message: Message) -> Ask:
        """As it would be asked."""
        return self._preview(message.text("id"))

    def do_ask_publish(self, message: Message) -> Ask:
        """Sure?"""
        return confirm(
            "publish", "Publish this version?",
            "From now on it is what is filled in. What was filled in before stays with the version it was of.",
            label="Publish it", args={"id": message.text("id")},
        )  # fmt: skip

    def do_publish(self, message: Message) -> Reply:
        """In use."""
        return self._said(self._calls.publish, message, "In use from now on")

    def do_ask_review(self, message: Message) -> Reply:
        """Somebody else reads it first."""
        return self._said(self._calls.ask_review, message, "It waits for its reader")

    def do_ask_give_back(self, message: Message) -> Ask:
        """What should change?"""
        return flyout("Give it back", render("pages/forms_give_back.html", version_id=message.text("id")))

    def do_give_back(self, message: Message) -> Done:
        """A draft again, with a word."""
        self._calls.give_back(message.text("id"), said=message.text("said"), idempotency_key=message.key)
        return Done("Given back")

    def do_blank(self, message: Message) -> Deliver:
        """Empty, to be filled in by hand."""
        file = self._calls.blank(message.text("id"), is_large=bool(message.text("large")))
        return Deliver(file.name, file.media_type, file.content, "The empty form is saved.")

    def do_retire(self, message: Message) -> Reply:
        """Out of use."""
        return self._said(self._calls.retire, message, "Out of use")

    def _preview(self, version_id: str) -> Ask:
        preview = self._calls.preview(version_id)
        state = preview.version.state
        html = render(
            "pages/forms_look.html", one=preview, look=LOOKS[VersionState(state)], is_draft=state == VersionState.DRAFT,
            is_review=state == VersionState.REVIEW, is_retired=state == VersionState.RETIRED, zone=self._zone,
        )  # fmt: skip
        return flyout(f"{preview.title} {preview.version.label}", html)

    def _said(self, call: Callable[..., Any], message: Message, words: str) -> Done:
        try:
            call(message.text("id"), idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(words)
