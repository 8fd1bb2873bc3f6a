"""One claim as a biller opens it: what was sent, for whom, with which diagnoses, and every answer; and its file."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.billing.tables import Charge
from workbench.claims.rules import claim_number
from workbench.claims.states import ClaimState
from workbench.claims.tables import Claim, ClaimBatch, ClaimLine, Payer, Remittance, RemittanceClaim
from workbench.documents.tables import Document
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.people.tables import Patient, Staff


@dataclass(frozen=True)
class ClaimLineShown:
    """One service as it was sent. `diagnoses`: ICD-10-CM codes of this service, the principal one first."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    minutes: int
    on: date
    cents: Cents
    diagnoses: tuple[str, ...]


@dataclass(frozen=True)
class ClaimAnswer:
    """What one remittance says about the claim; `posted_at` is None until it is in the books."""

    remittance_id: str
    trace: str
    status: str
    paid_cents: Cents
    patient_cents: Cents
    uploaded_at: datetime
    posted_at: datetime | None


@dataclass(frozen=True)
class ClaimShown:
    """One claim whole. `control`: the number of the file it went out in; `batch_id`: what to ask the file with."""

    claim_id: str
    number: str
    patient_id: str
    patient: str
    clinician: str
    payer: str
    payer_claim_number: str
    state: ClaimState
    service_on: date
    place_code: str
    charged_cents: Cents
    paid_cents: Cents
    patient_cents: Cents
    batch_id: str
    control: int
    approved_at: datetime
    lines: tuple[ClaimLineShown, ...]
    answers: tuple[ClaimAnswer, ...]


@view(Permission.SEE_CLAIMS, shows=AuditEvent.CLAIMS_SEEN, on=Claim)
def claim_shown(look: Look, claim: Claim) -> ClaimShown:
    """The claim with its lines in the order of the file and its answers, oldest first."""
    look.shown(claim.patient_id)
    query = (
        select(ClaimLine, Charge)
        .join(Charge, Charge.id == ClaimLine.charge_id)
        .where(ClaimLine.claim_id == claim.id)
        .order_by(ClaimLine.position)
    )
    found = look.execute(query).all()
    batch = look.get(ClaimBatch, claim.batch_id)
    return ClaimShown(
        claim_id=claim.id,
        number=claim_number(claim.number),
        patient_id=claim.patient_id,
        patient=look.get(Patient, claim.patient_id).details.shown_name,
        clinician=look.get(Staff, claim.clinician_id).details.shown_name,
        payer=look.get(Payer, claim.payer_id).name,
        payer_claim_number=claim.payer_claim_number,
        state=ClaimState(claim.state),
        service_on=claim.service_on,
        place_code=found[0][1].place_code if found else "",
        charged_cents=Cents(claim.charged_cents),
        paid_cents=Cents(claim.paid_cents),
        patient_cents=Cents(claim.patient_cents),
        batch_id=batch.id,
        control=batch.control,
        approved_at=claim.approved_at,
        lines=tuple(_line(line, charge) for line, charge in found),
        answers=_answers(look, claim.id),
    )


@view(Permission.APPROVE_CLAIMS, shows=AuditEvent.CLAIM_FILE_TAKEN, on=ClaimBatch)
def claim_file(look: Look, batch: ClaimBatch) -> bytes:
    """The bytes of the 837P file exactly as they were written, for the clearinghouse."""
    look.facts["control"] = batch.control
    patients = select(Claim.patient_id).where(Claim.batch_id == batch.id)
    look.shown(set(look.scalars(patients)))
    return look.get(Document, batch.document_id).content.data


def _line(line: ClaimLine, charge: Charge) -> ClaimLineShown:
    return ClaimLineShown(
        code=line.service_code,
        modifiers=tuple(filter(None, charge.modifiers.split(","))),
        units=charge.units,
        minutes=charge.minutes,
        on=charge.service_on,
        cents=Cents(line.amount_cents),
        diagnoses=charge.details.diagnoses,
    )


def _answers(look: Look, claim_id: str) -> tuple[ClaimAnswer, ...]:
    query = (
        select(RemittanceClaim, Remittance)
        .join(Remittance, Remittance.id == RemittanceClaim.remittance_id)
        .where(RemittanceClaim.claim_id == claim_id)
        .order_by(Remittance.uploaded_at, RemittanceClaim.position)
    )
    return tuple(
        ClaimAnswer(
            remittance_id=remittance.id,
            trace=remittance.trace,
            status=told.status,
            paid_cents=Cents(told.paid_cents),
            patient_cents=Cents(told.patient_cents),
            uploaded_at=remittance.uploaded_at,
            posted_at=remittance.posted_at,
        )
        for told, remittance in look.execute(query)
    )
