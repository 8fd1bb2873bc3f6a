"""Give a supervisee's signed note back to be revised. It is a draft again; what was signed is known by its hash."""

from dataclasses import dataclass

from workbench.charting.cosigning import check_waits_for, comment_of
from workbench.charting.review_tables import Returned, ReturnedFor
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class NoteReturned:
    """The draft."""

    note_id: str


@action(Permission.COSIGN, on=Note)
def return_note(work: Work, note: Note, *, comment: str) -> NoteReturned:
    """comment: what is to be revised; for the author, and no part of the chart.

    Raises:
        NotInReview, NotTheirSupervisor, CommentMissing.
    """
    check_waits_for(work, note)
    assert note.signed_at is not None
    told = comment_of(comment)
    signed = bytes(note.content_hash).hex()
    returned = Returned(
        patient_id=note.patient_id, note_id=note.id, supervisor_id=work.actor.person_id, returned_at=work.now,
        content_hash=signed, signed_as=note.signed_as, signed_at=note.signed_at,
    )  # fmt: skip
    returned.told = ReturnedFor(told)
    work.add(returned)
    note.state, note.signed_at, note.signed_as, note.content_hash = NoteState.DRAFT, None, "", b""
    work.flush()
    work.record(AuditEvent.NOTE_RETURNED, author_id=note.author_id, content_hash=signed)
    return NoteReturned(note.id)
