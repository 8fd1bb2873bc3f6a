"""Editing a form: its lines beside the form as it would be asked, sample answers, steps that can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from dashboards.pages.form_line import KINDS, changed_line, new_line, typed_line
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Redraw, Reply
from dashboards.parts.routes import Visit
from workbench.actions.forms.edit_form import Step
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.form_design import DesignedForm, DesignedLine, FormTrial, FormulaTrial, Line

_ELSEWHERE: Final = "This form was edited in another window. This is how it is now."
WIDTHS: Final = (("desk", "Desk"), ("phone", "Phone"))


@dataclass(frozen=True)
class DesignCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[..., DesignedForm]
    line: Callable[..., Line]
    trial: Callable[..., FormTrial]
    formula: Callable[..., FormulaTrial]
    edit: Callable[..., Any]
    finish: Callable[..., Any]


class FormDesignPage(Page):
    """One form while it is edited."""

    needs = Permission.SET_FORMS
    title = "Edit a form"

    def __init__(self, opening: Visit, *, calls: DesignCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self._version_id = opening.ids["version_id"]
        self.width, self.language = "desk", ""
        self.shown: DesignedForm | None = None
        self.trial: FormTrial | None = None
        self.sample: dict[str, tuple[str, ...]] = {}

    def load(self) -> None:
        """The form after its last step. What was tried belongs to the form before it."""
        self.shown, self.trial = self._calls.shown(self._version_id, language=self.language), None
        self.sample = {}

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the forms to this one."""
        return (Crumb("Forms", "/forms"), Crumb(self._open().title))

    def render(self) -> Markup:
        """Its lines, and how it would be asked."""
        shown = self._open()
        return render(
            "pages/form_design.html", form=shown, trial=self.trial, kinds=KINDS, widths=WIDTHS,
            width=self.width, languages=[(one.tag, one.name) for one in shown.languages],
            language=next((one for one in shown.languages if one.tag == self.language), None),
            fields=self.trial.fields if self.trial else shown.fields, base=self._base,
            changes=counted(len(shown.differences), "change"),
        )  # fmt: skip

    def do_view(self, message: Message) -> Reply:
        """As wide as a desk or as a phone."""
        asked = message.text("view")
        self.width = asked if asked in dict(WIDTHS) else "desk"
        return Redraw()

    def do_language(self, message: Message) -> Reply:
        """As it is read in another language, and what of it is not translated."""
        asked = message.text("language")
        self.language = asked if asked in [one.tag for one in self._open().languages] else ""
        self.load()
        return Redraw()

    def do_try(self, message: Message) -> Reply:
        """With sample answers; nothing of them is kept."""
        self.sample = dict(message.values)
        self.trial = self._calls.trial(self._version_id, values=self.sample, language=self.language)
        return Redraw()

    def do_new(self, message: Message) -> Ask:
        """Which line, and after which?"""
        return new_line(self._open().lines, self._find(message.text("id")))

    def do_change(self, message: Message) -> Ask:
        """What does it say?"""
        link_id = message.text("id")
        return changed_line(self._open().lines, link_id, self._calls.line(self._version_id, link_id=link_id))

    def do_check(self, message: Message) -> Ask:
        """What does a formula come to with the sample answers?"""
        link_id, formula = message.text("id"), message.text("formula")
        told = self._calls.formula(self._version_id, link_id=link_id, formula=formula, values=self.sample)
        line = replace(self._calls.line(self._version_id, link_id=link_id), formula=formula)
        return changed_line(self._open().lines, link_id, line, told)

    def do_ask_title(self, message: Message) -> Ask:
        """Which name?"""
        del message
        return flyout("Name of the form", render("pages/form_design_title.html", form=self._open()))

    def do_title(self, message: Message) -> Reply:
        """Under another name."""
        return self._step(message, "title", title=message.text("title"))

    def do_add(self, message: Message) -> Reply:
        """A new line."""
        return self._step(message, "add", link_id=message.text("after"), line=typed_line(message))

    def do_say(self, message: Message) -> Reply:
        """A line said otherwise."""
        return self._step(message, "change", link_id=message.text("id"), line=typed_line(message))

    def do_remove(self, message: Message) -> Reply:
        """A line less, with what stands under it."""
        return self._step(message, "remove", link_id=message.text("id"))

    def do_up(self, message: Message) -> Reply:
        """One place up."""
        return self._step(message, "up", link_id=message.text("id"))

    def do_down(self, message: Message) -> Reply:
        """One place down."""
        return self._step(message, "down", link_id=message.text("id"))

    def do_back(self, message: Message) -> Reply:
        """The last step is taken back."""
        return self._step(message, "back")

    def do_ask_finish(self, message: Message) -> Reply:
        """What is different, and why?"""
        del message
        shown = self._open()
        if not shown.differences:
            return Done("Nothing is different yet.", tone="warn")
        return flyout("Make a version of it", render("pages/form_design_finish.html", form=shown))

    def do_finish(self, message: Message) -> Reply:
        """A draft, to be read and published."""
        try:
            done = self._calls.finish(
                self._version_id, number=self._open().number, why=message.text("why"), idempotency_key=message.key
            )
        except StalePage:
            return Done(_ELSEWHERE, tone="warn")
        return Done(f"Version {done.label} is a draft. Have it read, then publish it.", go="/forms")

    def _step(self, message: Message, do: str, **what: Any) -> Reply:
        try:
            self._calls.edit(
                self._version_id, number=self._open().number, step=Step(do, **what),
                idempotency_key=message.key,
            )  # fmt: skip
        except StalePage:
            return Done(_ELSEWHERE, tone="warn")
        except WorkbenchError as refusal:
            if do in ("add", "change", "title"):
                raise  # the dialog stays open, with what was typed
            return Done(sentence(refusal), tone="warn")
        return Done()

    def _find(self, link_id: str) -> DesignedLine | None:
        return next((one for one in self._open().lines if one.link_id == link_id), None)

    def _open(self) -> DesignedForm:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown
