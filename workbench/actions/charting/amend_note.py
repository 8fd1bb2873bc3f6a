"""Add to a locked note: more, a correction, a late entry. The note itself never changes."""

from dataclasses import dataclass

from workbench.charting.addenda import StillADraft, add
from workbench.charting.addendum_tables import Addendum
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class NoteAmended:
    """The entry. number: which one after the note it is."""

    addendum_id: str
    number: int
    signed_as: str


@action(Permission.ADD_ADDENDUM, on=Note, refuses={"uq_addenda_note": StalePage, "addenda.note_id": StalePage})
def amend_note(work: Work, note: Note, *, kind: str, reason: str, text: str) -> NoteAmended:
    """kind: addendum, correction or late entry. It is signed by who adds it, with their name and credentials of today.

    Raises:
        StillADraft. AddendumUnclear: with a sentence by field.
    """
    if note.state != NoteState.LOCKED:
        raise StillADraft
    signer = work.get(Staff, work.actor.person_id).details.shown_name
    entry = Addendum(patient_id=note.patient_id, note_id=note.id, kind=kind, signed_as=signer,
                     target_hash=bytes(note.content_hash).hex())  # fmt: skip
    row = add(work, entry, reason, text)
    work.record(AuditEvent.NOTE_AMENDED, addendum_id=row.id, kind=row.kind, content_hash=row.content_hash)
    return NoteAmended(row.id, row.number, row.signed_as)
