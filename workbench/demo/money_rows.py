"""Rows of payers, charges, claims and remittances of the synthetic practice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.billing.tables import Charge, ChargeDetails, Service
from workbench.claims.rules import Matched, claim_number, state_after
from workbench.claims.states import ClaimState, ProposalState, RemittanceState
from workbench.claims.tables import (
    Claim,
    ClaimBatch,
    ClaimLine,
    Coverage,
    CoverageDetails,
    Payer,
    Remittance,
    RemittanceClaim,
)
from workbench.demo.books import Posted, lines_of_answer
from workbench.demo.claiming import DrawnBatch, DrawnCharge, DrawnClaim, DrawnRemittance
from workbench.demo.files import claim_file, payer_claim_number, remittance_file
from workbench.demo.insurers import INSURERS
from workbench.demo.plan import Client, Making
from workbench.documents.tables import Content, Document, DocumentKind, sha256_of
from workbench.kernel.money import Cents
from workbench.ledger.rules import Account
from workbench.store.base import Base
from workbench.store.vault import PRACTICE

Row = dict[str, Any]
Answers = Mapping[str, Sequence[Posted]]
"""What is in the books, in its order, by the id of a claim or of a remittance."""

_TIMES = {"90834": (38, 52), "90837": (53, None)}


def payer_rows(making: Making) -> dict[type[Base], list[Row]]:
    """Who pays, and the fee schedule."""
    return {
        Payer: [
            {"id": one.id, "name": one.name, "payer_number": one.number, "filing": "CI", "filing_days": 90,
             "is_active": True}
            for one in INSURERS
        ],
        Service: [
            {"id": making.draw.id("svc"), "code": kind.code, "label": kind.name, "amount_cents": kind.fee,
             "least_minutes": _TIMES.get(kind.code, (None, None))[0],
             "most_minutes": _TIMES.get(kind.code, (None, None))[1], "is_active": True}
            for kind in making.plan.kinds
        ],
    }  # fmt: skip


def coverage_row(client: Client, making: Making) -> Row:
    """The client's plan, from the day they were registered on."""
    assert client.insurer is not None
    details = CoverageDetails(client.member_number)
    sealed = Coverage.details.envelope(
        making.vault, table="coverages", row_id=client.coverage_id, owner=client.id, document=details
    )
    return {
        "id": client.coverage_id, "patient_id": client.id, "payer_id": client.insurer.id, "billing_order": "P",
        "from_on": client.registered_at.astimezone(making.plan.setting.zone).date(), "until_on": None, "version": 1,
        "sealed": sealed,
    }  # fmt: skip


def charge_row(charge: DrawnCharge, making: Making) -> Row:
    """One session billed."""
    visit, client = charge.visit, charge.visit.client
    details = ChargeDetails(tuple(code.replace(".", "") for code in client.diagnoses))
    return {
        "id": charge.id, "attendance_id": visit.attendance_id, "note_id": charge.note_id, "patient_id": client.id,
        "clinician_id": client.clinician.id, "payer_id": client.insurer.id if client.insurer else None,
        "coverage_id": client.coverage_id or None, "service_on": visit.service_on, "service_code": visit.kind.code,
        "modifiers": "95" if client.is_remote else "", "units": 1, "minutes": visit.kind.minutes,
        "place_code": visit.place_code, "amount_cents": visit.kind.fee, "captured_at": charge.captured_at, "version": 1,
        "sealed": Charge.details.envelope(
            making.vault, table="charges", row_id=charge.id, owner=client.id, document=details
        ),
    }  # fmt: skip


def batch_rows(batches: Sequence[DrawnBatch], answers: Answers, making: Making) -> dict[type[Base], Any]:
    """What was sent, and how each claim stands today."""
    files = [(batch, claim_file(batch)) for batch in batches]
    biller = making.accounts["biller"]
    return {
        Document: [
            _document(batch.document_id, DocumentKind.CLAIM_FILE, data, batch.approved_at, making)
            for batch, data in files
        ],
        ClaimBatch: [
            {"id": one.id, "control": one.control, "document_id": one.document_id, "claim_count": len(one.claims),
             "charged_cents": sum(claim.charge.visit.kind.fee for claim in one.claims),
             "approved_at": one.approved_at, "approved_by": biller}
            for one in batches
        ],
        Claim: [_claim(claim, batch, answers.get(claim.id, [])) for batch in batches for claim in batch.claims],
        ClaimLine: [
            {"id": making.draw.id("cln"), "claim_id": claim.id, "charge_id": claim.charge.id, "position": 1,
             "service_code": claim.charge.visit.kind.code, "amount_cents": claim.charge.visit.kind.fee}
            for batch in batches
            for claim in batch.claims
        ],
    }  # fmt: skip


def _document(row_id: str, kind: DocumentKind, data: bytes, at: Any, making: Making) -> Row:
    sealed = Document.content.envelope(
        making.vault, table="documents", row_id=row_id, owner=PRACTICE, document=Content.of(data)
    )
    return {
        "id": row_id, "kind": kind, "patient_id": None, "sha256": sha256_of(data), "byte_count": len(data),
        "stored_at": at, "stored_by": making.accounts["biller"], "sealed": sealed,
    }  # fmt: skip


def _claim(claim: DrawnClaim, batch: DrawnBatch, posted: Sequence[Posted]) -> Row:
    visit, client = claim.charge.visit, claim.charge.visit.client
    return {
        "id": claim.id, "number": claim.number, "patient_id": client.id, "clinician_id": client.clinician.id,
        "payer_id": claim.payer.id, "coverage_id": client.coverage_id, "batch_id": batch.id,
        "service_on": visit.service_on, "state": _state(posted) if posted else ClaimState.APPROVED,
        "charged_cents": visit.kind.fee, "paid_cents": sum(one.told.answer.paid for one in posted),
        "patient_cents": sum(one.told.answer.patient_share for one in posted),
        "payer_claim_number": payer_claim_number(claim.payer, claim.number) if posted else "",
        "approved_at": batch.approved_at, "answered_at": posted[-1].at if posted else None, "version": 1 + len(posted),
    }  # fmt: skip


def _state(posted: Sequence[Posted]) -> ClaimState:
    moved = sum(line.cents for one in posted for line in one.lines if line.account is Account.RECEIVABLE_PAYER)
    last = posted[-1].told
    return state_after(last.answer.status, Cents(last.claim.charge.visit.kind.fee + moved))


def posted_answers(remittances: Sequence[DrawnRemittance], making: Making) -> list[Posted]:
    """Every answer that is in the books, in the order in which it came there."""
    return [
        Posted(told, one, making.draw.id("rcl"), lines_of_answer(told), one.posted_at)
        for one in remittances
        if one.posted_at is not None
        for told in one.told
    ]


def remittance_rows(
    remittances: Sequence[tuple[int, DrawnRemittance]], answers: Answers, making: Making
) -> dict[type[Base], Any]:
    """Payments that were uploaded, approved and posted, each with its file; numbered by their interchange.

    answers: what is in the books of each remittance, by its id.
    """
    files = [(one, remittance_file([one], control=control)) for control, one in remittances]
    return {
        Document: [
            _document(one.document_id, DocumentKind.REMITTANCE_FILE, data, one.uploaded_at, making)
            for one, data in files
        ],
        Remittance: [_remittance(one, making) for one, _ in files],
        RemittanceClaim: [row for one, _ in files for row in _proposals(one, answers[one.id])],
    }


def _remittance(one: DrawnRemittance, making: Making) -> Row:
    biller = making.accounts["biller"]
    return {
        "id": one.id, "document_id": one.document_id, "position": 1, "payer_id": one.payer.id,
        "payer_number": one.payer.number, "payer_name": one.payer.name.upper(), "trace": one.trace,
        "method": "ACH" if one.paid_cents else "NON", "effective_on": one.effective_on,
        "payment_cents": one.paid_cents, "claim_count": len(one.told),
        "provider_adjustments": [[pair.reason, pair.identifier, pair.cents] for pair in one.kept_back],
        "state": RemittanceState.POSTED, "uploaded_at": one.uploaded_at, "uploaded_by": biller,
        "approved_at": one.posted_at, "approved_by": biller, "posted_at": one.posted_at, "posted_by": biller,
        "version": 3,
    }  # fmt: skip


def _proposals(one: DrawnRemittance, posted: Sequence[Posted]) -> Iterator[Row]:
    for position, answer in enumerate(posted, start=1):
        told, claim = answer.told, answer.told.claim
        yield {
            "id": answer.proposal_id, "remittance_id": one.id, "position": position, "claim_id": claim.id,
            "patient_id": claim.charge.visit.client.id, "claim_number": claim_number(claim.number),
            "payer_claim_number": payer_claim_number(claim.payer, claim.number), "status": told.answer.status,
            "charged_cents": told.charged, "paid_cents": told.answer.paid,
            "patient_cents": told.answer.patient_share, "matched_by": Matched.OUR_NUMBER, "problem": "",
            "state": ProposalState.POSTED,
            "lines": [[line.account, line.cents, line.charge_id, line.reason] for line in answer.lines],
        }  # fmt: skip
