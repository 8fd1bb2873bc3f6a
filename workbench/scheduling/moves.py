"""How an attendance's status changes: by the table of moves, with a row that says who and when."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.ids import AttendanceId
from workbench.scheduling.rules import holds_time, moved
from workbench.scheduling.tables import (
    Appointment,
    AppointmentStatus,
    Attendance,
    AttendanceMove,
    AttendanceStatus,
)


@dataclass(frozen=True)
class AttendanceMoved:
    """Where an attendance stands now, and the version its next change has to name."""

    attendance_id: AttendanceId
    status: AttendanceStatus
    version: int


def move_attendance(work: Work, attendance: Attendance, to: AttendanceStatus, *, reason: str = "") -> AttendanceMoved:
    """Change the status and keep the row of the move. `reason` is a short text for staff, never clinical.

    Raises:
        CannotMove: the status does not lead there.
    """
    before = attendance.status
    attendance.status = moved(before, to)
    work.add(
        AttendanceMove(
            attendance_id=attendance.id,
            from_status=before,
            to_status=to,
            moved_at=work.now,
            moved_by=work.actor.user_id,
            reason=reason,
        )
    )
    work.flush()
    return AttendanceMoved(AttendanceId(attendance.id), to, attendance.version)


def free_time_if_nobody_is_left(work: Work, appointment: Appointment) -> bool:
    """Give the clinician's time back when the last attendance was cancelled; True if it was."""
    statuses = work.scalars(select(Attendance.status).where(Attendance.appointment_id == appointment.id)).all()
    if holds_time(statuses):
        return False
    appointment.status = AppointmentStatus.CANCELLED
    return True
