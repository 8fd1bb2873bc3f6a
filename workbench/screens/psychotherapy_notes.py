"""One's own psychotherapy notes: which there are, and the words of one. No other screen reads that table."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Patient
from workbench.psychotherapy.rules import belongs_in_chart
from workbench.psychotherapy.tables import PsychotherapyKind, PsychotherapyNote, PsychotherapyRevision
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance

KIND_WORDS: Final = {
    PsychotherapyKind.PSYCHOTHERAPY: "Psychotherapy note",
    PsychotherapyKind.SUD_COUNSELING: "SUD counselling note",
}
_SESSIONS: Final = 30


@dataclass(frozen=True)
class OwnNote:
    """One of them, without its words."""

    note_id: str
    kind: str
    session_on: date
    saved_at: datetime
    version: int


@dataclass(frozen=True)
class OwnSession:
    """A session of one's own with this patient, to begin a note of."""

    attendance_id: str
    starts_at: datetime


@dataclass(frozen=True)
class OwnNotes:
    """The actor's notes about one patient, the newest session first, and the latest sessions they held."""

    patient_id: str
    patient_name: str
    notes: tuple[OwnNote, ...]
    sessions: tuple[OwnSession, ...]


@dataclass(frozen=True)
class OwnWords:
    """The words as they were saved last; `belongs_in_chart`: what they seem to hold that is chart by law."""

    note_id: str
    version: int
    words: str
    saved_at: datetime
    belongs_in_chart: tuple[str, ...]


@view(Permission.KEEP_PSYCHOTHERAPY, shows=AuditEvent.PSYCHOTHERAPY_LISTED)
def psychotherapy_notes(look: Look, *, patient_id: str) -> OwnNotes:
    """Which notes the actor keeps about this patient. Others' are not there, for nobody.

    Raises:
        NotFound: the patient is not in the actor's care, and the actor keeps nothing about them.
    """
    mine = (PsychotherapyNote.author_id == look.actor.person_id, PsychotherapyNote.patient_id == patient_id)
    rows = look.scalars(
        select(PsychotherapyNote).where(*mine).order_by(PsychotherapyNote.session_on.desc(), PsychotherapyNote.id)
    ).all()
    patient = look.get(Patient, patient_id)
    in_care = look.allowed(Permission.READ_CHART, patient)
    if not rows and not in_care:
        raise NotFound
    look.shown(patient_id)
    notes = tuple(OwnNote(row.id, KIND_WORDS[PsychotherapyKind(row.kind)], row.session_on, row.saved_at, row.version)
                  for row in rows)  # fmt: skip
    return OwnNotes(patient_id, patient.details.shown_name, notes, _sessions(look, patient_id) if in_care else ())


def _sessions(look: Look, patient_id: str) -> tuple[OwnSession, ...]:
    found = look.execute(
        select(Attendance.id, Appointment.starts_at)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(
            Attendance.patient_id == patient_id,
            Attendance.status.not_in(ABSENT),
            Appointment.clinician_id == look.actor.person_id,
            Appointment.starts_at <= look.now,
        )
        .order_by(Appointment.starts_at.desc())
        .limit(_SESSIONS)
    )
    return tuple(OwnSession(attendance_id, starts_at) for attendance_id, starts_at in found)


@view(Permission.READ_PSYCHOTHERAPY, shows=AuditEvent.PSYCHOTHERAPY_READ, on=PsychotherapyNote)
def psychotherapy_words(look: Look, note: PsychotherapyNote) -> OwnWords:
    """The words of one note, for its author alone."""
    look.shown(note.patient_id)
    newest = (
        select(PsychotherapyRevision)
        .where(PsychotherapyRevision.note_id == note.id)
        .order_by(PsychotherapyRevision.number.desc())
        .limit(1)
    )
    revision: PsychotherapyRevision | None = look.scalar(newest)
    words = revision.text.words if revision else ""
    return OwnWords(note.id, note.version, words, note.saved_at, belongs_in_chart(words))
