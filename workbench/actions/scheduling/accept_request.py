"""Book a time that somebody asked for."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AppointmentId
from workbench.kernel.time import day_of
from workbench.people.care_team import join_care_team
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.moves import move_attendance
from workbench.scheduling.own_bookings import check_unanswered
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@dataclass(frozen=True)
class RequestAccepted:
    """The appointment, which is booked. joined_care_team: whether the clinician may open the chart because of it."""

    appointment_id: AppointmentId
    joined_care_team: bool


@action(Permission.ANSWER_REQUEST, on=OwnBooking)
def accept_request(work: Work, booking: OwnBooking) -> RequestAccepted:
    """The time is theirs; it was held for them since they asked.

    Raises:
        RequestOver: it was answered, taken back, or lapsed. ClinicianGone.
        NotOnCareTeam: the clinician is not, and the actor may not assign care teams.
    """
    check_unanswered(booking, work.now)
    attendance = work.get(Attendance, booking.attendance_id)
    appointment = work.get(Appointment, attendance.appointment_id)
    check_practising(work.get(Staff, appointment.clinician_id), day_of(appointment.starts_at, work.zone))
    joined = join_care_team(work, work.get(Patient, booking.patient_id), appointment.clinician_id)
    move_attendance(work, attendance, AttendanceStatus.BOOKED)
    work.record(AuditEvent.REQUEST_ACCEPTED, appointment_id=appointment.id)
    return RequestAccepted(AppointmentId(appointment.id), joined)
