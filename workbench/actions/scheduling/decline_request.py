"""Tell somebody that the time they asked for cannot be given, and why."""

from dataclasses import dataclass
from typing import Final

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.own_bookings import answer_booking, check_unanswered
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.rules import CancelledBy, ReasonMissing
from workbench.scheduling.self_booking import BookingAnswer, DeclinedWhy
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus

_DECLINED: Final = "The time that was asked for could not be given"


@dataclass(frozen=True)
class RequestDeclined:
    """The time is free again."""

    booking_id: str


@action(Permission.ANSWER_REQUEST, on=OwnBooking)
def decline_request(work: Work, booking: OwnBooking, *, why: str) -> RequestDeclined:
    """Give the time back. why: one of `DeclinedWhy`, which the person reads in their language.

    Raises:
        ReasonMissing: it is none of them. RequestOver: it was answered, taken back, or lapsed.
    """
    if why not in tuple(DeclinedWhy):
        raise ReasonMissing
    check_unanswered(booking, work.now)
    attendance = work.get(Attendance, booking.attendance_id)
    answer_booking(work, booking, BookingAnswer.DECLINED, DeclinedWhy(why))
    move_attendance(
        work, attendance, AttendanceStatus.CANCELLED, reason=_DECLINED, cancelled_by=CancelledBy.PRACTICE
    )  # fmt: skip
    free_time_if_nobody_is_left(work, work.get(Appointment, attendance.appointment_id))
    work.record(AuditEvent.REQUEST_DECLINED, why=why)
    return RequestDeclined(booking.id)
