"""One's own appointments, as the person in care or who stands in for them sees them: no word about anybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from workbench.billing.missed import all_terms
from workbench.billing.missed_rules import MissedKind, fee_due
from workbench.claims.queries import has_medicaid, medicaid_of
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.kernel.time import day_of
from workbench.people.names import staff_named
from workbench.people.tables import Location, Patient, Practice
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.rules import WAITING, cancelled_status
from workbench.scheduling.self_booking import BookingAnswer
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceStatus
from workbench.screens.own_times import movable

MOST = 200


@dataclass(frozen=True)
class OwnAppointment:
    """One appointment. can_cancel: it is awaited and has not begun. is_late: cancelled now it would be late.

    fee_cents: what a late cancellation costs by the practice's terms, 0 where nothing or where the plan allows no fee.
    can_move: the person may move it. why: why a time that was asked for was not given, "" where it was.
    lapses_at: of a time that is asked for, until when the practice answers.
    """

    attendance_id: str
    version: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    clinician: str
    place: str
    is_video: bool
    status: str
    can_cancel: bool
    is_late: bool
    fee_cents: Cents
    can_move: bool = False
    why: str = ""
    lapses_at: datetime | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the practice has not answered yet."""
        return self.status == AttendanceStatus.REQUESTED


@dataclass(frozen=True)
class OwnAppointments:
    """coming: awaited or going on, the next first. past: all others, cancelled ones too, the newest first."""

    notice_hours: int
    coming: tuple[OwnAppointment, ...]
    past: tuple[OwnAppointment, ...]


@view(Permission.SEE_OWN_APPOINTMENTS, shows=AuditEvent.OWN_APPOINTMENTS_SEEN, on=Patient)
def own_appointments(look: Look, patient: Patient) -> OwnAppointments:
    """The newest 200."""
    look.shown(patient.id)
    query = (
        select(Attendance, Appointment, AppointmentType.name, Location.name, Location.is_telehealth)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(Attendance.patient_id == patient.id)
        .order_by(Appointment.starts_at.desc(), Attendance.id)
        .limit(MOST)
    )
    found = look.execute(query).all()
    names = staff_named(look, (appointment.clinician_id for _, appointment, *_ in found))
    hours = int(look.scalar(select(Practice.notice_hours)) or 0)
    asked = {one.attendance_id: one for one in look.scalars(
        select(OwnBooking).where(OwnBooking.patient_id == patient.id, OwnBooking.lapses_at.is_not(None))
    )}  # fmt: skip
    can_be_moved = movable(look, [(row[0], row[1]) for row in found])
    terms, plans = all_terms(look), look.execute(medicaid_of([patient.id])).all()

    def shown(attendance: Attendance, appointment: Appointment, kind: str, place: str, video: bool) -> OwnAppointment:
        starts_at = appointment.starts_at
        is_asked, request = attendance.status == AttendanceStatus.REQUESTED, asked.get(attendance.id)
        status = cancelled_status(starts_at, look.now, timedelta(hours=hours))
        is_late = status is AttendanceStatus.LATE_CANCELLED and not is_asked
        can_cancel = (attendance.status in WAITING or is_asked) and starts_at > look.now
        free = has_medicaid(plans, patient.id, day_of(starts_at, look.zone))
        fee = Cents(0) if free or not (can_cancel and is_late) else fee_due(MissedKind.LATE, starts_at, terms)
        return OwnAppointment(
            attendance.id, attendance.version, starts_at, appointment.ends_at, kind,
            names[appointment.clinician_id].shown_name, place, video, attendance.status, can_cancel, is_late, fee,
            attendance.id in can_be_moved, _why(request), request.lapses_at if request and is_asked else None,
        )  # fmt: skip

    rows = [shown(*row) for row in found]
    coming = [one for one in rows if one.ends_at > look.now and one.status in _TO_COME]
    past = [one for one in rows if one not in coming]
    return OwnAppointments(hours, tuple(reversed(coming)), tuple(past))


def _why(request: OwnBooking | None) -> str:
    if request is None:
        return ""
    return BookingAnswer.LAPSED.value if request.answer == BookingAnswer.LAPSED else request.why


_TO_COME = WAITING | {AttendanceStatus.REQUESTED, AttendanceStatus.ARRIVED, AttendanceStatus.IN_SESSION}
