"""Take money from a patient: cash, a check, or a card payment made elsewhere and recorded here."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.billing.tables import Charge
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import LARGEST, Cents
from workbench.ledger.book import Booking, book, owed_by_charge
from workbench.ledger.rules import PATIENT_ACCOUNTS, Account, Line, patient_payment
from workbench.ledger.tables import EntryKind, Payment, PaymentMethod
from workbench.people.tables import Patient

__all__ = ["PaymentMethod", "PaymentTaken", "take_payment"]

_INTO = {
    PaymentMethod.CASH: Account.CLEARING_DEPOSIT,
    PaymentMethod.CHECK: Account.CLEARING_DEPOSIT,
    PaymentMethod.CARD: Account.CLEARING_PROCESSOR,
}
_CARD_NUMBER = re.compile(r"\d{12,}")


class NotAPayment(WorkbenchError):
    """The amount, the day or the method cannot be right."""


class LooksLikeCardNumber(WorkbenchError):
    """The reference holds as many digits as a card number, which must never be kept."""

    def __init__(self) -> None:
        super().__init__("The reference looks like a card number. Never write one here: use the receipt's number.")


@dataclass(frozen=True)
class PaymentTaken:
    """The payment, what of it waits because nothing else is open, and what the patient owes after it."""

    payment_id: str
    applied_cents: Cents
    unapplied_cents: Cents


@action(Permission.TAKE_PAYMENT, on=Patient)
def take_payment(
    work: Work,
    patient: Patient,
    *,
    amount_cents: int,
    method: PaymentMethod,
    received_on: date | None = None,
    reference: str = "",
) -> PaymentTaken:
    """Book the money on the oldest open charges; what is left waits unapplied.

    received_on: today where it is left out. reference: the practice's own, at most 40 characters.

    Raises:
        NotAPayment, LooksLikeCardNumber: as named.
    """
    _check(amount_cents, reference, received_on or work.today, work.today)
    into = _INTO[PaymentMethod(method)]
    lines = patient_payment(patient.id, Cents(amount_cents), into, _open_charges(work, patient.id))
    payment = Payment(
        patient_id=patient.id,
        method=PaymentMethod(method),
        amount_cents=amount_cents,
        received_on=received_on or work.today,
        taken_at=work.now,
        taken_by=work.actor.user_id,
        reference=reference.strip(),
    )
    work.add(payment)
    book(work, [Booking(EntryKind.PAYMENT, "payments", payment.id, payment.received_on, lines)])
    work.record(AuditEvent.PAYMENT_TAKEN, payment_id=payment.id, method=str(payment.method), lines=len(lines))
    waits = Cents(-_sum(lines, Account.UNAPPLIED_PATIENT))
    return PaymentTaken(payment.id, Cents(amount_cents - waits), waits)


def _check(amount_cents: int, reference: str, received_on: date, today: date) -> None:
    if not 0 < amount_cents <= LARGEST:
        raise NotAPayment("A payment is more than zero and at most ten million dollars.")
    if received_on > today:
        raise NotAPayment("A payment cannot be received on a day to come.")
    if len(reference) > 40:
        raise NotAPayment("The reference is longer than 40 characters.")
    if _CARD_NUMBER.search(re.sub(r"[ -]", "", reference)):
        raise LooksLikeCardNumber


def _open_charges(work: Work, patient_id: str) -> list[tuple[str, Cents]]:
    """What the patient owes by charge, oldest session first."""
    owed = {row[0]: Cents(row[1]) for row in work.execute(owed_by_charge(patient_id, PATIENT_ACCOUNTS))}
    order = work.scalars(select(Charge.id).where(Charge.id.in_(owed)).order_by(Charge.service_on, Charge.id))
    return [(charge_id, owed[charge_id]) for charge_id in order]


def _sum(lines: tuple[Line, ...], account: Account) -> int:
    return sum(line.cents for line in lines if line.account is account)
