"""Take a cancellation back within the grace time: who was cancelled is awaited again, at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.grace import TAKEN_BACK, NothingToUndo, TimeGivenAway, check_grace, of_its_series
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance, AttendanceMove


@dataclass(frozen=True)
class CancellationUndone:
    """How many appointments are awaited again."""

    appointments: int


@action(Permission.CANCEL_APPOINTMENT, on=Attendance, refuses={"double_booking": TimeGivenAway})
def undo_cancellation(work: Work, attendance: Attendance) -> CancellationUndone:
    """Give the attendance the status it had before, and what else of its series was cancelled in the same press.

    Raises:
        NothingToUndo: it is not cancelled, or not by the actor. GraceOver. TimeGivenAway: somebody was booked there.
    """
    last = _last_moves(work, [attendance.id])
    if not last or last[0].to_status not in ENDED:
        raise NothingToUndo
    check_grace(last[0].moved_at, last[0].moved_by, work.now, work.actor.user_id)
    siblings = select(Attendance.id).where(
        Attendance.appointment_id.in_(of_its_series(work, attendance.appointment_id)),
        Attendance.patient_id == attendance.patient_id,
    )
    together = [
        move
        for move in _last_moves(work, work.scalars(siblings).all())
        if move.moved_at == last[0].moved_at and move.to_status in ENDED
    ]
    for move in together:
        _restore(work, move)
    work.flush()
    work.record(AuditEvent.CANCELLATION_UNDONE, appointments=len(together))
    return CancellationUndone(len(together))


def _last_moves(work: Work, attendance_ids: Sequence[str]) -> Sequence[AttendanceMove]:
    newest = (
        select(func.max(AttendanceMove.id))
        .where(AttendanceMove.attendance_id.in_(attendance_ids))
        .group_by(AttendanceMove.attendance_id)
    )
    return work.scalars(select(AttendanceMove).where(AttendanceMove.id.in_(newest))).all()


def _restore(work: Work, move: AttendanceMove) -> None:
    attendance = work.get(Attendance, move.attendance_id)
    attendance.status = move.from_status
    work.get(Appointment, attendance.appointment_id).status = AppointmentStatus.HELD
    work.add(
        AttendanceMove(
            attendance_id=attendance.id,
            from_status=move.to_status,
            to_status=move.from_status,
            moved_at=work.now,
            moved_by=work.actor.user_id,
            reason=TAKEN_BACK,
        )
    )
