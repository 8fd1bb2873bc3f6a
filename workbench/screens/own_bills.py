"""One's own bills: each session with who paid what, each payment, and the papers: statement, receipt, superbill."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.billing.tables import Charge, Service
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import StandsInFor
from workbench.gate.relations import Moment
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents, dollars
from workbench.kernel.time import spoken_day
from workbench.ledger.tables import Payment
from workbench.paper.sheet import Part, Sheet, pdf_of
from workbench.people.letterhead import about, address_line, from_whom
from workbench.people.tables import Patient, Practice, Staff
from workbench.releases.part_2 import mark_standings
from workbench.screens.form_paper import FormFile
from workbench.screens.patient_balance import ChargeRow, PatientBalance, PaymentRow, account_of

__all__ = ["BillLine", "OwnBills", "own_bills", "own_receipt", "own_statement", "own_superbill"]
_PDF = "application/pdf"


@dataclass(frozen=True)
class BillLine:
    """One session. paid_cents: what the person has paid of it; the parts and what is open add up to what it cost."""

    charge_id: str
    on: date
    label: str
    charged_cents: Cents
    insurance_paid_cents: Cents
    adjusted_cents: Cents
    insurance_owes_cents: Cents
    paid_cents: Cents
    owed_cents: Cents


@dataclass(frozen=True)
class OwnBills:
    """balance_cents: below zero, what the practice owes them. address: where a check goes."""

    balance_cents: Cents
    unapplied_cents: Cents
    lines: tuple[BillLine, ...]
    payments: tuple[PaymentRow, ...]
    practice: str
    address: str


@view(Permission.SEE_OWN_BALANCE, shows=AuditEvent.OWN_BALANCE_SEEN, on=Patient)
def own_bills(look: Look, patient: Patient) -> OwnBills:
    """As the books have it at this moment, the newest first."""
    look.shown(patient.id)
    account, practice = account_of(look, patient), look.scalars(select(Practice)).one().details
    lines = tuple(_line(one) for one in account.charges)
    return OwnBills(
        account.balance_cents, account.unapplied_cents, lines, account.payments, practice.name, address_line(practice),
    )  # fmt: skip


@view(Permission.SEE_OWN_BALANCE, shows=AuditEvent.OWN_BILL_PRINTED, on=Patient)
def own_statement(look: Look, patient: Patient) -> FormFile:
    """Every session and payment with what they changed, as PDF."""
    look.shown(patient.id)
    account = account_of(look, patient)
    sessions = tuple(_told(_line(one)) for one in account.charges)
    paid = tuple(
        Part("answer", label=spoken_day(one.on), text=f"{dollars(one.cents)} received, thank you")
        for one in account.payments
    )
    parts = (
        Part("answer", label="Balance", text=_balance(account)), Part("heading", label="Sessions"), *sessions,
        Part("heading", label="Payments"), *(paid or (Part("words", text="None yet."),)),
    )  # fmt: skip
    return _paper(look, patient, "Statement", f"as of {spoken_day(look.today)}", parts, "statement.pdf")


@view(Permission.SEE_OWN_BALANCE, shows=AuditEvent.OWN_BILL_PRINTED, on=Patient)
def own_receipt(look: Look, patient: Patient, *, payment_id: str) -> FormFile:
    """One payment, as PDF.

    Raises:
        NotFound: they made no such payment.
    """
    payment = look.get(Payment, payment_id)
    if payment.patient_id != patient.id:
        raise NotFound
    look.shown(patient.id)
    rows = (
        ("Received on", spoken_day(payment.received_on)), ("Amount", dollars(Cents(payment.amount_cents))),
        ("By", payment.method), ("Reference", payment.reference),
    )  # fmt: skip
    parts = tuple(Part("answer", label=label, text=text) for label, text in rows if text)
    return _paper(look, patient, "Receipt", f"payment {payment.id[-12:]}", parts, "receipt.pdf")


@view(Permission.SEE_OWN_BALANCE, shows=AuditEvent.OWN_BILL_PRINTED, on=Patient)
def own_superbill(look: Look, patient: Patient, *, charge_id: str) -> FormFile:
    """One session as an insurer asks for it, as PDF. Diagnoses only for who may read them: see `_reads_diagnoses`.

    Raises:
        NotFound: there is no such charge of theirs.
    """
    charge = look.get(Charge, charge_id)
    if charge.patient_id != patient.id:
        raise NotFound
    look.shown(patient.id)
    practice, clinician = look.scalars(select(Practice)).one().details, look.get(Staff, charge.clinician_id).details
    label = look.scalar(select(Service.label).where(Service.code == charge.service_code)) or ""
    line = next(_line(one) for one in account_of(look, patient).charges if one.charge_id == charge.id)
    diagnoses = ", ".join(charge.details.diagnoses) if _reads_diagnoses(look, patient) else ""
    rows = (
        ("Date of service", spoken_day(charge.service_on)), ("Service", f"{charge.service_code} {label}".strip()),
        ("Modifiers", charge.modifiers), ("Units", str(charge.units)), ("Place of service", charge.place_code),
        ("Diagnoses (ICD-10-CM)", diagnoses), ("Fee", dollars(line.charged_cents)),
        ("Paid by the client", dollars(line.paid_cents)), ("Paid by insurance", dollars(line.insurance_paid_cents)),
        ("Rendered by", clinician.shown_name), ("NPI of the clinician", clinician.npi),
        ("Billed by", f"{practice.name}, {address_line(practice)}"),
        ("NPI of the practice", practice.npi), ("Tax ID", practice.tax_id), ("Telephone", practice.phone),
    )  # fmt: skip
    parts = tuple(Part("answer", label=name, text=text) for name, text in rows if text)
    return _paper(look, patient, "Superbill", f"charge {charge.id[-12:]}", parts, "superbill.pdf")


def _reads_diagnoses(look: Look, patient: Patient) -> bool:
    """The person themselves; a proxy whose link opens the chart, where nothing of it is under 42 CFR Part 2."""
    if look.actor.person_id == patient.id:
        return True
    opened = look.scalars(StandsInFor("c01")(look.actor.person_id, Moment(look.now, look.today)))
    return patient.id in set(opened) and not mark_standings(look, patient.id)


def _line(one: ChargeRow) -> BillLine:
    others = one.payer_paid_cents + one.written_off_cents + one.payer_owes_cents
    return BillLine(
        one.charge_id, one.on, one.label or one.code, one.charged_cents, one.payer_paid_cents, one.written_off_cents,
        one.payer_owes_cents, Cents(one.charged_cents - others - one.patient_owes_cents), one.patient_owes_cents,
    )  # fmt: skip


def _told(line: BillLine) -> Part:
    parts = (
        (line.charged_cents, "charged"), (line.insurance_paid_cents, "paid by insurance"),
        (line.adjusted_cents, "taken off by the contract with your insurance"),
        (line.insurance_owes_cents, "insurance has not answered"), (line.paid_cents, "paid by you or settled"),
    )  # fmt: skip
    told = [f"{dollars(cents)} {words}" for cents, words in parts if cents]
    return Part("answer", label=f"{spoken_day(line.on)}, {line.label}",
                text=f"{'; '.join(told)}. You owe {dollars(line.owed_cents)}.")  # fmt: skip


def _balance(account: PatientBalance) -> str:
    cents = account.balance_cents
    if cents < 0:
        return f"{dollars(Cents(-cents))} paid ahead"
    return f"{dollars(cents)} to pay" if cents else "Nothing is open"


def _paper(look: Look, patient: Patient, title: str, foot: str, parts: tuple[Part, ...], name: str) -> FormFile:
    sheet = Sheet(title=title, about=about(patient), practice=from_whom(look), foot=foot, parts=parts)
    return FormFile(name, _PDF, pdf_of(sheet))
