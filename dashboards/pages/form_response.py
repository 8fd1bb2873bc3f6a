"""A form about one person: filled in and saved while typing, signed and then never changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.amending import ask_amend, keep_amendment
from dashboards.pages.cosigning import ask_cosign, ask_return, keep_cosign, keep_return
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import counted, render
from dashboards.parts.message import Message
from dashboards.parts.own_versions import OwnVersions
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import NOTE
from workbench.gate.errors import NotAllowed, StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.form_paper import FormFile
from workbench.screens.form_responses import ResponsePage as Shown

_ELSEWHERE = "This form was changed in another window. Copy what you typed here, then reload the page."


@dataclass(frozen=True)
class ResponseCalls:
    """The calls of the page, with actor and time already given; export: None where the role does not include it."""

    shown: Callable[..., Shown]
    save: Callable[..., Any]
    sign: Callable[..., Any]
    renew: Callable[..., Any]
    amend: Callable[..., Any]
    cosign: Callable[..., Any]
    give_back: Callable[..., Any]
    paper: Callable[..., FormFile]
    export: Callable[..., FormFile] | None


class FormResponsePage(Page):
    """One form with its answers."""

    needs = Permission.READ_CHART
    title = "Form"

    def __init__(
        self, opening: Opening, *, calls: ResponseCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._base = calls, zone, clock, base
        self._response_id = opening.ids["response_id"]
        self._versions = OwnVersions()
        self.shown: Shown | None = None

    def load(self) -> None:
        """The form as it stands."""
        self.shown = self._calls.shown(self._response_id)
        self.title = self.shown.title

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the file to the form; no name."""
        shown = self._open()
        return (Crumb(f"File {shown.number}", f"/patients/{shown.patient_id}?tab=forms"), Crumb(shown.title))

    def render(self) -> Markup:
        """The fields, or the locked form."""
        return render(
            "pages/form_response.html", form=self._open(), notes=NOTE, zone=self._zone, base=self._base,
            today=self._clock().astimezone(self._zone).date(), may_export=self._calls.export is not None,
            parked=[(one.question, one.answer) for one in self._open().parked],
        )  # fmt: skip

    def do_save(self, message: Message) -> Reply:
        """What is typed, kept as one more revision; what it asks then is drawn. Called while typing."""
        saved = self._save(message)
        if saved.problems:
            # The page puts “Not saved:” before it.
            return Refused("the marked answers. Everything else is.", saved.problems)
        self.load()
        return Redraw()

    def do_ask_sign(self, message: Message) -> Reply:
        """Keep what is typed, then ask: a signature cannot be taken back."""
        saved = self._save(message)
        self.load()
        shown = self._open()
        if saved.problems or shown.missing:
            problems = {**shown.missing, **saved.problems}
            return Refused(f"Not ready to sign: {counted(len(problems), 'answer')} to look at.", problems)
        return confirm(
            "sign", "Sign and lock this form?",
            f"{shown.title} {shown.label}, about {shown.patient_name}. Once signed it never changes.",
            label="Sign and lock", args={"version": str(saved.version)},
        )  # fmt: skip

    def do_sign(self, message: Message) -> Reply:
        """Sign the answers as they were when the question was asked."""
        try:
            done = self._calls.sign(
                self._response_id, expected_version=message.whole("version", least=1), idempotency_key=message.key
            )
        except StalePage:
            return Done(_ELSEWHERE, tone="warn")
        left = f"; {counted(done.left_out, 'answer')} not asked any more left out" if done.left_out else ""
        waits = "" if done.is_locked else "; it waits for the co-signature of your supervisor"
        return Done(f"Signed as {done.signed_as}{left}{waits}")

    def do_renew(self, message: Message) -> Done:
        """Go on with the version in use."""
        try:
            done = self._calls.renew(self._response_id, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        parked = f"; {counted(done.parked, 'answer')} without a place above it" if done.parked else ""
        return Done(f"It is version {done.label} now{parked}")

    def do_ask_amend(self, message: Message) -> Ask:
        """What, and why?"""
        del message
        return ask_amend()

    def do_amend(self, message: Message) -> Done:
        """After the signed form."""
        return keep_amendment(self._calls.amend, self._response_id, message)

    def do_ask_cosign(self, message: Message) -> Ask:
        """What do you vouch for?"""
        del message
        return ask_cosign()

    def do_cosign(self, message: Message) -> Done:
        """Locked with both signatures."""
        return keep_cosign(self._calls.cosign, self._response_id, message)

    def do_ask_return(self, message: Message) -> Ask:
        """What is to be revised?"""
        del message
        return ask_return()

    def do_give_back(self, message: Message) -> Done:
        """A draft again."""
        return keep_return(self._calls.give_back, self._response_id, message)

    def do_print(self, message: Message) -> Deliver:
        """On paper: everything, or what was answered only, or in large print."""
        how = message.text("how")
        file = self._calls.paper(self._response_id, answers_only=how == "answers", is_large=how == "large")
        return Deliver(file.name, file.media_type, file.content, "The form is saved as PDF.")

    def do_export(self, message: Message) -> Deliver:
        """In a file that other systems read."""
        if self._calls.export is None:
            raise NotAllowed
        kind = "csv" if message.text("kind") == "csv" else "json"
        file = self._calls.export(self._response_id, kind=kind)
        return Deliver(file.name, file.media_type, file.content, "The answers are saved.")

    def _save(self, message: Message) -> Any:
        named = message.whole("version")
        try:
            saved = self._calls.save(
                self._response_id, version=self._versions.meant(named), values=dict(message.values),
                idempotency_key=message.key,
            )  # fmt: skip
        except StalePage as refusal:
            raise WorkbenchError(_ELSEWHERE) from refusal
        self._versions.accept(named, saved.version)
        return saved

    def _open(self) -> Shown:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown
