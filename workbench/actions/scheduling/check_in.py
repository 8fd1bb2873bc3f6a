"""Mark that a patient has arrived."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import AttendanceMoved, move_attendance
from workbench.scheduling.rules import check_arrival
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@action(Permission.CHECK_IN, on=Attendance)
def check_in(work: Work, attendance: Attendance) -> AttendanceMoved:
    """Mark the arrival; somebody marked as a no-show may still come.

    Raises:
        NotToday: the appointment is on another day. CannotMove: its status does not lead there.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    check_arrival(appointment.starts_at, work.now, work.zone)
    moved = move_attendance(work, attendance, AttendanceStatus.ARRIVED)
    work.record(AuditEvent.ATTENDANCE_CHECKED_IN, appointment_id=attendance.appointment_id)
    return moved
