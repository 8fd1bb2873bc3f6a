"""Choose a time by oneself: booked at once or asked for, as the practice's rule for this kind of appointment says."""

from dataclasses import dataclass
from datetime import datetime

from workbench.actions.scheduling._own_times import business_hours, checked_time
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AppointmentId, AttendanceId
from workbench.people.care_team import join_by_rule
from workbench.people.queries import team_of
from workbench.people.tables import Location, Patient, Staff
from workbench.scheduling.holding import attend, hold
from workbench.scheduling.own_bookings import how_many_open, is_returning, rules_of
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.rules import SlotTaken, TypeRetired
from workbench.scheduling.self_booking import BookingAnswer, How, NotBookable, Rule, TooManyOpen, opens_to
from workbench.scheduling.tables import AppointmentType, AttendanceStatus


@dataclass(frozen=True)
class OwnTime:
    """The time that is held. lapses_at: until when the practice answers; None where it is booked."""

    appointment_id: AppointmentId
    attendance_id: AttendanceId
    starts_at: datetime
    lapses_at: datetime | None


@action(Permission.BOOK_OWN_TIME, on=Patient, refuses={"double_booking": SlotTaken})
def book_own_time(
    work: Work, patient: Patient, *, type_id: str, clinician_id: str, location_id: str, starts_at: datetime
) -> OwnTime:
    """Hold the time for them; of two who choose it at once, one has it.

    Raises:
        NotBookable: the rule does not open this kind to them, or not with this clinician. TooManyOpen.
        NotWithinNotice, NotAFreeTime, SlotTaken, InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound.
    """
    offered, clinician = work.get(AppointmentType, type_id), work.get(Staff, clinician_id)
    rule_id, rule = _rule_for(work, patient, offered, clinician)
    location = work.get(Location, location_id)
    span = checked_time(work, patient, rule, clinician, location, starts_at=starts_at, minutes=offered.minutes)
    asks = rule.how is How.REQUEST
    appointment = hold(work, span, clinician_id=clinician.id, type_id=offered.id, location_id=location.id)
    status = AttendanceStatus.REQUESTED if asks else AttendanceStatus.BOOKED
    attendance = attend(work, appointment.id, patient.id, status)
    work.flush()
    lapses_at = min(business_hours(work).after(work.now, rule.answer_hours), span.starts_at) if asks else None
    booking = OwnBooking(
        patient_id=patient.id, attendance_id=attendance.id, rule_id=rule_id, asked_at=work.now,
        asked_by=work.actor.user_id, lapses_at=lapses_at, answer="" if asks else BookingAnswer.ACCEPTED,
        answered_at=None if asks else work.now,
    )  # fmt: skip
    work.add(booking)
    work.flush()
    if lapses_at is None:
        join_by_rule(work, patient, clinician.id)
        work.record(
            AuditEvent.APPOINTMENT_BOOKED, subject=appointment, patient_id=patient.id, clinician_id=clinician.id
        )
    else:
        work.later(kind="lapse_request", key=f"lapse {booking.id}", payload={"id": booking.id}, run_at=lapses_at)
        work.record(AuditEvent.TIME_REQUESTED, subject=booking, clinician_id=clinician.id)
    return OwnTime(AppointmentId(appointment.id), AttendanceId(attendance.id), span.starts_at, lapses_at)


def _rule_for(work: Work, patient: Patient, offered: AppointmentType, clinician: Staff) -> tuple[str, Rule]:
    if not offered.is_active:
        raise TypeRetired
    rule_id, rule = rules_of(work, [offered.id]).get(offered.id, ("", Rule()))
    if not opens_to(rule, is_returning=is_returning(work, patient.id)):
        raise NotBookable
    if not clinician.is_clinician or not rule.sees(clinician.id, team_of(work, patient.id)):
        raise NotBookable
    if how_many_open(work, patient.id, offered.id) >= rule.most_open:
        raise TooManyOpen
    return rule_id, rule
