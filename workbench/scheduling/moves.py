"""How an attendance's status changes: by the table of moves, with a row that says who and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.ids import AttendanceId
from workbench.kernel.time import Span
from workbench.scheduling.grace import TAKEN_BACK
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
    return _set(work, attendance, moved(attendance.status, to), reason)


def restore_attendance(work: Work, attendance: Attendance, to: AttendanceStatus) -> AttendanceMoved:
    """Give it the status it had before its last move, past the table of moves. Another row; none is taken away."""
    return _set(work, attendance, to, TAKEN_BACK)


def _set(work: Work, attendance: Attendance, to: AttendanceStatus, reason: str) -> AttendanceMoved:
    work.add(
        AttendanceMove(
            attendance_id=attendance.id,
            from_status=attendance.status,
            to_status=to,
            moved_at=work.now,
            moved_by=work.actor.user_id,
            reason=reason,
        )
    )
    attendance.status = to
    work.flush()
    return AttendanceMoved(AttendanceId(attendance.id), to, attendance.version)


@dataclass(frozen=True)
class Elsewhere:
    """Where an appointment goes. `undoes`: the move that is taken back by it."""

    appointment: Appointment
    span: Span
    clinician_id: str
    location_id: str
    undoes: int | None = None


def put_elsewhere(work: Work, wanted: Sequence[Elsewhere]) -> None:
    """Other times, clinicians and places, each with the row that says where it was before, when and by whom.

    All give their time up before the first takes its new one: none stands in another's way.
    """
    if len(wanted) > 1:
        for one in wanted:
            one.appointment.status = AppointmentStatus.CANCELLED
        work.flush()
    for one in wanted:
        work.add(_row(work, one))
        one.appointment.status = AppointmentStatus.HELD
        one.appointment.starts_at, one.appointment.ends_at = one.span.starts_at, one.span.ends_at
        one.appointment.clinician_id, one.appointment.location_id = one.clinician_id, one.location_id
    work.flush()


def _row(work: Work, one: Elsewhere) -> AppointmentMove:
    return AppointmentMove(
        appointment_id=one.appointment.id,
        from_clinician_id=one.appointment.clinician_id,
        from_location_id=one.appointment.location_id,
        from_starts_at=one.appointment.starts_at,
        from_ends_at=one.appointment.ends_at,
        undoes=one.undoes,
        moved_at=work.now,
        moved_by=work.actor.user_id,
    )


def free_time_if_nobody_is_left(work: Work, appointment: Appointment) -> bool:
    """Give the clinician's time back when the last attendance was cancelled; True if it was."""
    statuses = work.scalars(select(Attendance.status).where(Attendance.appointment_id == appointment.id)).all()
    if holds_time(statuses):
        return False
    appointment.status = AppointmentStatus.CANCELLED
    return True
