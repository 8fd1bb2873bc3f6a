"""A signed note on paper, with both signatures and what was added to it."""

from workbench.charting.late import late_entry
from workbench.charting.tables import Note, NoteState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import spoken_day, spoken_instant
from workbench.paper.sheet import Part, Sheet, Signature, pdf_of
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.addenda_of import addenda_of_notes, addenda_parts
from workbench.screens.after_signing import waits_for
from workbench.screens.form_paper import FormFile
from workbench.screens.letterhead import about, from_whom
from workbench.screens.objectives_to_name import as_named

_PARTS = ("subjective", "objective", "assessment", "plan")


@view(Permission.READ_CHART, shows=AuditEvent.NOTE_PRINTED, on=Note)
def note_paper(look: Look, note: Note) -> FormFile:
    """As it was signed. A draft is not printed; what waits for a co-signature only for its author and supervisor.

    Raises:
        NotFound: it is not there for the reader.
    """
    is_theirs = note.author_id == look.actor.person_id or waits_for(look, note)
    if note.signed_at is None or (note.state != NoteState.LOCKED and not is_theirs):
        raise NotFound
    look.shown(note.patient_id)
    signed = bytes(note.content_hash).hex()
    told = [Part("answer", name.capitalize(), words) for name in _PARTS if (words := getattr(note.text, name))]
    signatures = [Signature("Signed", f"{note.signed_as}, {spoken_instant(note.signed_at, look.zone)}")]
    if note.cosigned_at:
        signatures.append(Signature("Co-signed", f"{note.cosigned_as}, {spoken_instant(note.cosigned_at, look.zone)}"))
    elif note.state == NoteState.REVIEW:
        signatures.append(Signature("Supervisor"))
    sheet = Sheet(
        title=f"Progress note, {spoken_day(note.service_on)}",
        about=about(look.get(Patient, note.patient_id)),
        practice=from_whom(look),
        foot=f"signed text {signed[:16]}",
        parts=(
            *_late(look, note),
            *told,
            Part("answer", "Diagnoses", ", ".join(note.text.diagnoses)),
            *_served(look, note),
        ),
        signatures=tuple(signatures),
        after=addenda_parts(addenda_of_notes(look, {note.id: signed}).get(note.id, ()), look.zone),
        watermark="" if note.state == NoteState.LOCKED else "PENDING",
    )
    return FormFile(f"note-{signed[:12]}.pdf", "application/pdf", pdf_of(sheet))


def _served(look: Look, note: Note) -> tuple[Part, ...]:
    """The objectives it named, in the words of the plan as it stood."""
    aimed = as_named(look, note.text)
    if not aimed.objectives:
        return ()
    heading = Part("answer", "Treatment plan", f"Version {aimed.plan_number}")
    return (heading, *(Part("answer", "Objective served", one.words) for one in aimed.objectives))


def _late(look: Look, note: Note) -> tuple[Part, ...]:
    session = look.get(Appointment, look.get(Attendance, note.attendance_id).appointment_id)
    late = late_entry(session.ends_at, note.started_at)
    if late is None:
        return ()
    ended, begun = spoken_instant(late.ended_at, look.zone), spoken_instant(late.begun_at, look.zone)
    return (Part("answer", "Late entry", f"Session ended {ended}. First written {begun}."),)
