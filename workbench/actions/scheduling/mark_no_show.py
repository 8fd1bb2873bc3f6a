"""Mark that a patient did not come."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import AttendanceMoved, move_attendance
from workbench.scheduling.rules import check_begun
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@action(Permission.MARK_NO_SHOW, on=Attendance)
def mark_no_show(work: Work, attendance: Attendance) -> AttendanceMoved:
    """Mark a no-show; the clinician's time stays held, for nobody else could use it.

    Raises:
        NotYet: it has not begun. CannotMove: its status does not lead there.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    check_begun(appointment.starts_at, work.now)
    moved = move_attendance(work, attendance, AttendanceStatus.NO_SHOW)
    work.record(AuditEvent.ATTENDANCE_MISSED, appointment_id=attendance.appointment_id)
    return moved
