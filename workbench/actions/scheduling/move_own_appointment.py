"""Move one's own appointment to another time of the same clinician, by the same terms as cancelling."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from workbench.actions.scheduling._own_times import checked_time
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AppointmentId
from workbench.kernel.time import Span
from workbench.people.queries import notice_of
from workbench.people.tables import Location, Patient, Staff
from workbench.scheduling.holding import attend, hold
from workbench.scheduling.moves import Elsewhere, free_time_if_nobody_is_left, move_attendance, put_elsewhere
from workbench.scheduling.own_bookings import is_movable, rules_of
from workbench.scheduling.rules import CancelledBy, SlotTaken, cancelled_status
from workbench.scheduling.self_booking import CannotMoveOwn, Rule
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus

_MOVED_LATE: Final = "Moved to another time in the portal, later than the notice"


@dataclass(frozen=True)
class OwnMoved:
    """Where it is now. is_late: the old time counts as cancelled late, and the new one is a new appointment."""

    appointment_id: AppointmentId
    starts_at: datetime
    is_late: bool


@action(Permission.MOVE_OWN_APPOINTMENT, on=Attendance, refuses={"double_booking": SlotTaken})
def move_own_appointment(
    work: Work, attendance: Attendance, *, starts_at: datetime, location_id: str
) -> OwnMoved:  # fmt: skip
    """Another time of the same clinician, for the same length. Of a series only this one moves.

    Within the notice the old time is lost as by a late cancellation. A room is given up: the practice says which next.

    Raises:
        CannotMoveOwn: it has begun, others come too, or the practice does not let this kind be moved.
        NotWithinNotice, NotAFreeTime, SlotTaken, NotBookable, InThePast, TooFarAhead, ClinicianGone, NotFound.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    _, rule = rules_of(work, [appointment.type_id]).get(appointment.type_id, ("", Rule()))
    others = select(Attendance.id).where(Attendance.appointment_id == appointment.id, Attendance.id != attendance.id)
    is_shared = work.scalar(others.limit(1)) is not None
    if is_shared or not is_movable(rule, appointment, attendance.status, work.now):
        raise CannotMoveOwn
    patient, location = work.get(Patient, attendance.patient_id), work.get(Location, location_id)
    length = (appointment.ends_at - appointment.starts_at) // timedelta(minutes=1)
    span = checked_time(
        work, patient, rule, work.get(Staff, appointment.clinician_id), location, starts_at=starts_at, minutes=length,
        moving_id=appointment.id,
    )  # fmt: skip
    status = cancelled_status(appointment.starts_at, work.now, notice_of(work))
    is_late = status is AttendanceStatus.LATE_CANCELLED
    if is_late:
        appointment = _anew(work, attendance, appointment, span, location.id)
    else:
        there = Elsewhere(appointment, span, appointment.clinician_id, location.id, overlap_because="", room_id="")
        put_elsewhere(work, [there])
    work.record(AuditEvent.APPOINTMENT_MOVED, clinician_id=appointment.clinician_id, late=is_late)
    return OwnMoved(AppointmentId(appointment.id), span.starts_at, is_late)


def _anew(work: Work, attendance: Attendance, old: Appointment, span: Span, location_id: str) -> Appointment:
    move_attendance(
        work, attendance, AttendanceStatus.LATE_CANCELLED, reason=_MOVED_LATE, cancelled_by=CancelledBy.PATIENT
    )  # fmt: skip
    free_time_if_nobody_is_left(work, old)
    work.flush()
    new = hold(work, span, clinician_id=old.clinician_id, type_id=old.type_id, location_id=location_id)
    attend(work, new.id, attendance.patient_id)
    work.record(AuditEvent.APPOINTMENT_CANCELLED, appointment_id=old.id, whose=CancelledBy.PATIENT, late=True)
    work.record(
        AuditEvent.APPOINTMENT_BOOKED, subject=new, patient_id=attendance.patient_id, clinician_id=new.clinician_id
    )
    return new
