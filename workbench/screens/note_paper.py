"""A signed note on paper, with both signatures and what was added to it."""

from dataclasses import replace

from workbench.charting.late import late_entry
from workbench.charting.papers import note_sheet
from workbench.charting.tables import Note, NoteState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.paper.sheet import pdf_of
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient
from workbench.releases.amendments import amendment_parts
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.after_signing import waits_for
from workbench.screens.form_paper import FormFile
from workbench.screens.part_2 import part_2_of


@view(Permission.READ_CHART, shows=AuditEvent.NOTE_PRINTED, on=Note)
def note_paper(look: Look, note: Note) -> FormFile:
    """As it was signed. A draft is not printed; what waits for a co-signature only for its author and supervisor.

    Raises:
        NotFound: it is not there for the reader.
    """
    is_theirs = note.author_id == look.actor.person_id or waits_for(look, note)
    if note.signed_at is None or (note.state != NoteState.LOCKED and not is_theirs):
        raise NotFound
    notice = part_2_of(look, note.patient_id).notice_of(RecordKind.NOTE, note.id, note.service_on)
    look.shown(note.patient_id)
    session = look.get(Appointment, look.get(Attendance, note.attendance_id).appointment_id)
    sheet = note_sheet(
        look, note, look.zone, about=about(look.get(Patient, note.patient_id)), practice=from_whom(look),
        late=late_entry(session.ends_at, note.started_at),
    )  # fmt: skip
    disputed = amendment_parts(look, RecordKind.NOTE, note.id, look.zone)
    whole = replace(sheet, after=(*sheet.after, *disputed), notice=notice)
    return FormFile(f"note-{bytes(note.content_hash).hex()[:12]}.pdf", "application/pdf", pdf_of(whole))
