"""Say what people in care may book by themselves of one kind of appointment."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_practising
from workbench.people.tables import Staff
from workbench.scheduling.own_bookings import keep_rule
from workbench.scheduling.rules import TypeRetired
from workbench.scheduling.self_booking import Rule
from workbench.scheduling.tables import AppointmentType


@dataclass(frozen=True)
class SelfBookingSet:
    """The rule that holds from now on."""

    rule_id: str


@action(Permission.SET_APPOINTMENT_TYPES, on=AppointmentType)
def set_self_booking(work: Work, offered: AppointmentType, *, rule: Rule) -> SelfBookingSet:
    """It holds for what is chosen from now on; what was asked for or booked before stays.

    Raises:
        RuleWrong: with the field. TypeRetired, ClinicianGone, NotFound.
    """
    if not offered.is_active:
        raise TypeRetired
    for staff_id in sorted(rule.staff_ids):
        check_practising(work.get(Staff, staff_id), work.today)
    row = keep_rule(work, offered.id, rule)
    work.record(AuditEvent.SELF_BOOKING_SET, how=row.how, whom=row.whom, seen_by=row.seen_by, may_move=row.may_move)
    return SelfBookingSet(row.id)
