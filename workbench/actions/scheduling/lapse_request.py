"""Give the time back that somebody asked for and nobody answered."""

from dataclasses import dataclass
from typing import Final

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.own_bookings import answer_booking
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.rules import CancelledBy
from workbench.scheduling.self_booking import BookingAnswer
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus

_LAPSED: Final = "Asked for and not answered in time"


@dataclass(frozen=True)
class RequestLapsed:
    """lapsed: False where it was answered before, or its time has not come."""

    lapsed: bool


@action(Permission.LAPSE_REQUEST, on=OwnBooking)
def lapse_request(work: Work, booking: OwnBooking) -> RequestLapsed:
    """The time is free again; nothing happens to what was answered."""
    if booking.answer != BookingAnswer.NONE or booking.lapses_at is None or work.now < booking.lapses_at:
        return RequestLapsed(lapsed=False)
    attendance = work.get(Attendance, booking.attendance_id)
    answer_booking(work, booking, BookingAnswer.LAPSED)
    move_attendance(work, attendance, AttendanceStatus.CANCELLED, reason=_LAPSED, cancelled_by=CancelledBy.PRACTICE)
    free_time_if_nobody_is_left(work, work.get(Appointment, attendance.appointment_id))
    work.record(AuditEvent.REQUEST_LAPSED)
    return RequestLapsed(lapsed=True)
