"""Upload an 835: keep it, read it, balance it, and propose for every claim payment what would be booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workbench.claims.matching import claims_meant
from workbench.claims.rules import (
    AlreadyPosted,
    CannotPost,
    Matched,
    OurClaim,
    is_set_aside,
    match,
    matched_lines,
    obstacle,
    refuse_problems,
)
from workbench.claims.states import ClaimState, ProposalState, RemittanceState
from workbench.claims.tables import Payer, Remittance, RemittanceClaim
from workbench.documents.tables import Document, DocumentKind, document, sha256_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import DocumentId, RemittanceId
from workbench.kernel.money import Cents

__all__ = ["AlreadyPosted", "CannotPost", "RemittanceUploaded", "upload_remittance"]
from workbench.ledger import rules as ledger
from workbench.people.tables import Practice
from workbench.x12.balance import balance
from workbench.x12.envelope import Transaction, read_interchanges
from workbench.x12.remittance import Adjustment, ClaimPayment
from workbench.x12.remittance import Remittance as Payment
from workbench.x12.remittance_reader import read_remittance

LARGEST_FILE = 32 * 1024 * 1024


class NotARemittance(WorkbenchError):
    """The file holds no payment advice (835), or is too large to be one."""


class OtherPractice(WorkbenchError):
    """The money is for somebody else: neither NPI nor tax id is this practice's."""

    def __init__(self) -> None:
        super().__init__("This remittance pays another practice: its NPI or tax id is not yours. Nothing was kept.")


@dataclass(frozen=True)
class RemittanceUploaded:
    """One remittance for every payment in the file; `blocked`: claim payments that contradict our claims."""

    document_id: DocumentId
    remittance_ids: tuple[RemittanceId, ...]
    claims: int
    blocked: int


@action(
    Permission.UPLOAD_REMITTANCE,
    refuses={
        "uq_remittances_payment": AlreadyPosted, "remittances.payer_number": AlreadyPosted,
        "uq_documents_sha256": AlreadyPosted, "documents.sha256": AlreadyPosted,
    },
)  # fmt: skip
def upload_remittance(work: Work, *, content: bytes) -> RemittanceUploaded:
    """Keep the file and propose; or refuse it and keep nothing.

    Raises:
        NotARemittance, NotX12: no 835. CannotPost: cut short or out of balance, with the level and the cents.
        OtherPractice: as named. AlreadyPosted: the same bytes or the same payment came before.
    """
    if len(content) > LARGEST_FILE:
        raise NotARemittance("This file is larger than 32 MB. Ask the payer for smaller ones.")
    if work.scalar(select(Document.id).where(Document.sha256 == sha256_of(content))) is not None:
        raise AlreadyPosted("This file was uploaded before. Nothing was done a second time.")
    payments = _payments(content)
    practice: Practice = work.scalars(select(Practice)).one()
    for payment in payments:
        _check_payee(payment, practice)
    kept = document(DocumentKind.REMITTANCE_FILE, content, stored_at=work.now, stored_by=work.actor.user_id)
    work.add(kept)
    work.flush()
    remittances, blocked = [], 0
    for position, payment in enumerate(payments, start=1):
        remittance = _keep(work, payment, kept.id, position)
        blocked += _propose(work, remittance, payment)
        remittances.append(RemittanceId(remittance.id))
    claims = sum(len(one.claims) for one in payments)
    work.record(
        AuditEvent.REMITTANCE_UPLOADED, subject=kept, payments=len(payments), claims=claims, blocked=blocked,
        sha256=kept.sha256,
    )  # fmt: skip
    return RemittanceUploaded(DocumentId(kept.id), tuple(remittances), claims, blocked)


def _payments(content: bytes) -> list[Payment]:
    """The 835 transactions of the file, each whole and in balance."""
    payments: list[Payment] = []
    for interchange in read_interchanges(content):
        refuse_problems(interchange.problems)
        payments += [_read(one) for one in interchange.transactions if one.type == "835"]
    if not payments:
        raise NotARemittance("This file holds no remittance (835). Nothing was kept.")
    return payments


def _read(transaction: Transaction) -> Payment:
    payment = read_remittance(transaction)
    refuse_problems(balance(payment, transaction))
    if payment.effective_on is None or not payment.trace:
        raise CannotPost("Nothing was posted. BPR: the payment has no date or no trace number.")
    return payment


def _check_payee(payment: Payment, practice: Practice) -> None:
    us = practice.details
    named = [(payment.payee_npi, us.npi), (payment.payee_tax_id, us.tax_id)]
    told = [(theirs, ours) for theirs, ours in named if theirs]
    if not told or any(theirs.replace("-", "") != ours.replace("-", "") for theirs, ours in told):
        raise OtherPractice


def _keep(work: Work, payment: Payment, document_id: str, position: int) -> Remittance:
    assert payment.effective_on is not None  # _read refused it otherwise
    repeated = select(Remittance.id).where(
        Remittance.payer_number == payment.payer_id,
        Remittance.trace == payment.trace,
        Remittance.effective_on == payment.effective_on,
        Remittance.payment_cents == payment.payment_cents,
    )
    if work.scalar(repeated) is not None:
        raise AlreadyPosted("This payment came before in another file. Nothing was done a second time.")
    remittance = Remittance(
        document_id=document_id,
        position=position,
        payer_id=work.scalar(select(Payer.id).where(Payer.payer_number == payment.payer_id)),
        payer_number=payment.payer_id,
        payer_name=payment.payer_name,
        trace=payment.trace,
        method=payment.method,
        effective_on=payment.effective_on,
        payment_cents=payment.payment_cents,
        claim_count=len(payment.claims),
        provider_adjustments=[[one.reason, one.identifier, one.cents] for one in payment.provider_adjustments],
        state=RemittanceState.PROPOSED,
        uploaded_at=work.now,
        uploaded_by=work.actor.user_id,
    )
    work.add(remittance)
    work.flush()
    return remittance


def _propose(work: Work, remittance: Remittance, payment: Payment) -> int:
    """Rows of what would be booked, claim payment by claim payment; returns how many are blocked."""
    ours = claims_meant(work, payment.claims)
    found = {id(told): match(told, ours) for told in payment.claims}
    states = {one.claim_id: one.state for one in ours}
    blocked = 0
    for position, told in enumerate(payment.claims, start=1):
        claim, matched = found[id(told)]
        row = _row(remittance, position, told, matched)
        if is_set_aside(told):
            row.state = ProposalState.SET_ASIDE
        elif claim is None:
            row.lines = _kept(ledger.unmatched(remittance.payer_id, told.paid))
        else:
            row.claim_id, row.patient_id = claim.claim_id, claim.patient_id
            row.problem = obstacle(told, claim, states[claim.claim_id], remittance.payer_id) or ""
            row.lines = _kept(ledger.remittance(_paid_claim(told, claim)))
            states[claim.claim_id] = ClaimState.APPROVED if told.is_reversal else ClaimState.SETTLED
        blocked += bool(row.problem)
        work.add(row)
    work.flush()
    return blocked


def _row(remittance: Remittance, position: int, told: ClaimPayment, matched: Matched) -> RemittanceClaim:
    return RemittanceClaim(
        remittance_id=remittance.id,
        position=position,
        claim_id=None,
        patient_id=None,
        claim_number=told.number,
        payer_claim_number=told.payer_claim_number,
        status=told.status,
        charged_cents=told.charged,
        paid_cents=told.paid,
        patient_cents=told.patient_responsibility,
        matched_by=matched,
        problem="",
        state=ProposalState.PROPOSED,
        lines=[],
    )


def _paid_claim(told: ClaimPayment, claim: OurClaim) -> ledger.PaidClaim:
    """The payment in the words of the books, charge by charge."""
    lines = matched_lines(told, claim)
    return ledger.PaidClaim(
        patient_id=claim.patient_id,
        payer_id=claim.payer_id,
        charges=tuple(
            ledger.PaidCharge(one.charge_id, one.charged, one.paid, _adjusted(one.adjustments)) for one in lines
        ),
        adjustments=_adjusted(told.adjustments),
        paid_besides=Cents(told.paid - sum(one.paid for one in lines)),
        patient_pays=not claim.has_next_payer,
    )


def _adjusted(adjustments: Iterable[Adjustment]) -> tuple[ledger.AdjustedBy, ...]:
    return tuple(ledger.AdjustedBy(one.group, one.reason, one.cents) for one in adjustments)


def _kept(lines: tuple[ledger.Line, ...]) -> list[list[Any]]:
    return [[line.account, line.cents, line.charge_id, line.reason] for line in lines]
