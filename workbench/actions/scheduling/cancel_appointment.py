"""Cancel one patient's part in an appointment."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.actor import IN_CARE
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AttendanceId
from workbench.people.queries import notice_of
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.rules import CancelledBy, cancelled_status, check_own_cancellation, checked_by, checked_reason
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@dataclass(frozen=True)
class Cancelled:
    """How it was cancelled. `is_late`: by the patient, within the notice. `frees_time`: nobody else attends."""

    attendance_id: AttendanceId
    is_late: bool
    frees_time: bool


@action(Permission.CANCEL_APPOINTMENT, on=Attendance)
def cancel_appointment(work: Work, attendance: Attendance, *, reason: str, by: str = CancelledBy.PATIENT) -> Cancelled:
    """Cancel the attendance; the appointment gives its time back when nobody is left. Nothing is deleted.

    reason: a few words for staff, such as “patient asked”; it is kept with the move, never in the log.
    by: whose cancellation it is, whoever enters it; what the practice cancels is never late.

    Raises:
        ReasonMissing, CannotMove: it is over, or was cancelled before.
        CannotCancelOwn: the person in care, or who stands in for them, after it began or as somebody else's doing.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    notice = notice_of(work)
    whose = checked_by(by)
    if work.actor.roles & IN_CARE:
        check_own_cancellation(appointment.starts_at, attendance.status, work.now, whose)
    status = AttendanceStatus.CANCELLED
    if attendance.status != AttendanceStatus.REQUESTED:  # what nobody has agreed to yet is never given up late
        status = cancelled_status(appointment.starts_at, work.now, notice, whose)
    move_attendance(work, attendance, status, reason=checked_reason(reason), cancelled_by=whose)
    frees_time = free_time_if_nobody_is_left(work, appointment)
    is_late = status is AttendanceStatus.LATE_CANCELLED
    work.record(
        AuditEvent.APPOINTMENT_CANCELLED,
        appointment_id=appointment.id,
        whose=whose,
        late=is_late,
        frees_time=frees_time,
    )
    return Cancelled(AttendanceId(attendance.id), is_late, frees_time)
