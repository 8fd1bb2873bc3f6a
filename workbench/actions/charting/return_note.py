"""Give a supervisee's signed note back to be revised. It is a draft again; what was signed is known by its hash."""

from dataclasses import dataclass

from workbench.charting.cosigning import give_back
from workbench.charting.review_tables import Returned
from workbench.charting.tables import Note
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
    signed = bytes(note.content_hash).hex()
    returned = Returned(note_id=note.id, content_hash=signed)
    give_back(work, note, returned, comment)
    note.content_hash = b""
    work.add(returned)
    work.flush()
    work.record(AuditEvent.NOTE_RETURNED, author_id=note.author_id, content_hash=signed)
    return NoteReturned(note.id)
