"""What the rail asks of unsigned notes all the time, so it is not written down: how many are due, how many overdue."""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from workbench.charting.rules import OVERDUE_AFTER, REMIND_AFTER
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.permissions import Permission
from workbench.gate.policy import patients_within_reach
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.clinician_day import LOOK_BACK


def notes_due(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many of one's own sessions have waited for a signed note a day or longer. A count, no names."""
    return _count(gate, actor, now, waited=REMIND_AFTER)


def notes_overdue(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many of them wait three days or longer: a note begun now is a late entry."""
    return _count(gate, actor, now, waited=OVERDUE_AFTER)


def _count(gate: Gate, actor: Actor, now: datetime, *, waited: timedelta) -> int:
    query = (
        select(func.count())
        .select_from(Attendance)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .outerjoin(Note, and_(Note.attendance_id == Attendance.id, Note.author_id == actor.person_id))
        .where(
            Appointment.clinician_id == actor.person_id,
            Appointment.ends_at <= now - waited,
            Appointment.starts_at > now - LOOK_BACK,
            Attendance.status.not_in(ABSENT),
            or_(Note.id.is_(None), Note.state == NoteState.DRAFT),
        )
    )
    reach = patients_within_reach(Permission.WRITE_NOTE, actor, Moment(now, day_of(now, gate.zone)))
    if reach is not None:
        query = query.where(Attendance.patient_id.in_(reach))
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)
