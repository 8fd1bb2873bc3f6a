"""What one patient owes and has paid, for the front desk: no session, no service, no payer, no code."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.ledger.rules import PATIENT_ACCOUNTS, Account
from workbench.ledger.tables import LedgerLine, Payment
from workbench.people.tables import Patient
from workbench.screens.patient_balance import PaymentRow


@dataclass(frozen=True)
class AmountDue:
    """`balance_cents`: what they owe now, below zero what the practice owes them; `unapplied_cents` is taken off it."""

    patient_id: str
    number: int
    name: str
    balance_cents: Cents
    unapplied_cents: Cents
    payments: tuple[PaymentRow, ...]


@view(Permission.SEE_AMOUNT_DUE, shows=AuditEvent.BALANCE_SEEN, on=Patient)
def amount_due(look: Look, patient: Patient) -> AmountDue:
    """Two sums of the books and the patient's own payments, newest first (minimum necessary, 45 CFR 164.502(b))."""
    sums = sums_of(look, patient.id)
    payments = select(Payment).where(Payment.patient_id == patient.id).order_by(Payment.received_on.desc(), Payment.id)
    look.shown(patient.id)
    return AmountDue(
        patient.id,
        patient.number,
        patient.details.shown_name,
        Cents(sum(sums.values())),
        Cents(-sums.get(Account.UNAPPLIED_PATIENT, 0)),
        tuple(
            PaymentRow(one.id, one.received_on, one.method, Cents(one.amount_cents), one.reference)
            for one in look.scalars(payments)
        ),
    )


def sums_of(look: Look, patient_id: str) -> dict[str, int]:
    """What stands in each account of a patient; all together it is what they owe."""
    query = select(LedgerLine.account, func.sum(LedgerLine.cents)).where(
        LedgerLine.patient_id == patient_id, LedgerLine.account.in_(PATIENT_ACCOUNTS)
    )
    return {account: int(cents) for account, cents in look.execute(query.group_by(LedgerLine.account))}
