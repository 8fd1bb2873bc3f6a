"""Mark that a session has begun."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import AttendanceMoved, move_attendance
from workbench.scheduling.tables import Attendance, AttendanceStatus


@action(Permission.START_SESSION, on=Attendance)
def start_session(work: Work, attendance: Attendance) -> AttendanceMoved:
    """Mark that the session has begun; the patient has to have arrived.

    Raises:
        CannotMove: its status does not lead there.
    """
    moved = move_attendance(work, attendance, AttendanceStatus.IN_SESSION)
    work.record(AuditEvent.ATTENDANCE_STARTED, appointment_id=attendance.appointment_id)
    return moved
