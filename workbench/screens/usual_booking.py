"""What a patient's next booking will most likely be: as the last one, with whoever cares for them."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember
from workbench.gate.view import Look, view
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class UsualBooking:
    """Ids to begin a booking with; empty where nothing is known."""

    clinician_id: str
    type_id: str
    location_id: str
    room_id: str = ""


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN, on=Patient)
def usual_booking(look: Look, patient: Patient) -> UsualBooking:
    """Clinician, type, place and room of the latest appointment; before the first, who cares for them."""
    look.shown(patient.id)
    latest = (
        select(Appointment.clinician_id, Appointment.type_id, Appointment.location_id, Appointment.room_id)
        .join(Attendance, Attendance.appointment_id == Appointment.id)
        .where(Attendance.patient_id == patient.id)
        .order_by(Appointment.starts_at.desc(), Appointment.id)
        .limit(1)
    )
    if row := look.execute(latest).first():
        clinician_id, type_id, location_id, room_id = row
        return UsualBooking(clinician_id, type_id, location_id, room_id or "")
    cares = (
        select(CareTeamMember.staff_id)
        .where(
            CareTeamMember.patient_id == patient.id,
            CareTeamMember.from_on <= look.today,
            or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > look.today),
        )
        .order_by(CareTeamMember.is_primary.desc(), CareTeamMember.from_on)
        .limit(1)
    )
    return UsualBooking(look.scalar(cares) or "", "", "")
