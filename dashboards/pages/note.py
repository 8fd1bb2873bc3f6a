"""The note of one session: written beside the last one, saved while typing, signed and then never changed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.amending import ask_amend, keep_amendment
from dashboards.pages.cosigning import ask_cosign, ask_return, keep_cosign, keep_return
from dashboards.pages.pick_code import CodePicker
from dashboards.pages.repeating import ask_though_it_repeats, figures_said
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import clock, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.own_versions import OwnVersions
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT, NOTE
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.time import day_of
from workbench.screens.form_paper import FormFile
from workbench.screens.note_aids import WRITTEN_ANEW
from workbench.screens.note_for_attendance import NotePage as Shown

PARTS = (
    ("subjective", "Subjective", "What they said: in their words, since last time."),
    ("objective", "Objective", "What you saw: appearance, mood, affect, measures."),
    ("assessment", "Assessment", "What it means: progress, risk, why care is needed."),
    ("plan", "Plan", "What happens next."),
)
_NAMES = tuple(name for name, _, _ in PARTS)


class NotePage(Page):
    """One note. Each callable is the verb or screen of its name, with gate, actor and time given."""

    needs = Permission.WRITE_NOTE
    title = "Note"
    wide = True

    def __init__(
        self,
        opening: Opening,
        *,
        note_for_attendance: Callable[..., Shown],
        write_note: Callable[..., Any],
        sign_note: Callable[..., Any],
        amend_note: Callable[..., Any],
        cosign_note: Callable[..., Any],
        return_note: Callable[..., Any],
        note_paper: Callable[..., FormFile],
        codes: CodePicker,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        base: str = "",
    ) -> None:
        self._note_for_attendance, self._write_note, self._sign_note = note_for_attendance, write_note, sign_note
        self._amend_note, self._cosign_note, self._return_note = amend_note, cosign_note, return_note
        self._note_paper, self._codes = note_paper, codes
        self.zone, self.clock, self._base = zone, clock, base
        self._attendance_id = opening.ids["attendance_id"]
        self._versions = OwnVersions()
        self.shown: Shown | None = None

    def load(self) -> None:
        """The note as it stands."""
        self.shown = self._note_for_attendance(self._attendance_id)
        self.title = f"Note, {day(self.shown.starts_at, self.zone)}"

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the day to the note; no name."""
        return (Crumb("My day", "/my-day"), Crumb(self.title))

    def render(self) -> Markup:
        """The editor, or the locked note."""
        return render(
            "pages/note.html",
            note=self.shown,
            parts=PARTS,
            anew=WRITTEN_ANEW,
            figures=figures_said(self.shown.aids.compared) if self.shown and self.shown.after.may_cosign else (),
            texts={name: getattr(self.shown.text, name) for name in _NAMES} if self.shown else {},
            looks=APPOINTMENT,
            notes=NOTE,
            today=self.clock().astimezone(self.zone).date(),
            zone=self.zone,
            base=self._base,
        )

    def do_save(self, message: Message) -> Reply:
        """What is typed, kept as one more revision. Called while typing."""
        self._save(message)
        self.load()
        return Redraw()

    def do_ask_sign(self, message: Message) -> Reply:
        """Keep what is typed, then ask: a signature cannot be taken back."""
        version = self._save(message) if self._differs(message) else self._version(message)
        self.shown = shown = self._note_for_attendance(self._attendance_id, to_sign=True)
        if shown.version != version:
            return Done(ELSEWHERE, tone="warn")
        if shown.missing:
            return Refused("This note is not ready to sign. Please look at the marked parts.", shown.missing)
        when = f"{day(shown.starts_at, self.zone)}, {clock(shown.starts_at, self.zone)}"
        follows = (
            "It waits for your supervisor's signature, and nobody changes it meanwhile."
            if shown.needs_cosign
            else "Once signed it never changes, and the session is charged."
        )
        if shown.aids.compared and shown.aids.compared.is_worth_a_word:
            return ask_though_it_repeats(shown.aids.compared, f"About {shown.patient_name}, {when}. {follows}", version)
        return confirm(
            "sign",
            "Sign this note?" if shown.needs_cosign else "Sign and lock this note?",
            " ".join((f"About {shown.patient_name}, {when}.", *shown.aimed.told, follows)),
            label="Sign it" if shown.needs_cosign else "Sign and lock",
            args={"version": str(version)},
        )

    def do_sign(self, message: Message) -> Reply:
        """Sign the text as it was when the question was asked."""
        shown, version = self._open(), message.whole("version", least=1)
        try:
            done = self._sign_note(
                shown.note_id, expected_version=version, idempotency_key=message.key,
                repeats_meant=message.ticked("meant"),
            )  # fmt: skip
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
        if done.held_because:
            return Done(
                f"Signed as {done.signed_as}. No charge yet: {HELD.get(done.held_because, 'see billing')}.", "warn"
            )
        if not done.is_locked:
            return Done(f"Signed as {done.signed_as}; it waits for the co-signature of your supervisor")
        return Done(f"Signed as {done.signed_as}, charged")

    def do_ask_code(self, message: Message) -> Ask:
        """Which diagnosis?"""
        shown = self._open()
        return self._codes.ask(shown.patient_id, message, day_of(shown.starts_at, self.zone))

    def do_seek_code(self, message: Message) -> Ask:
        """What is found."""
        return self._codes.seek(message, day_of(self._open().starts_at, self.zone))

    def do_print(self, message: Message) -> Deliver:
        """As it was signed, with what was added."""
        del message
        file = self._note_paper(self._open().note_id)
        return Deliver(file.name, file.media_type, file.content, "The note is saved as PDF.")

    def do_ask_amend(self, message: Message) -> Ask:
        """What, and why?"""
        del message
        return ask_amend()

    def do_amend(self, message: Message) -> Done:
        """After the locked note."""
        return keep_amendment(self._amend_note, self._open().note_id, message)

    def do_ask_cosign(self, message: Message) -> Ask:
        """What do you vouch for?"""
        del message
        return ask_cosign()

    def do_cosign(self, message: Message) -> Done:
        """Locked with both signatures."""
        return keep_cosign(self._cosign_note, self._open().note_id, message)

    def do_ask_return(self, message: Message) -> Ask:
        """What is to be revised?"""
        del message
        return ask_return()

    def do_give_back(self, message: Message) -> Done:
        """A draft again."""
        return keep_return(self._return_note, self._open().note_id, message)

    def _open(self) -> Shown:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown

    def _version(self, message: Message) -> int:
        return self._versions.meant(message.whole("version"))

    def _save(self, message: Message) -> int:
        try:
            saved = self._write_note(
                self._attendance_id,
                version=self._version(message),
                **{name: message.text(name) for name in _NAMES},
                diagnoses=codes_in(message),
                objectives=message.all("served"),
                idempotency_key=message.key,
            )
        except StalePage as refusal:
            raise WorkbenchError(ELSEWHERE) from refusal
        return self._versions.accept(message.whole("version"), int(saved.version))

    def _differs(self, message: Message) -> bool:
        shown = self._open()
        typed = {name: message.text(name) for name in _NAMES}
        kept = {name: getattr(shown.text, name).strip() for name in _NAMES}
        served = {one.objective_id for one in shown.aimed.objectives if one.is_named} != set(message.all("served"))
        return not shown.note_id or served or typed != kept or codes_in(message) != tuple(shown.text.diagnoses)


ELSEWHERE = "This note was changed in another window. Copy what you typed here, then reload the page."
HELD = {
    "too_short": "the session was too short to bill",
    "no_fee": "no fee fits this session",
    "charged_once": "the session is charged with another one's note",
}


def codes_in(message: Message) -> tuple[str, ...]:
    """The diagnoses as typed.

    Raises:
        FieldProblem: one is no code.
    """
    text = message.text("diagnoses")
    codes = tuple(code.strip().upper() for code in text.replace(";", ",").replace(" ", ",").split(",") if code.strip())
    if any(len(code) > 9 for code in codes):
        raise FieldProblem("diagnoses", "Diagnoses are codes such as F41.1, with commas between them.")
    return codes
