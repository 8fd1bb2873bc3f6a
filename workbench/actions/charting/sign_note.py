"""Sign a note and lock it for good."""

from dataclasses import dataclass
from datetime import datetime

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
from workbench.kernel.ids import NoteId
from workbench.people.tables import Staff
from workbench.scheduling.moves import move_attendance
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@dataclass(frozen=True)
class Signed:
    """The locked note: when and as whom it was signed, and the SHA-256 (hex) of what was signed."""

    note_id: NoteId
    signed_at: datetime
    signed_as: str
    content_hash: str
    version: int


@action(Permission.SIGN_NOTE, on=Note, refuses={"note_locked": NoteLocked})
def sign_note(work: Work, note: Note) -> Signed:
    """Sign the text as it stands, with the author's name and credentials of today; afterwards the database keeps it.

    The signature says that the session took place, so an attendance whose time has passed is completed by it.

    Raises:
        NoteLocked: signed before. NoteIncomplete: with what is missing, by field. SessionNotOver, SessionNotHeld.
    """
    if note.state == NoteState.LOCKED:
        raise NoteLocked
    check_signable(note.text)
    attendance = work.get(Attendance, note.attendance_id)
    _complete(work, attendance)
    note.signed_at, note.signed_as = work.now, work.get(Staff, note.author_id).details.shown_name
    note.content_hash = content_hash(signature_of(note), note.text)
    note.state = NoteState.LOCKED
    work.flush()
    work.record(AuditEvent.NOTE_SIGNED, attendance_id=attendance.id, content_hash=note.content_hash.hex())
    return Signed(NoteId(note.id), work.now, note.signed_as, note.content_hash.hex(), note.version)


def _complete(work: Work, attendance: Attendance) -> None:
    if attendance.status in ABSENT:
        raise SessionNotHeld
    if attendance.status == AttendanceStatus.COMPLETED:
        return
    if work.now < work.get(Appointment, attendance.appointment_id).ends_at:
        raise SessionNotOver
    move_attendance(work, attendance, AttendanceStatus.COMPLETED, reason="note signed")
