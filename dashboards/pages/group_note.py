"""The notes of one group session: who was there, what all have in common, what each one's own is, and one signature."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.note import ELSEWHERE, HELD, PARTS, codes_in
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import clock, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.own_versions import OwnVersions
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.statuses import APPOINTMENT, NOTE
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.group_session import GroupSessionShown, RepeatsNotMeant

_SHARED: Final = "shared"
_NAMES: Final = tuple(name for name, _, _ in PARTS)
_MARKS: Final = {"mark_no_show": "Marked as a no-show", "check_in": "Came after all"}


@dataclass(frozen=True)
class GroupNoteCalls:
    """The calls of the page, with actor and time already given. marks: `mark_no_show`, `check_in` by name."""

    shown: Callable[..., GroupSessionShown]
    write_shared: Callable[..., Any]
    write_own: Callable[..., Any]
    sign: Callable[..., Any]
    marks: dict[str, Callable[..., Any]]


class GroupNotePage(Page):
    """One session. One member's own part is open at a time; everything typed is saved before another opens."""

    needs = Permission.WRITE_NOTE
    title = "Group note"
    wide = True

    def __init__(
        self, visit: Visit, *, calls: GroupNoteCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self.zone, self.clock, self._base = calls, zone, clock, base
        self._session_id = visit.ids["appointment_id"]
        self._member = visit.query.get("member", "")
        self._versions: dict[str, OwnVersions] = {}
        self.shown: GroupSessionShown | None = None

    def load(self) -> None:
        """As it stands."""
        self.shown = self._calls.shown(appointment_id=self._session_id, attendance_id=self._member)
        self._member = self.shown.open_id
        self.title = f"Group note, {day(self.shown.starts_at, self.zone)}"

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the day to the session; no name."""
        return (Crumb("My day", "/my-day"), Crumb(self.title))

    def render(self) -> Markup:
        """The shared part, one member's own part, and everybody's state."""
        shown = self._open()
        return render(
            "pages/group_note.html", group=shown, parts=PARTS, looks=APPOINTMENT, notes=NOTE, zone=self.zone,
            base=self._base, ready=sum(one.is_ready for one in shown.members),
            member=next((one for one in shown.members if one.attendance_id == shown.open_id), None),
        )  # fmt: skip

    def do_open_member(self, message: Message) -> Reply:
        """Their own part."""
        self._member = message.text("id")
        self.load()
        return Redraw(path=f"/group-notes/{self._session_id}?member={self._member}")

    def do_mark(self, message: Message) -> Reply:
        """Whether one was there."""
        verb = message.text("verb")
        if verb not in _MARKS:
            return Done("This page does not offer that.", tone="warn")
        try:
            self._calls.marks[verb](
                message.text("id"), expected_version=message.whole("version", least=1), idempotency_key=message.key
            )
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(_MARKS[verb])

    def do_save_shared(self, message: Message) -> Reply:
        """What is typed for everybody. Called while typing."""
        self._save(_SHARED, message, lambda version: self._calls.write_shared(
            appointment_id=self._session_id, version=version, objective=message.text("shared_objective"),
            plan=message.text("shared_plan"), idempotency_key=message.key,
        ))  # fmt: skip
        self.load()
        return Redraw()

    def do_save_own(self, message: Message) -> Reply:
        """What is typed about one of them. Called while typing."""
        attendance_id = message.text("attendance_id")
        self._save(attendance_id, message, lambda version: self._calls.write_own(
            attendance_id, version=version, **{name: message.text(name) for name in _NAMES},
            diagnoses=codes_in(message), objectives=message.all("served"), idempotency_key=message.key,
        ))  # fmt: skip
        self.load()
        return Redraw()

    def do_ask_sign(self, message: Message) -> Reply:
        """What is missing, or: a signature cannot be taken back."""
        del message
        self.load()
        shown = self._open()
        if not shown.to_sign:
            return Done("Every note of this session is signed.", tone="warn")
        missing = sum(bool(one.missing) for one in shown.to_sign)
        if shown.shared_missing or missing:
            said = [counted(missing, "member")] if missing else []
            said += ["the shared part"] if shown.shared_missing else []
            return Refused(f"Not ready to sign: {' and '.join(said)}. What is missing stands with each.",
                           shown.shared_missing)  # fmt: skip
        return self._ask(shown, is_meant=False)

    def do_sign(self, message: Message) -> Reply:
        """Sign each note as it was when the question was asked."""
        try:
            done = self._calls.sign(
                appointment_id=self._session_id, version=message.whole("version"),
                versions=_read(message.text("versions")), repeats_meant=message.ticked("meant"),
                idempotency_key=message.key,
            )  # fmt: skip
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
        except RepeatsNotMeant as refusal:
            return self._ask(self._open(), is_meant=True, first=sentence(refusal))
        return _told(done.notes)

    def _ask(self, shown: GroupSessionShown, *, is_meant: bool, first: str = "") -> Reply:
        many = counted(len(shown.to_sign), "note")
        when = f"{day(shown.starts_at, self.zone)}, {clock(shown.starts_at, self.zone)}"
        follows = (
            "Each waits for your supervisor's signature."
            if shown.needs_cosign
            else "Once signed they never change, and each is charged as the session is."
        )
        args = {"version": str(shown.version),
                "versions": " ".join(f"{one.attendance_id}={one.note_version}" for one in shown.to_sign)}  # fmt: skip
        if is_meant:
            args["meant"] = "on"
        return confirm(
            "sign", f"Sign {many}?", " ".join(filter(None, (first, f"{shown.title}, {when}.", follows))),
            label=f"Sign {many}" if not is_meant else "It is meant: sign", args=args,
            listed=[one.name for one in shown.to_sign],
        )  # fmt: skip

    def _save(self, key: str, message: Message, write: Callable[[int], Any]) -> None:
        named, versions = message.whole("version"), self._versions.setdefault(key, OwnVersions())
        try:
            saved = write(versions.meant(named))
        except StalePage as refusal:
            raise WorkbenchError(ELSEWHERE) from refusal
        versions.accept(named, int(saved.version))

    def _open(self) -> GroupSessionShown:
        if self.shown is None:
            self.load()
        assert self.shown is not None
        return self.shown


def _read(text: str) -> dict[str, int]:
    """`att_1=3 att_2=1` as the confirmation carries it; what is no version is no version of anything."""
    pairs = (one.partition("=") for one in text.split())
    return {key: int(at) for key, _, at in pairs if at.isascii() and at.isdigit()}


def _told(notes: Any) -> Done:
    """What became of them."""
    many = counted(len(notes), "note")
    held = {HELD.get(one.held_because, "see billing") for one in notes if one.held_because}
    if held:
        return Done(f"{many} signed. Not all are charged: {'; '.join(sorted(held))}.", "warn")
    if not all(one.is_locked for one in notes):
        return Done(f"{many} signed; each waits for the co-signature of your supervisor")
    return Done(f"{many} signed and charged")
