"""Begin or save the draft of a session's note."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from workbench.charting.codes import check_codes
from workbench.charting.cosigning import InReview
from workbench.charting.naming import name_objectives, nameable
from workbench.charting.rules import NoteLocked, NotYourSession, SessionNotHeld, tidied
from workbench.charting.tables import Note, NoteRevision, NoteState, NoteText
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import NoteId
from workbench.kernel.time import day_of
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class Saved:
    """The draft as it stands. `version`: what the next save and the signature have to name."""

    note_id: NoteId
    version: int
    saved_at: datetime


@action(Permission.WRITE_NOTE, on=Attendance, refuses={"uq_notes_one_draft": StalePage})
def write_note(
    work: Work,
    attendance: Attendance,
    *,
    version: int,
    subjective: str = "",
    objective: str = "",
    assessment: str = "",
    plan: str = "",
    diagnoses: tuple[str, ...] = (),
    objectives: tuple[str, ...] = (),
) -> Saved:
    """Save the whole text; each save keeps a revision, so that nothing typed is lost to a later one.

    version: the version the page was loaded with, 0 where there was no note yet. objectives: ids of what the session
    served of the treatment plan in force; what was met or dropped since is not named any more.

    Raises:
        StalePage: another tab or device saved meanwhile. NoteLocked, InReview, NotYourSession, SessionNotHeld.
        NotAnObjective: it stands in no plan of this patient.
        NotADiagnosis, UnknownCode, NoteTooLong: with the field.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    if appointment.clinician_id != work.actor.person_id:
        raise NotYourSession
    text = tidied(NoteText(subjective, objective, assessment, plan, diagnoses))
    note = _own_note(work, attendance)
    if note is not None and note.state != NoteState.DRAFT:
        raise NoteLocked if note.state == NoteState.LOCKED else InReview
    if attendance.status in ABSENT:
        raise SessionNotHeld
    if version != (note.version if note is not None else 0):
        raise StalePage
    check_codes(text.diagnoses, day_of(appointment.starts_at, work.zone))
    text = replace(text, **nameable(work, attendance.patient_id, objectives))
    note = _begun(work, attendance, appointment, text) if note is None else _changed(work, note, text)
    name_objectives(work, note, text)
    work.add(_revision(work, note, text))
    work.record(AuditEvent.NOTE_WRITTEN, subject=note, revision=note.version)
    return Saved(NoteId(note.id), note.version, work.now)


def _own_note(work: Work, attendance: Attendance) -> Note | None:
    own = select(Note).where(Note.attendance_id == attendance.id, Note.author_id == work.actor.person_id)
    note: Note | None = work.scalar(own.order_by(Note.started_at.desc()).limit(1))
    return note


def _revision(work: Work, note: Note, text: NoteText) -> NoteRevision:
    return NoteRevision(
        note_id=note.id,
        patient_id=note.patient_id,
        number=note.version,
        saved_at=work.now,
        saved_by=work.actor.user_id,
        text=text,
    )


def _begun(work: Work, attendance: Attendance, appointment: Appointment, text: NoteText) -> Note:
    note = Note(
        attendance_id=attendance.id,
        patient_id=attendance.patient_id,
        author_id=work.actor.person_id,
        service_on=day_of(appointment.starts_at, work.zone),
        started_at=work.now,
        text=text,
    )
    work.add(note)
    work.flush()
    return note


def _changed(work: Work, note: Note, text: NoteText) -> Note:
    note.text = text
    work.flush()
    return note
