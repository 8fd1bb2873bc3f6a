"""One's own psychotherapy notes about one client: the list, and the open one. Opening asks for a fresh factor."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import instant, render
from dashboards.parts.message import Message
from dashboards.parts.own_versions import OwnVersions
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.screens.psychotherapy_notes import KIND_WORDS, OwnNotes, OwnWords

_ELSEWHERE: Final = "This note was changed in another window. Copy what you typed here, then open it again."


@dataclass(frozen=True)
class PsychotherapyCalls:
    """The calls, with actor and time already given."""

    notes: Callable[..., OwnNotes]
    words: Callable[..., OwnWords]
    start: Callable[..., Any]
    save: Callable[..., Any]


class PsychotherapyNotesPage(Page):
    """The list holds no word of any note; the open one stands beside it until the page is left."""

    needs = Permission.KEEP_PSYCHOTHERAPY
    title = "Psychotherapy notes"
    wide = True

    def __init__(
        self, opening: Opening, *, calls: PsychotherapyCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._base = calls, zone, clock, base
        self._patient_id = opening.ids["patient_id"]
        self._versions = OwnVersions()
        self.shown: OwnNotes | None = None
        self.open_note: OwnWords | None = None

    def load(self) -> None:
        """Which there are."""
        self.shown = self._calls.notes(patient_id=self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb("File", f"/patients/{self._patient_id}?tab=notes"), Crumb(self.title))

    def render(self) -> Markup:
        """The list, and the open note."""
        shown = self._list()
        at = {one.note_id: one for one in shown.notes}
        return render(
            "pages/psychotherapy_notes.html", shown=shown, open=self.open_note,
            about=at[self.open_note.note_id] if self.open_note else None, zone=self._zone, base=self._base,
            today=self._clock().astimezone(self._zone).date(),
        )  # fmt: skip

    def do_ask_begin(self, message: Message) -> Ask:
        """Of which session?"""
        del message
        sessions = [(one.attendance_id, instant(one.starts_at, self._zone)) for one in self._list().sessions]
        kinds = [(key.value, words, "") for key, words in KIND_WORDS.items()]
        return flyout("New note", render("pages/psychotherapy_new.html", sessions=sessions, kinds=kinds))

    def do_begin(self, message: Message) -> Reply:
        """The note of that session, to write in."""
        begun = self._calls.start(
            attendance_id=message.required("attendance_id", "Please choose a session."), kind=message.text("kind"),
            idempotency_key=message.key,
        )  # fmt: skip
        self.open_note = self._calls.words(begun.note_id)
        return Done("Begun; it is saved while you write")

    def do_open(self, message: Message) -> Reply:
        """The words of one note."""
        note_id = message.text("note_id")
        if note_id not in {one.note_id for one in self._list().notes}:
            raise NotFound  # one's own note about somebody else is opened on their page
        self.open_note = self._calls.words(note_id)
        return Redraw()

    def do_close(self, message: Message) -> Reply:
        """Off the screen again."""
        del message
        self.open_note = None
        return Redraw()

    def do_save(self, message: Message) -> Reply:
        """What is typed, kept as one more revision. Called while typing; it reads nothing back."""
        open_note, words, named = self.open_note, message.text("words"), message.whole("version")
        if open_note is None or message.text("note_id") != open_note.note_id:
            raise WorkbenchError(_ELSEWHERE)
        try:
            saved = self._calls.save(
                open_note.note_id, version=self._versions.meant(named), words=words, idempotency_key=message.key
            )
        except StalePage as refusal:
            raise WorkbenchError(_ELSEWHERE) from refusal
        self._versions.accept(named, int(saved.version))
        self.open_note = replace(
            open_note, words=words, version=saved.version, saved_at=saved.saved_at,
            belongs_in_chart=saved.belongs_in_chart,
        )  # fmt: skip
        shown = self._list()
        notes = (
            replace(one, version=saved.version) if one.note_id == open_note.note_id else one for one in shown.notes
        )
        self.shown = replace(shown, notes=tuple(notes))
        return Redraw()

    def _list(self) -> OwnNotes:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown
