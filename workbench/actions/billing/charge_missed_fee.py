"""Charge the patient for a session they missed or cancelled late."""

from dataclasses import dataclass

from workbench.billing.missed import REFUSES, check_undecided, fee_for, keep_decision
from workbench.billing.missed_rules import (
    CODES,
    ChargedOnce,
    FeeForbidden,
    NoFee,
    Session,
    check_settled,
    missed_kind,
)
from workbench.billing.tables import Charge, ChargeDetails
from workbench.claims.queries import has_medicaid, medicaid_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of
from workbench.ledger import rules as ledger
from workbench.ledger.book import REFUSES as BOOKED
from workbench.ledger.book import Booking, book
from workbench.ledger.tables import EntryKind
from workbench.people.tables import Location
from workbench.scheduling.groups import is_charged_to_another
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class MissedFeeCharged:
    """What the patient owes for it."""

    charge_id: str
    cents: int


@action(Permission.DECIDE_MISSED_FEE, on=Attendance, refuses={**REFUSES, **BOOKED})
def charge_missed_fee(work: Work, attendance: Attendance) -> MissedFeeCharged:
    """Put the fee on the patient's account: the patient pays it, no plan is billed for it.

    Raises:
        NothingMissed, TooSoon, AlreadyDecided. NoFee: none was set when the session was to begin.
        FeeForbidden: a plan of that day allows none. ChargedOnce: another of a couple or a family is charged.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    kind, on = missed_kind(attendance.status), day_of(appointment.starts_at, work.zone)
    check_settled(on, work.today)
    check_undecided(work, attendance.id)
    if is_charged_to_another(work, attendance):
        raise ChargedOnce
    cents = fee_for(work, kind, Session(appointment.type_id, appointment.starts_at, on))
    if not cents:
        raise NoFee
    if has_medicaid(work.execute(medicaid_of([attendance.patient_id])), attendance.patient_id, on):
        raise FeeForbidden
    charge = Charge(
        attendance_id=attendance.id, note_id=None, patient_id=attendance.patient_id,
        clinician_id=appointment.clinician_id, payer_id=None, coverage_id=None, service_on=on,
        service_code=CODES[kind], minutes=0, place_code=work.get(Location, appointment.location_id).place_code,
        amount_cents=cents, captured_at=work.now, details=ChargeDetails(),
    )  # fmt: skip
    work.add(charge)
    work.flush()
    keep_decision(work, attendance_id=attendance.id, patient_id=attendance.patient_id, kind=kind, cents=cents,
                  charge_id=charge.id)  # fmt: skip
    lines = ledger.charge(charge.id, attendance.patient_id, None, cents)
    book(work, [Booking(EntryKind.CHARGE, "charges", charge.id, on, lines)])
    work.record(AuditEvent.MISSED_FEE_CHARGED, charge_id=charge.id, kind=kind, cents=cents)
    return MissedFeeCharged(charge.id, cents)
