"""Do not charge for a session that was missed or cancelled late, and say why."""

from dataclasses import dataclass

from workbench.billing.missed import REFUSES, all_terms, check_undecided, keep_decision
from workbench.billing.missed_rules import TermsWrong, Waiver, check_settled, fee_due, missed_kind
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class MissedFeeWaived:
    """What would have been owed."""

    cents: int


@action(Permission.DECIDE_MISSED_FEE, on=Attendance, refuses=REFUSES)
def waive_missed_fee(work: Work, attendance: Attendance, *, why: str) -> MissedFeeWaived:
    """Keep that nothing is charged for it, and for which of the reasons the report counts.

    Raises:
        NothingMissed, TooSoon, AlreadyDecided. TermsWrong: there is no such reason.
    """
    if why not in tuple(Waiver):
        raise TermsWrong("Please choose a reason.", "reason")
    appointment = work.get(Appointment, attendance.appointment_id)
    kind = missed_kind(attendance.status)
    check_settled(day_of(appointment.starts_at, work.zone), work.today)
    check_undecided(work, attendance.id)
    cents = fee_due(kind, appointment.starts_at, all_terms(work))
    keep_decision(work, attendance_id=attendance.id, patient_id=attendance.patient_id, kind=kind, cents=cents,
                  waived_because=Waiver(why))  # fmt: skip
    work.record(AuditEvent.MISSED_FEE_WAIVED, kind=kind, why=why, cents=cents)
    return MissedFeeWaived(cents)
