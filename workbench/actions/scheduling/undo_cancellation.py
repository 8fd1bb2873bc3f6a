"""Take a cancellation back within the grace time: who was cancelled is awaited again, at the same time."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.grace import (
    NOT_TAKEN_BACK,
    NothingToUndo,
    TimeGivenAway,
    check_grace,
    newest_of_each,
    of_its_series,
)
from workbench.scheduling.moves import hold_again, restore_attendance
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, Attendance, AttendanceMove, AttendanceStatus


@dataclass(frozen=True)
class CancellationUndone:
    """How many patients' parts in appointments are awaited again."""

    appointments: int


@action(Permission.CANCEL_FOR_OTHERS, on=Attendance, refuses={"double_booking": TimeGivenAway, **ROOMS})
def undo_cancellation(work: Work, attendance: Attendance) -> CancellationUndone:
    """Give the attendance its status of before, and what else of its session or series was cancelled in the same press.

    Raises:
        NothingToUndo: it is not cancelled, or not by the actor. GraceOver. TimeGivenAway: somebody was booked there.
    """
    last = newest_of_each(work, AttendanceMove, AttendanceMove.attendance_id, [attendance.id])
    if not last or last[0].to_status not in ENDED or last[0].reason in NOT_TAKEN_BACK or _was_asked_for(last[0]):
        raise NothingToUndo
    check_grace(last[0].moved_at, last[0].moved_by, work.now, work.actor.user_id)
    siblings = select(Attendance.id).where(
        Attendance.appointment_id.in_(of_its_series(work, attendance.appointment_id))
    )
    together = [
        move
        for move in newest_of_each(work, AttendanceMove, AttendanceMove.attendance_id, work.scalars(siblings).all())
        if move.moved_at == last[0].moved_at and move.to_status in ENDED and not _was_asked_for(move)
    ]
    for move in together:
        restored = work.get(Attendance, move.attendance_id)
        hold_again(work, work.get(Appointment, restored.appointment_id))
        restore_attendance(work, restored, AttendanceStatus(move.from_status))
    work.record(AuditEvent.CANCELLATION_UNDONE, appointments=len(together))
    return CancellationUndone(len(together))


def _was_asked_for(move: AttendanceMove) -> bool:
    """Whether it answered a request: that was told, and whoever asked may ask again."""
    return move.from_status == AttendanceStatus.REQUESTED
