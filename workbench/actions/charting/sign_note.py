"""Sign a note and lock it for good; what the session costs is charged and booked with the signature or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from workbench.accounts.holding import needs_cosign
from workbench.actions.charting._charging import charge_session
from workbench.actions.charting._group import check_names_nobody_else
from workbench.charting.codes import check_codes
from workbench.charting.comparing import RepeatsNotMeant, compared_with_earlier
from workbench.charting.cosigning import InReview
from workbench.charting.rules import (
    NoteLocked,
    SessionNotHeld,
    SessionNotOver,
    check_signable,
    content_hash,
    signature_of,
)
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import ChargeId, NoteId
from workbench.ledger.book import REFUSES
from workbench.people.tables import Staff
from workbench.scheduling.moves import move_attendance
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@dataclass(frozen=True)
class Signed:
    """The signed note: when and as whom it was signed, and the SHA-256 (hex) of what was signed.

    is_locked: else it waits for the supervisor's signature, which locks it and charges the session.

    charge_id: what the session costs, now in the books; None where nothing is charged, and `held_because` says why.
    """

    note_id: NoteId
    signed_at: datetime
    signed_as: str
    content_hash: str
    version: int
    is_locked: bool
    charge_id: ChargeId | None
    held_because: str


@action(Permission.SIGN_NOTE, on=Note, refuses={"note_locked": NoteLocked, **REFUSES})
def sign_note(work: Work, note: Note, *, repeats_meant: bool = False) -> Signed:
    """Sign the text as it stands, with the author's name and credentials of today; afterwards the database keeps it.

    The signature says that the session took place, so an attendance whose time has passed is completed by it. A
    trainee's note is not locked by it: it waits for the co-signature, and nobody changes it meanwhile.

    repeats_meant: the author has looked at what is not new in it and confirms it. How much that is stands on the audit
    line, in numbers.

    Raises:
        NoteLocked: signed before. InReview: it waits. NoteIncomplete: with what is missing, by field. UnknownCode.
        SessionNotOver, SessionNotHeld. SomebodyElseNamed: another member of the group, by field. RepeatsNotMeant.
    """
    if note.state != NoteState.DRAFT:
        raise NoteLocked if note.state == NoteState.LOCKED else InReview
    check_signable(note.text)
    check_codes(note.text.diagnoses, note.service_on)
    attendance = work.get(Attendance, note.attendance_id)
    check_names_nobody_else(work, note, attendance)
    figures = _figures(work, note, repeats_meant)
    _complete(work, attendance)
    is_locked = not needs_cosign(work, note.author_id, work.now)
    note.signed_at, note.signed_as = work.now, work.get(Staff, note.author_id).details.shown_name
    note.content_hash = content_hash(signature_of(note), note.text)
    note.state = NoteState.LOCKED if is_locked else NoteState.REVIEW
    work.flush()
    charge_id, held_because = charge_session(work, note) if is_locked else (None, "")
    work.record(
        AuditEvent.NOTE_SIGNED,
        attendance_id=attendance.id,
        charge_id=charge_id or "",
        held_because=held_because,
        content_hash=note.content_hash.hex(),
        is_locked=is_locked,
        **figures,
    )
    signed = note.content_hash.hex()
    return Signed(
        NoteId(note.id), work.now, note.signed_as, signed, note.version, is_locked, charge_id, held_because
    )  # fmt: skip


class _Figures(TypedDict):
    """Facts of the audit line: whole per cents, of how many notes, how many paragraphs; never a text."""

    like_own_percent: int
    like_own_of: int
    like_others_percent: int
    like_others_of: int
    same_as_another: bool
    carried_paragraphs: int
    repeats_meant: bool


def _figures(work: Work, note: Note, repeats_meant: bool) -> _Figures:
    """How much of it is not new, for the log: numbers only."""
    compared = compared_with_earlier(work, note)
    if compared.has_to_be_meant and not repeats_meant:
        raise RepeatsNotMeant(compared)
    return {
        "like_own_percent": compared.own.percent, "like_own_of": compared.own.compared,
        "like_others_percent": compared.others.percent, "like_others_of": compared.others.compared,
        "same_as_another": compared.others.is_same, "carried_paragraphs": compared.carried,
        "repeats_meant": repeats_meant,
    }  # fmt: skip


def _complete(work: Work, attendance: Attendance) -> None:
    if attendance.status in ABSENT:
        raise SessionNotHeld
    if attendance.status == AttendanceStatus.COMPLETED:
        return
    if work.now < work.get(Appointment, attendance.appointment_id).ends_at:
        raise SessionNotOver
    move_attendance(work, attendance, AttendanceStatus.COMPLETED, reason="note signed")
