"""What signing one note is: who, when and as what, the hash, the charge and the line in the log.

Shared by signing a note alone and signing those of a group's session.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from workbench.accounts.holding import needs_cosign
from workbench.actions.charting._charging import charge_session
from workbench.charting.comparing import Compared, RepeatsNotMeant
from workbench.charting.rules import SessionNotHeld, SessionNotOver, content_hash, signature_of
from workbench.charting.tables import Note, NoteState
from workbench.gate.work import Work
from workbench.kernel.ids import ChargeId, NoteId
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


class Figures(TypedDict):
    """Facts of the audit line: whole per cents, of how many notes, how many paragraphs; never a text."""

    like_own_percent: int
    like_own_of: int
    like_others_percent: int
    like_others_of: int
    same_as_another: bool
    carried_paragraphs: int
    repeats_meant: bool


class Facts(Figures):
    """What the log keeps of one signature."""

    attendance_id: str
    charge_id: str
    held_because: str
    content_hash: str
    is_locked: bool


def figures_of(compared: Compared, repeats_meant: bool) -> Figures:
    """How much of it is not new, for the log: numbers only.

    Raises:
        RepeatsNotMeant: the author has to say that it is meant, and has not.
    """
    if compared.has_to_be_meant and not repeats_meant:
        raise RepeatsNotMeant(compared)
    return {
        "like_own_percent": compared.own.percent, "like_own_of": compared.own.compared,
        "like_others_percent": compared.others.percent, "like_others_of": compared.others.compared,
        "same_as_another": compared.others.is_same, "carried_paragraphs": compared.carried,
        "repeats_meant": repeats_meant,
    }  # fmt: skip


def sign_as_it_stands(work: Work, note: Note, attendance: Attendance) -> Signed:
    """Sign a note that was looked through: afterwards the database keeps it.

    Raises:
        SessionNotOver, SessionNotHeld.
    """
    _complete(work, attendance)
    is_locked = not needs_cosign(work, note.author_id, work.now)
    note.signed_at, note.signed_as = work.now, work.get(Staff, note.author_id).details.shown_name
    note.content_hash = content_hash(signature_of(note), note.text)
    note.state = NoteState.LOCKED if is_locked else NoteState.REVIEW
    work.flush()
    charge_id, held_because = charge_session(work, note) if is_locked else (None, "")
    signed = note.content_hash.hex()
    return Signed(
        NoteId(note.id), work.now, note.signed_as, signed, note.version, is_locked, charge_id, held_because
    )  # fmt: skip


def facts_of(signed: Signed, attendance: Attendance, figures: Figures) -> Facts:
    """What the log keeps of the signature."""
    return {
        "attendance_id": attendance.id, "charge_id": signed.charge_id or "", "held_because": signed.held_because,
        "content_hash": signed.content_hash, "is_locked": signed.is_locked, **figures,
    }  # fmt: skip


def _complete(work: Work, attendance: Attendance) -> None:
    """The signature says that the session took place."""
    if attendance.status in ABSENT:
        raise SessionNotHeld
    if attendance.status == AttendanceStatus.COMPLETED:
        return
    if work.now < work.get(Appointment, attendance.appointment_id).ends_at:
        raise SessionNotOver
    move_attendance(work, attendance, AttendanceStatus.COMPLETED, reason="note signed")
