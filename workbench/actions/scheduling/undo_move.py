"""Take a move back within the grace time: the appointment, or the rest of a series, stands where it stood."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.scheduling.grace import NothingToUndo, TimeGivenAway, check_grace, newest_of_each, of_its_series
from workbench.scheduling.moves import Elsewhere, put_elsewhere
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rules import check_waiting
from workbench.scheduling.tables import Appointment, AppointmentMove, Attendance


@dataclass(frozen=True)
class MoveUndone:
    """How many appointments stand again where they stood."""

    appointments: int


@action(Permission.MOVE_APPOINTMENT, on=Appointment, refuses={"double_booking": TimeGivenAway, **ROOMS})
def undo_move(work: Work, appointment: Appointment) -> MoveUndone:
    """Put it back to the time, clinician and place before its last move, with all that were moved in the same press.

    Whoever joined a care team by the move stays on it: they have seen the patient there.

    Raises:
        NothingToUndo: it was not moved, or not by the actor, or something else happened since. GraceOver.
        CannotBeMoved: somebody has arrived, or it is over. TimeGivenAway.
    """
    last = newest_of_each(work, AppointmentMove, AppointmentMove.appointment_id, [appointment.id])
    if not last or last[0].undoes is not None:
        raise NothingToUndo
    check_grace(last[0].moved_at, last[0].moved_by, work.now, work.actor.user_id)
    series = of_its_series(work, appointment.id)
    together = [
        move
        for move in newest_of_each(work, AppointmentMove, AppointmentMove.appointment_id, series)
        if move.moved_at == last[0].moved_at and move.undoes is None
    ]
    moved = [work.get(Appointment, move.appointment_id) for move in together]
    for one in moved:
        check_waiting(work.scalars(select(Attendance.status).where(Attendance.appointment_id == one.id)))
    put_elsewhere(work, [_back(one, move) for one, move in zip(moved, together, strict=True)])
    work.record(AuditEvent.MOVE_UNDONE, appointments=len(moved))
    return MoveUndone(len(moved))


def _back(appointment: Appointment, move: AppointmentMove) -> Elsewhere:
    assert move.from_ends_at is not None  # moves of today keep it; older ones are past their grace
    return Elsewhere(
        appointment,
        Span(move.from_starts_at, move.from_ends_at),
        move.from_clinician_id,
        move.from_location_id,
        move.id,
        room_id=move.from_room_id or "",
    )
