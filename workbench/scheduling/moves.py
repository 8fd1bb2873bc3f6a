"""How an attendance's status changes: by the table of moves, with a row that says who and when."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.ids import AttendanceId
from workbench.kernel.time import Span
from workbench.scheduling.rules import holds_time, moved
from workbench.scheduling.tables import (
    Appointment,
    AppointmentMove,
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


def put_elsewhere(work: Work, appointment: Appointment, span: Span, *, clinician_id: str, location_id: str) -> None:
    """Another time, clinician and place, with the row that says where it was before, when and by whom."""
    work.add(
        AppointmentMove(
            appointment_id=appointment.id,
            from_clinician_id=appointment.clinician_id,
            from_location_id=appointment.location_id,
            from_starts_at=appointment.starts_at,
            moved_at=work.now,
            moved_by=work.actor.user_id,
        )
    )
    appointment.starts_at, appointment.ends_at = span.starts_at, span.ends_at
    appointment.clinician_id, appointment.location_id = clinician_id, location_id


def free_time_if_nobody_is_left(work: Work, appointment: Appointment) -> bool:
    """Give the clinician's time back when the last attendance was cancelled; True if it was."""
    statuses = work.scalars(select(Attendance.status).where(Attendance.appointment_id == appointment.id)).all()
    if holds_time(statuses):
        return False
    appointment.status = AppointmentStatus.CANCELLED
    return True
