"""Sign a note and lock it for good; what the session costs is charged and booked with the signature or not at all."""

from workbench.actions.charting._group import check_names_nobody_else
from workbench.actions.charting._signing import Signed, facts_of, figures_of, sign_as_it_stands
from workbench.charting.codes import check_codes
from workbench.charting.comparing import compared_with_earlier
from workbench.charting.cosigning import InReview
from workbench.charting.rules import NoteLocked, check_signable
from workbench.charting.shared import check_signed_alone
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.ledger.book import REFUSES
from workbench.scheduling.tables import Attendance

__all__ = ["Signed", "sign_note"]


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
        PartOfGroupNote.
    """
    if note.state != NoteState.DRAFT:
        raise NoteLocked if note.state == NoteState.LOCKED else InReview
    attendance = work.get(Attendance, note.attendance_id)
    check_signed_alone(work, note, attendance.appointment_id)
    check_signable(note.text)
    check_codes(note.text.diagnoses, note.service_on)
    check_names_nobody_else(work, note, attendance)
    figures = figures_of(compared_with_earlier(work, note), repeats_meant)
    signed = sign_as_it_stands(work, note, attendance)
    work.record(AuditEvent.NOTE_SIGNED, **facts_of(signed, attendance, figures))
    return signed
