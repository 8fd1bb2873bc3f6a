"""Editing a form: its lines beside the form as it would be asked, sample answers, steps that can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

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
from workbench.screens.form_design import MADE_BY_HAND, DesignedForm, DesignedLine, FormTrial, ItemType, Line

_ELSEWHERE: Final = "This form was edited in another window. This is how it is now."
KINDS: Final = {
    ItemType.TEXT: "Long text", ItemType.STRING: "Short text", ItemType.CHOICE: "Choice",
    ItemType.OPEN_CHOICE: "Choice or own answer", ItemType.BOOLEAN: "Yes or no", ItemType.INTEGER: "Whole number",
    ItemType.DECIMAL: "Number", ItemType.DATE: "Day", ItemType.DATE_TIME: "Day and time", ItemType.TIME: "Time",
    ItemType.GROUP: "Section", ItemType.DISPLAY: "Words to read", ItemType.QUANTITY: "Amount with unit",
    ItemType.URL: "Address", ItemType.ATTACHMENT: "File", ItemType.REFERENCE: "Link",
}  # fmt: skip
WIDTHS: Final = (("desk", "Desk"), ("phone", "Phone"))


@dataclass(frozen=True)
class DesignCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[..., DesignedForm]
    line: Callable[..., Line]
    trial: Callable[..., FormTrial]
    edit: Callable[..., Any]
    finish: Callable[..., Any]


class FormDesignPage(Page):
    """One form while it is edited."""

    needs = Permission.SET_FORMS
    title = "Edit a form"

    def __init__(self, opening: Visit, *, calls: DesignCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self._version_id = opening.ids["version_id"]
        self.width = "desk"
        self.shown: DesignedForm | None = None
        self.trial: FormTrial | None = None

    def load(self) -> None:
        """The form after its last step. What was tried belongs to the form before it."""
        self.shown, self.trial = self._calls.shown(self._version_id), None

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the forms to this one."""
        return (Crumb("Forms", "/forms"), Crumb(self._open().title))

    def render(self) -> Markup:
        """Its lines, and how it would be asked."""
        shown = self._open()
        return render(
            "pages/form_design.html", form=shown, trial=self.trial, kinds=KINDS, widths=WIDTHS, width=self.width,
            fields=self.trial.fields if self.trial else shown.fields, base=self._base,
            changes=counted(len(shown.differences), "change"),
        )  # fmt: skip

    def do_view(self, message: Message) -> Reply:
        """As wide as a desk or as a phone."""
        asked = message.text("view")
        self.width = asked if asked in dict(WIDTHS) else "desk"
        return Redraw()

    def do_try(self, message: Message) -> Reply:
        """With sample answers; nothing of them is kept."""
        self.trial = self._calls.trial(self._version_id, values=dict(message.values))
        return Redraw()

    def do_new(self, message: Message) -> Ask:
        """Which line, and after which?"""
        after = self._find(message.text("id"))
        kinds = [(kind.value, KINDS[kind]) for kind in MADE_BY_HAND]
        where = f"After “{after.text[:60]}”" if after else "At the end"
        html = render("pages/form_design_line.html", line=None, after=after.link_id if after else "", kinds=kinds,
                      before=self._hangs_on(after), where=where)  # fmt: skip
        return flyout("Another line", html)

    def do_change(self, message: Message) -> Ask:
        """What does it say?"""
        found = self._find(message.text("id"))
        line = self._calls.line(self._version_id, link_id=message.text("id"))
        html = render("pages/form_design_line.html", line=line, link_id=message.text("id"), kind=KINDS[line.kind],
                      is_choice=line.kind in (ItemType.CHOICE, ItemType.OPEN_CHOICE),
                      is_question=line.kind not in (ItemType.GROUP, ItemType.DISPLAY),
                      before=self._hangs_on(found))  # fmt: skip
        return flyout("Change the line", html)

    def do_ask_title(self, message: Message) -> Ask:
        """Which name?"""
        del message
        return flyout("Name of the form", render("pages/form_design_title.html", form=self._open()))

    def do_title(self, message: Message) -> Reply:
        """Under another name."""
        return self._step(message, "title", title=message.text("title"))

    def do_add(self, message: Message) -> Reply:
        """A new line."""
        return self._step(message, "add", link_id=message.text("after"), line=self._typed(message))

    def do_say(self, message: Message) -> Reply:
        """A line said otherwise."""
        return self._step(message, "change", link_id=message.text("id"), line=self._typed(message))

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
            if set(getattr(refusal, "fields", {})) & set(message.values):
                raise
            return Done(sentence(refusal), tone="warn")
        return Done()

    def _typed(self, message: Message) -> Line:
        kind = message.text("kind")
        return Line(
            text=message.text("text"),
            kind=ItemType(kind) if kind in ItemType._value2member_map_ else ItemType.TEXT,
            hint=message.text("hint"),
            is_required=bool(message.text("required")),
            repeats=bool(message.text("repeats")),
            answers=tuple(message.text("answers").splitlines()),
            asked_if=(message.text("asked_if"), message.text("asked_if_answer")),
        )

    def _find(self, link_id: str) -> DesignedLine | None:
        return next((one for one in self._open().lines if one.link_id == link_id), None)

    def _hangs_on(self, line: DesignedLine | None) -> list[tuple[str, str]]:
        """The questions above a line that it may hang on: choices, and yes or no."""
        lines = self._open().lines
        above = lines[: lines.index(line)] if line in lines else lines
        of_choices = (ItemType.CHOICE, ItemType.OPEN_CHOICE, ItemType.BOOLEAN)
        return [(one.link_id, one.text[:80]) for one in above if one.kind in of_choices]

    def _open(self) -> DesignedForm:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown
