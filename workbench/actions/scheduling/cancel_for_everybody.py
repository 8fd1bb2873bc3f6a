"""Cancel a session of several for everybody at once."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.rules import ENDED, CancelledBy, CannotMove, checked_reason
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


@dataclass(frozen=True)
class CancelledForEverybody:
    """For how many it was cancelled."""

    cancelled: int


@action(Permission.CANCEL_FOR_OTHERS, on=Appointment)
def cancel_for_everybody(work: Work, appointment: Appointment, *, reason: str) -> CancelledForEverybody:
    """Cancel it for everybody who has not cancelled; the time is free again. Nothing is deleted.

    It is the practice that cancels, so it counts as nobody's late cancellation, however short before it is.

    reason: a few words for staff; it is kept with every move, never in the log.

    Raises:
        ReasonMissing. CannotMove: for somebody it is over, and nobody's part is cancelled.
    """
    kept = checked_reason(reason)
    found = work.scalars(
        select(Attendance).where(Attendance.appointment_id == appointment.id, Attendance.status.not_in(ENDED))
    ).all()
    if not found:
        raise CannotMove(AttendanceStatus.CANCELLED, AttendanceStatus.CANCELLED)
    for attendance in found:
        move_attendance(work, attendance, AttendanceStatus.CANCELLED, reason=kept, cancelled_by=CancelledBy.PRACTICE)
    free_time_if_nobody_is_left(work, appointment)
    work.record(AuditEvent.CANCELLED_FOR_EVERYBODY, people=len(found))
    return CancelledForEverybody(len(found))
