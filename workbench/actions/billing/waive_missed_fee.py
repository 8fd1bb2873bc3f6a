"""Do not charge for a session that was missed or cancelled late, and say why."""

from dataclasses import dataclass

from workbench.billing.missed import REFUSES, check_undecided, fee_for, keep_decision
from workbench.billing.missed_rules import Session, TermsWrong, Waiver, check_settled, missed_kind
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
    kind, on = missed_kind(attendance.status), day_of(appointment.starts_at, work.zone)
    check_settled(on, work.today)
    check_undecided(work, attendance.id)
    cents = fee_for(work, kind, Session(appointment.type_id, appointment.starts_at, on))
    keep_decision(work, attendance_id=attendance.id, patient_id=attendance.patient_id, kind=kind, cents=cents,
                  waived_because=Waiver(why))  # fmt: skip
    work.record(AuditEvent.MISSED_FEE_WAIVED, kind=kind, why=why, cents=cents)
    return MissedFeeWaived(cents)
