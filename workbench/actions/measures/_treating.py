"""Who is to answer an alert that somebody's own answers raised. Shared by the verbs of this area."""

from sqlalchemy import ColumnElement, or_, select

from workbench.gate.relations import CareTeamMember
from workbench.gate.work import Work
from workbench.people.tables import Staff
from workbench.scheduling.tables import Appointment, Attendance


def who_answers(work: Work, patient_id: str) -> str:
    """Id of a member of staff: the first of the care team, else who sees them next, else who has been here longest.

    There always is one: an alert that belongs to nobody is looked at by nobody.
    """
    team = (
        select(CareTeamMember.staff_id)
        .join(Staff, Staff.id == CareTeamMember.staff_id)
        .where(
            CareTeamMember.patient_id == patient_id,
            CareTeamMember.from_on <= work.today,
            or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > work.today),
            _is_here(work),
        )
        .order_by(CareTeamMember.is_primary.desc(), CareTeamMember.from_on)
    )
    coming = (
        select(Appointment.clinician_id)
        .join(Attendance, Attendance.appointment_id == Appointment.id)
        .join(Staff, Staff.id == Appointment.clinician_id)
        .where(Attendance.patient_id == patient_id, _is_here(work))
        .order_by(Appointment.starts_at.desc())
    )
    longest = select(Staff.id).where(Staff.is_clinician, _is_here(work)).order_by(Staff.started_on, Staff.id)
    found: list[str] = [one for query in (team, coming, longest) if (one := work.scalar(query.limit(1)))]
    return found[0]


def _is_here(work: Work) -> ColumnElement[bool]:
    return or_(Staff.ended_on.is_(None), Staff.ended_on > work.today)
