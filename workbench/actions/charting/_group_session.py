"""A session of several, as the clinician who held it writes its notes: who was there, and their own drafts."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.charting.rules import NotYourSession
from workbench.charting.shared import NotAGroup, group_note_of
from workbench.charting.shared_tables import GroupNote
from workbench.charting.tables import Note
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class GroupSession:
    """The appointment, and who was not absent."""

    appointment: Appointment
    present: tuple[Attendance, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """Whom it is about."""
        return tuple(one.patient_id for one in self.present)


def group_session(work: Work, appointment_id: str) -> GroupSession:
    """The actor's own session. Each who was there has to be within the actor's reach, as for a note of their own.

    Raises:
        NotFound: one is out of reach, or nobody is there. NotYourSession, NotAGroup.
    """
    appointment = work.get(Appointment, appointment_id)
    query = select(Attendance).where(Attendance.appointment_id == appointment.id).order_by(Attendance.id)
    everybody = work.scalars(query).all()
    present = tuple(one for one in everybody if one.status not in ABSENT)
    if not everybody or not all(work.allowed(Permission.WRITE_NOTE, one) for one in present or everybody):
        raise NotFound
    if appointment.clinician_id != work.actor.person_id:
        raise NotYourSession
    if not appointment.group_id and len(everybody) == 1:
        raise NotAGroup
    return GroupSession(appointment, present)


def shared_part(work: Work, session: GroupSession) -> GroupNote | None:
    """The actor's shared part, if it was begun."""
    found: GroupNote | None = work.scalar(group_note_of(session.appointment.id, work.actor.person_id))
    return found


def own_notes(work: Work, session: GroupSession) -> dict[str, Note]:
    """The actor's note about each who was there, by attendance."""
    query = select(Note).where(
        Note.attendance_id.in_([one.id for one in session.present]), Note.author_id == work.actor.person_id
    )
    return {one.attendance_id: one for one in work.scalars(query.order_by(Note.started_at, Note.id))}
