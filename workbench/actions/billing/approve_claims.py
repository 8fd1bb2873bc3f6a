"""Approve charges for sending: they become claims, one batch and the bytes of one 837P file."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.actions.billing._holds import held_charges
from workbench.billing.tables import Charge
from workbench.charting.codes import is_past_or_header
from workbench.charting.rules import diagnosis
from workbench.claims.drafting import Chargeable, Plan, claim_of, together
from workbench.claims.queries import last_claim_number, last_control_number
from workbench.claims.states import ClaimState
from workbench.claims.tables import Claim, ClaimBatch, ClaimLine, Coverage, Payer
from workbench.documents.tables import DocumentKind, document
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import BatchId, ClaimId, DocumentId
from workbench.kernel.money import Cents
from workbench.people.tables import Patient, Practice, Staff
from workbench.x12 import claim as x12
from workbench.x12.claim_writer import ClaimFile, write_claims
from workbench.x12.writing import Sending, UnsendableText

MOST_CHARGES = 500
_TAXONOMY = "251S00000X"  # an agency of community and behavioral health
_CLEARINGHOUSE = "CLEARINGHOUSE"


class NothingToApprove(WorkbenchError):
    """No charge was chosen, or more than one batch holds."""


class AlreadyOnClaim(WorkbenchError):
    """A charge stands on a claim already, its patient pays for it, or it is for the biller's own care."""

    def __init__(self) -> None:
        super().__init__("One of these sessions is on a claim already, or has no payer. Reload the list.")


class ClaimsNotReady(WorkbenchError):
    """Some claims cannot be sent. `fields` says for each charge what is missing."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(f"{len(fields)} of these sessions cannot be claimed yet: {next(iter(fields.values()))}")
        self.fields = fields


@dataclass(frozen=True)
class ClaimsApproved:
    """The batch: its control number, its claims, its sum, and the document that holds the file."""

    batch_id: BatchId
    control: int
    claim_ids: tuple[ClaimId, ...]
    charged_cents: Cents
    document_id: DocumentId


@action(
    Permission.APPROVE_CLAIMS,
    refuses={
        "claim_lines.charge_id": AlreadyOnClaim,
        "uq_claim_lines_charge_id": AlreadyOnClaim,
        "uq_claim_batches_control": StalePage,
        "uq_claims_number": StalePage,
    },
)
def approve_claims(work: Work, *, charge_ids: tuple[str, ...]) -> ClaimsApproved:
    """Make the claims of these charges and write the file. All of them or none; nobody bills for their own care.

    Raises:
        NothingToApprove, AlreadyOnClaim: as named. ClaimsNotReady: with what is missing or holds it, by charge.
    """
    groups = together(_chargeable(work, charge_ids))
    if held := held_charges(work, charge_ids):
        raise ClaimsNotReady({key: " ".join(f"{one.says} {one.fix}" for one in why) for key, why in held.items()})
    first = work.scalar(last_claim_number()) + 1
    numbered = list(enumerate(groups, start=first))
    written = _written(work, numbered)
    control = work.scalar(last_control_number()) + 1
    practice: Practice = work.scalars(select(Practice)).one()
    data = write_claims(_file(work, practice, control), written)
    kept = document(DocumentKind.CLAIM_FILE, data, stored_at=work.now, stored_by=work.actor.user_id)
    total = Cents(sum(one.charged for one in written))
    batch = ClaimBatch(
        control=control,
        document_id=kept.id,
        claim_count=len(written),
        charged_cents=total,
        approved_at=work.now,
        approved_by=work.actor.user_id,
    )
    claims = [_row(work, number, group, batch.id) for number, group in numbered]
    for rows in ([kept], [batch], claims, [line for claim, (_, group) in zip(claims, numbered, strict=True)
                                           for line in _lines(claim, group)]):  # fmt: skip
        work.add(*rows)
        work.flush()
    work.record(AuditEvent.CLAIMS_APPROVED, subject=batch, claims=len(claims), control=control, sha256=kept.sha256)
    return ClaimsApproved(
        BatchId(batch.id), control, tuple(ClaimId(one.id) for one in claims), total, DocumentId(kept.id)
    )


def _chargeable(work: Work, charge_ids: tuple[str, ...]) -> list[Chargeable]:
    if not 1 <= len(set(charge_ids)) <= MOST_CHARGES:
        raise NothingToApprove(f"Choose between one and {MOST_CHARGES} sessions.")
    on_claim = select(ClaimLine.charge_id)
    query = select(Charge).where(Charge.id.in_(charge_ids), Charge.id.not_in(on_claim))
    rows = work.scalars(query.where(not_own_record(work.actor, Charge.patient_id))).all()
    if len(rows) != len(set(charge_ids)):
        raise AlreadyOnClaim
    found = []
    for row in rows:
        if row.payer_id is None or row.coverage_id is None:
            raise AlreadyOnClaim
        found.append(
            Chargeable(
                row.id, row.patient_id, row.clinician_id, row.payer_id, row.coverage_id, row.service_on,
                row.service_code, row.modifier_codes, row.units, Cents(row.amount_cents),
                row.place_code, row.details.diagnoses,
            )
        )  # fmt: skip
    return found


_NO_CODE = (
    "A diagnosis has more exact codes below it, or was no code on the day of the session. Its clinician corrects it."
)


def _written(work: Work, numbered: list[tuple[int, tuple[Chargeable, ...]]]) -> list[x12.Claim]:
    """The claims as the file says them; what stands in the way of any is told for all of them at once."""
    claims: list[x12.Claim] = []
    missing: dict[str, str] = {}
    for number, group in numbered:
        claim = claim_of(number, group, _person(work, group[0]), _plan(work, group[0]), _rendering(work, group[0]))
        try:
            x12.check_claim(claim)
        except (x12.ClaimNotSendable, UnsendableText) as refusal:
            missing |= {one.charge_id: str(refusal) for one in group}
        missing |= {one.charge_id: _NO_CODE for one in group for code in one.diagnoses
                    if is_past_or_header(diagnosis(code), one.service_on)}  # fmt: skip
        claims.append(claim)
    if missing:
        raise ClaimsNotReady(missing)
    return claims


def _person(work: Work, charge: Chargeable) -> x12.Person:
    known = work.get(Patient, charge.patient_id).details
    address = x12.Address(known.street, known.city, known.state, known.zip_code.replace("-", ""))
    return x12.Person(known.family_name, known.given_name, known.born_on, known.sex, address)


def _plan(work: Work, charge: Chargeable) -> Plan:
    payer, coverage = work.get(Payer, charge.payer_id), work.get(Coverage, charge.coverage_id)
    return Plan(payer.name, payer.payer_number, payer.filing, coverage.billing_order, coverage.details)


def _rendering(work: Work, charge: Chargeable) -> x12.RenderingProvider:
    known = work.get(Staff, charge.clinician_id).details
    return x12.RenderingProvider(known.family_name, known.given_name, known.npi)


def _file(work: Work, practice: Practice, control: int) -> ClaimFile:
    """The envelope. A synthetic practice marks every file as a test (ISA15)."""
    us = practice.details
    zip_code = us.zip_code.replace("-", "")
    # Payers take 9998 as the last four digits where the post has given none (005010X222A1, N403).
    address = x12.Address(us.street, us.city, us.state, zip_code if len(zip_code) == 9 else zip_code + "9998")
    phone = "".join(letter for letter in us.phone if letter.isdigit())[-10:]
    return ClaimFile(
        Sending(us.tax_id, _CLEARINGHOUSE, control, work.now.astimezone(work.zone), practice.is_synthetic),
        x12.Submitter(us.name, us.tax_id, "Billing", phone),
        x12.Receiver(_CLEARINGHOUSE, _CLEARINGHOUSE),
        x12.BillingProvider(us.name, us.npi, us.tax_id, _TAXONOMY, address),
    )


def _row(work: Work, number: int, group: tuple[Chargeable, ...], batch_id: str) -> Claim:
    first = group[0]
    return Claim(
        number=number,
        patient_id=first.patient_id,
        clinician_id=first.clinician_id,
        payer_id=first.payer_id,
        coverage_id=first.coverage_id,
        batch_id=batch_id,
        service_on=first.service_on,
        state=ClaimState.APPROVED,
        charged_cents=sum(one.amount for one in group),
        approved_at=work.now,
    )


def _lines(claim: Claim, group: tuple[Chargeable, ...]) -> list[ClaimLine]:
    """Positions as in the file, where the line is called `C-1042-1`."""
    return [
        ClaimLine(
            claim_id=claim.id, charge_id=one.charge_id, position=at, service_code=one.code, amount_cents=one.amount
        )
        for at, one in enumerate(group, start=1)
    ]
