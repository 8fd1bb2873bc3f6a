"""What one patient owes, session by session, and every payment. Straight from the books."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from workbench.billing.tables import Charge, Service
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.ledger.rules import Account
from workbench.ledger.tables import LedgerLine, Payment
from workbench.people.tables import Patient


@dataclass(frozen=True)
class ChargeRow:
    """One session: what it cost, what payers paid, what the contract took off, what is open with whom."""

    charge_id: str
    on: date
    code: str
    label: str
    charged_cents: Cents
    payer_paid_cents: Cents
    written_off_cents: Cents
    payer_owes_cents: Cents
    patient_owes_cents: Cents


@dataclass(frozen=True)
class PaymentRow:
    """Money the patient gave."""

    payment_id: str
    on: date
    method: str
    cents: Cents
    reference: str


@dataclass(frozen=True)
class PatientBalance:
    """The patient's account. `balance_cents`: what they owe now; below zero, what the practice owes them.

    `unapplied_cents`: money of theirs that pays no session yet (already taken off the balance).
    """

    patient_id: str
    number: int
    name: str
    balance_cents: Cents
    unapplied_cents: Cents
    payer_owes_cents: Cents
    charges: tuple[ChargeRow, ...]
    payments: tuple[PaymentRow, ...]


@view(Permission.SEE_BALANCES, shows=AuditEvent.BALANCE_SEEN, on=Patient)
def patient_balance(look: Look, patient: Patient) -> PatientBalance:
    """The account as the books have it at this moment, newest session first."""
    by_charge: dict[str | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    query = (
        select(LedgerLine.charge_id, LedgerLine.account, func.sum(LedgerLine.cents))
        .where(LedgerLine.patient_id == patient.id)
        .group_by(LedgerLine.charge_id, LedgerLine.account)
    )
    for charge_id, account, cents in look.execute(query):
        by_charge[charge_id][account] += int(cents)
    charges = select(Charge, Service.label).outerjoin(Service, Service.code == Charge.service_code)
    rows = look.execute(charges.where(Charge.patient_id == patient.id).order_by(Charge.service_on.desc(), Charge.id))
    payments = select(Payment).where(Payment.patient_id == patient.id).order_by(Payment.received_on.desc(), Payment.id)

    def total(account: Account) -> Cents:
        return Cents(sum(accounts[account] for accounts in by_charge.values()))

    look.shown(patient.id)
    return PatientBalance(
        patient_id=patient.id,
        number=patient.number,
        name=patient.details.shown_name,
        balance_cents=Cents(total(Account.RECEIVABLE_PATIENT) + total(Account.UNAPPLIED_PATIENT)),
        unapplied_cents=Cents(-total(Account.UNAPPLIED_PATIENT)),
        payer_owes_cents=total(Account.RECEIVABLE_PAYER),
        charges=tuple(_charge(charge, label or "", by_charge[charge.id]) for charge, label in rows),
        payments=tuple(
            PaymentRow(one.id, one.received_on, one.method, Cents(one.amount_cents), one.reference)
            for one in look.scalars(payments)
        ),
    )


def _charge(charge: Charge, label: str, accounts: dict[str, int]) -> ChargeRow:
    return ChargeRow(
        charge_id=charge.id,
        on=charge.service_on,
        code=charge.service_code,
        label=label,
        charged_cents=Cents(charge.amount_cents),
        payer_paid_cents=Cents(accounts[Account.CLEARING_EFT]),
        written_off_cents=Cents(accounts[Account.CONTRACTUAL]),
        payer_owes_cents=Cents(accounts[Account.RECEIVABLE_PAYER]),
        patient_owes_cents=Cents(accounts[Account.RECEIVABLE_PATIENT]),
    )
