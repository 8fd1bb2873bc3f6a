"""A patient's chart: the notes, newest first. Each opening is in the log as a reading of this patient's chart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from workbench.charting.added import AddendumShown, addenda_of_notes
from workbench.charting.late import LateEntry, late_entry
from workbench.charting.plan_queries import locked_plans
from workbench.charting.plans import objectives_of
from workbench.charting.tables import Note, NoteState, NoteText
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.releases.part_2 import NOTICE_SHORT
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.part_2 import part_2_of

MOST_NOTES = 500


@dataclass(frozen=True)
class ChartNote:
    """One note. `text` is None for somebody else's draft: that it exists is known, what it says is not.

    served: the objectives it names, in the words of the plan as it stood. late: both times, where it was begun later
    than the practice allows. is_part_2: whether it is under 42 CFR Part 2.
    """

    note_id: str
    attendance_id: str
    service_on: date
    author_id: str
    author: str
    state: str
    signed_at: datetime | None
    text: NoteText | None
    content_hash: str
    is_own: bool
    addenda: tuple[AddendumShown, ...] = ()
    served: tuple[str, ...] = ()
    late: LateEntry | None = None
    is_part_2: bool = False


@dataclass(frozen=True)
class PatientChart:
    """The notes of one patient, and the diagnoses of the latest signed one. notice: of data under 42 CFR Part 2."""

    patient_id: str
    patient_name: str
    notes: tuple[ChartNote, ...]
    diagnoses: tuple[str, ...]
    notice: str = ""


@view(Permission.READ_CHART, shows=AuditEvent.CHART_READ, on=Patient, in_emergency=True)
def patient_chart(look: Look, patient: Patient) -> PatientChart:
    """Up to 500 notes, newest first."""
    look.shown(patient.id)
    query = select(Note).where(Note.patient_id == patient.id)
    part_2 = part_2_of(look, patient.id)
    found = look.scalars(query.order_by(Note.service_on.desc(), Note.started_at.desc()).limit(MOST_NOTES))
    rows = [one for one in found if not part_2.hides(RecordKind.NOTE, one.id, one.service_on)]
    authors = {author: details.shown_name for author, details in staff_named(look, (n.author_id for n in rows)).items()}
    signed_hashes = {row.id: bytes(row.content_hash).hex() for row in rows if row.state == NoteState.LOCKED}
    addenda = addenda_of_notes(look, signed_hashes)
    aims = {(plan.id, one.id): one.words for plan in locked_plans(look, patient.id)
            for _, _, one in objectives_of(plan.text)}  # fmt: skip
    ended = _ended(look, patient.id)
    lates = {row.id: late_entry(ended[row.attendance_id], row.started_at) for row in rows}
    notes = tuple(
        replace(
            _shown(look, row, authors[row.author_id], addenda.get(row.id, ()), aims, lates[row.id]),
            is_part_2=part_2.is_marked(RecordKind.NOTE, row.id, row.service_on),
        )
        for row in rows
    )
    notice = NOTICE_SHORT if any(note.is_part_2 for note in notes) else ""
    signed = (note.text.diagnoses for note in notes if note.state == NoteState.LOCKED and note.text)
    return PatientChart(patient.id, patient.details.shown_name, notes, next(signed, ()), notice)


def _ended(look: Look, patient_id: str) -> dict[str, datetime]:
    """When each of their sessions ends."""
    query = select(Attendance.id, Appointment.ends_at).join(Appointment, Appointment.id == Attendance.appointment_id)
    rows = look.execute(query.where(Attendance.patient_id == patient_id)).all()
    return {attendance_id: ends_at for attendance_id, ends_at in rows}  # noqa: C416 - a row is no pair to the types


def _shown(
    look: Look,
    note: Note,
    author: str,
    addenda: tuple[AddendumShown, ...],
    aims: Mapping[tuple[str, str], str],
    late: LateEntry | None,
) -> ChartNote:
    is_own = note.author_id == look.actor.person_id
    # Who supervises the author reads what waits for their signature; what is written on is the author's alone.
    is_theirs = note.state == NoteState.REVIEW and look.allowed(Permission.COSIGN, note)
    text = note.text if is_own or note.state == NoteState.LOCKED or is_theirs else None
    return ChartNote(
        note_id=note.id,
        attendance_id=note.attendance_id,
        service_on=note.service_on,
        author_id=note.author_id,
        author=note.signed_as or author,
        state=note.state,
        signed_at=note.signed_at,
        text=text,
        content_hash=bytes(note.content_hash).hex(),
        is_own=is_own,
        addenda=addenda,
        served=tuple(aims[text.plan_id, one] for one in text.objectives) if text else (),
        late=late,
    )
