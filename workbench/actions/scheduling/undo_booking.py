"""Take a booking back within the grace time: nobody was to come, and it counts as nobody's cancellation."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.grace import TAKEN_BACK, NothingToUndo, check_grace, of_its_series
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.tables import Appointment, AppointmentMove, Attendance, AttendanceStatus


@dataclass(frozen=True)
class BookingUndone:
    """How many appointments give their time back."""

    appointments: int


@action(Permission.CANCEL_FOR_OTHERS, on=Appointment)
def undo_booking(work: Work, appointment: Appointment) -> BookingUndone:
    """Cancel what was booked in the same press, in time whatever the notice is. The rows stay: nothing is deleted.

    Raises:
        NothingToUndo: the actor did not book it, somebody else moved it, or somebody of it is no longer just booked.
        GraceOver.
    """
    check_grace(appointment.booked_at, appointment.booked_by, work.now, work.actor.user_id)
    booked = [
        one
        for one in (work.get(Appointment, one_id) for one_id in of_its_series(work, appointment.id))
        if one.booked_at == appointment.booked_at
    ]
    others = AppointmentMove.moved_by != work.actor.user_id
    if work.scalar(
        select(AppointmentMove.id)
        .where(AppointmentMove.appointment_id.in_([one.id for one in booked]), others)
        .limit(1)
    ):
        raise NothingToUndo
    for one in booked:
        for attendance in work.scalars(select(Attendance).where(Attendance.appointment_id == one.id)).all():
            if attendance.status != AttendanceStatus.BOOKED:
                raise NothingToUndo
            move_attendance(work, attendance, AttendanceStatus.CANCELLED, reason=TAKEN_BACK)
        free_time_if_nobody_is_left(work, one)
    work.record(AuditEvent.BOOKING_UNDONE, appointments=len(booked))
    return BookingUndone(len(booked))
