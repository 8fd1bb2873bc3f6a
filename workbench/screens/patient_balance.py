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
from workbench.ledger.rules import PATIENT_ACCOUNTS, Account
from workbench.ledger.tables import LedgerEntry, LedgerLine, Payment
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
class StatementLine:
    """One entry of the books as it changed what the patient owes, and what they owed after it.

    kind: the entry's, such as `remittance` or `payment`. code: of the service it is about, where it is about one.
    """

    entry_id: str
    on: date
    kind: str
    code: str
    cents: Cents
    balance_cents: Cents


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
    statement: tuple[StatementLine, ...]


@view(Permission.SEE_BALANCES, shows=AuditEvent.BALANCE_SEEN, on=Patient)
def patient_balance(look: Look, patient: Patient) -> PatientBalance:
    """The account as the books have it at this moment, newest session first."""
    look.shown(patient.id)
    return account_of(look, patient)


def account_of(look: Look, patient: Patient) -> PatientBalance:
    """The same, for a view that has judged that the account may be read."""
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
        statement=_statement(look, patient.id),
    )


def _statement(look: Look, patient_id: str) -> tuple[StatementLine, ...]:
    """Every entry that changed what the patient owes, oldest first, with the balance after it."""
    cents, code = func.sum(LedgerLine.cents), func.coalesce(func.min(Charge.service_code), "")
    query = (
        select(LedgerEntry.id, LedgerEntry.happened_on, LedgerEntry.kind, code, cents)
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .outerjoin(Charge, Charge.id == LedgerLine.charge_id)
        .where(LedgerLine.patient_id == patient_id, LedgerLine.account.in_(PATIENT_ACCOUNTS))
        .group_by(LedgerEntry.id, LedgerEntry.happened_on, LedgerEntry.kind, LedgerEntry.recorded_at)
        .having(cents != 0)
        .order_by(LedgerEntry.happened_on, LedgerEntry.recorded_at, LedgerEntry.id)
    )
    lines: list[StatementLine] = []
    balance = 0
    for entry_id, on, kind, of, changed in look.execute(query):
        balance += int(changed)
        lines.append(StatementLine(entry_id, on, kind, of, Cents(int(changed)), Cents(balance)))
    return tuple(lines)


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
