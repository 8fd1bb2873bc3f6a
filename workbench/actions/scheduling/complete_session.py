"""Mark that a session took place."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import AttendanceMoved, move_attendance
from workbench.scheduling.rules import check_begun
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@action(Permission.COMPLETE_SESSION, on=Attendance)
def complete_session(work: Work, attendance: Attendance) -> AttendanceMoved:
    """Mark that the patient attended the session to its end.

    Raises:
        NotYet: it has not begun. CannotMove: its status does not lead there.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    check_begun(appointment.starts_at, work.now)
    moved = move_attendance(work, attendance, AttendanceStatus.COMPLETED)
    work.record(AuditEvent.ATTENDANCE_COMPLETED, appointment_id=attendance.appointment_id)
    return moved
