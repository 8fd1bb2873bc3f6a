"""A payer that answers within seconds: writes an 835 for each batch of claims approved in a synthetic practice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from workbench.billing.tables import Charge
from workbench.claims.rules import claim_number
from workbench.claims.tables import Claim, ClaimBatch, ClaimLine, Coverage, Payer
from workbench.demo.drop import FOLDER, put
from workbench.demo.files import claim_advice, sending
from workbench.demo.insurers import INSURERS, Insurer, denial, payment
from workbench.demo.people import practice_details
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.kernel.time import day_of
from workbench.people.tables import Patient, Practice, Staff
from workbench.x12.remittance_writer import Advice, ClaimAdvice, LineAdvice, write_remittances

KIND: Final = "answer_claims"
PERMISSIONS: Final = frozenset({Permission.SEE_CLAIMS})
_COPAY: Final = Cents(2500)
# The tenth claim of a batch, the twentieth and so on: a batch of one is always paid.
_DENIES_EVERY: Final = 10
MADE_AT: Final = select(func.max(AuditRow.at)).where(AuditRow.event == AuditEvent.DEMO_LOADED)


@dataclass(frozen=True)
class SentLine:
    """One service as it was claimed."""

    code: str
    charged: Cents
    service_on: date
    modifiers: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class SentClaim:
    """One claim of a batch as its payer reads it."""

    number: int
    payer_number: str
    patient: tuple[str, str, str]
    npi: str
    place_code: str
    lines: tuple[SentLine, ...]


@dataclass(frozen=True)
class SentBatch:
    """A batch that waits for an answer."""

    control: int
    claims: tuple[SentClaim, ...]


@view(Permission.SEE_CLAIMS, shows=AuditEvent.CLAIMS_SEEN, on=ClaimBatch)
def sent_batch(look: Look, batch: ClaimBatch) -> SentBatch:
    """The claims of one batch, as they were sent."""
    query = (
        select(Claim, Payer.payer_number, Coverage, Patient, Staff)
        .join(Payer, Payer.id == Claim.payer_id)
        .join(Coverage, Coverage.id == Claim.coverage_id)
        .join(Patient, Patient.id == Claim.patient_id)
        .join(Staff, Staff.id == Claim.clinician_id)
        .where(Claim.batch_id == batch.id)
        .order_by(Claim.number)
    )
    claims = []
    for claim, payer_number, coverage, patient, clinician in look.execute(query):
        rows = look.execute(
            select(ClaimLine, Charge)
            .join(Charge, Charge.id == ClaimLine.charge_id)
            .where(ClaimLine.claim_id == claim.id)
            .order_by(ClaimLine.position)
        ).all()
        look.shown(claim.patient_id)
        known = patient.details
        claims.append(
            SentClaim(
                claim.number, payer_number, (known.family_name, known.given_name, coverage.details.member_id),
                clinician.details.npi, rows[0][1].place_code, tuple(_line(line, charge) for line, charge in rows),
            )
        )  # fmt: skip
    return SentBatch(batch.control, tuple(claims))


def _line(line: ClaimLine, charge: Charge) -> SentLine:
    modifiers = tuple(one for one in charge.modifiers.split(",") if one)
    return SentLine(line.service_code, Cents(line.amount_cents), charge.service_on, modifiers, line.position)


def unanswered(gate: Gate, now: datetime) -> Iterator[str]:
    """Ids of the batches approved since the practice was made; nothing in a practice that is not synthetic."""
    del now
    with gate.store.reading() as session:
        if not session.scalar(select(Practice.is_synthetic)):
            return
        made_at = MADE_AT.scalar_subquery()
        yield from session.scalars(select(ClaimBatch.id).where(ClaimBatch.approved_at > made_at)).all()


def made_on(gate: Gate) -> date:
    """The practice's day on which it was made: its own “today”.

    Raises:
        NotFound: it was not made by the demo.
    """
    with gate.store.reading() as session:
        made_at = session.scalar(MADE_AT)
    if made_at is None:
        raise NotFound
    return day_of(made_at, gate.zone)


def answer_batch(gate: Gate, actor: SystemActor, batch_id: str, *, now: datetime) -> Path:
    """Write `demo-files/835-batch-<control>.x12`: one payment for each payer. Asked again, the same again."""
    batch = sent_batch(gate, actor, batch_id, now=now)
    today = day_of(now, gate.zone)
    folder = gate.store.home / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    advices = [_advice(batch, payer, today) for payer in INSURERS]
    data = write_remittances([one for one in advices if one.claims], sending(now, 500_000 + batch.control))
    return put(folder / f"835-batch-{batch.control}.x12", data)


def _advice(batch: SentBatch, payer: Insurer, today: date) -> Advice:
    us = practice_details()
    claims = tuple(
        _claim(claim, payer, denied=position % _DENIES_EVERY == 0)
        for position, claim in enumerate(batch.claims, start=1)
        if claim.payer_number == payer.number
    )
    trace = f"SYN{batch.control:06d}{payer.number[-2:]}"
    return Advice(payer.name, payer.number, us.name, us.npi, us.tax_id, trace, today, claims)


def _claim(claim: SentClaim, payer: Insurer, *, denied: bool) -> ClaimAdvice:
    answers = [denial(one.charged, "197") if denied else payment(payer, one.charged, _COPAY) for one in claim.lines]
    lines = tuple(
        LineAdvice(
            one.code, one.charged, answer.paid, one.service_on, answer.adjustments, one.modifiers,
            number=f"{claim_number(claim.number)}-{one.position}",
        )
        for one, answer in zip(claim.lines, answers, strict=True)
    )  # fmt: skip
    status = answers[0].status
    return claim_advice(
        claim.number, payer, status, lines, patient=claim.patient, place_code=claim.place_code, npi=claim.npi
    )
