"""Begin to keep psychotherapy or SUD counselling notes of a session one held."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.psychotherapy.rules import NotTheirSession
from workbench.psychotherapy.tables import PsychotherapyKind, PsychotherapyNote
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance


class KindMissing(WorkbenchError):
    """It is said which kind it is: another rule opens each."""

    def __init__(self) -> None:
        super().__init__("Please choose one.")
        self.fields = {"kind": str(self)}


@dataclass(frozen=True)
class PsychotherapyBegun:
    """The note, empty or as it was."""

    note_id: str


@action(Permission.KEEP_PSYCHOTHERAPY, refuses={"uq_psychotherapy_notes_session": StalePage})
def begin_psychotherapy_note(work: Work, *, attendance_id: str, kind: str) -> PsychotherapyBegun:
    """One note of each kind a session; asked again, the one there is.

    Raises:
        KindMissing. NotTheirSession: another one's session, one to come, or one that was not held. NotFound.
    """
    if kind not in PsychotherapyKind._value2member_map_:
        raise KindMissing
    attendance = work.get(Attendance, attendance_id)
    if not work.allowed(Permission.READ_CHART, attendance):
        raise NotFound
    appointment = work.get(Appointment, attendance.appointment_id)
    is_theirs = appointment.clinician_id == work.actor.person_id
    if not is_theirs or attendance.status in ABSENT or appointment.starts_at > work.now:
        raise NotTheirSession
    same = (PsychotherapyNote.attendance_id == attendance_id, PsychotherapyNote.author_id == work.actor.person_id,
            PsychotherapyNote.kind == kind)  # fmt: skip
    if there := work.scalar(select(PsychotherapyNote.id).where(*same)):
        return PsychotherapyBegun(there)
    note = PsychotherapyNote(
        attendance_id=attendance_id, patient_id=attendance.patient_id, author_id=work.actor.person_id, kind=kind,
        session_on=day_of(appointment.starts_at, work.zone), begun_at=work.now, saved_at=work.now,
    )  # fmt: skip
    work.add(note)
    work.flush()
    work.record(AuditEvent.PSYCHOTHERAPY_BEGUN, subject=note)
    return PsychotherapyBegun(note.id)
