"""Post an approved remittance: its lines go to the books, its claims take their state. Once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.claims.rules import AlreadyPosted, CannotPost, state_after
from workbench.claims.states import ClaimState, ProposalState, RemittanceState, moved_claim, moved_remittance
from workbench.claims.tables import Claim, ClaimLine, Remittance, RemittanceClaim
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import RemittanceId
from workbench.kernel.money import Cents
from workbench.ledger.book import REFUSES, Booking, book
from workbench.ledger.rules import Account, Line, provider_adjustment
from workbench.ledger.tables import EntryKind, LedgerLine


@dataclass(frozen=True)
class RemittancePosted:
    """What went to the books: entries, claims that changed, and the payment it came with."""

    remittance_id: RemittanceId
    entries: int
    claims: int
    payment_cents: Cents


@action(Permission.POST_REMITTANCE, on=Remittance, refuses=dict.fromkeys(REFUSES, AlreadyPosted))
def post_remittance(work: Work, remittance: Remittance) -> RemittancePosted:
    """Book exactly the lines that were shown and approved; all of them or none.

    Raises:
        AlreadyPosted: it is in the books. WrongState: nobody has approved it. CannotPost: a claim changed since.
    """
    if remittance.state == RemittanceState.POSTED:
        raise AlreadyPosted
    after = moved_remittance(RemittanceState(remittance.state), RemittanceState.POSTED)
    proposals = _proposals(work, remittance)
    claims = _claims(work, remittance)
    bookings = [_booking(remittance, one, claims) for one in proposals]
    entries = book(work, [*bookings, _kept_back(remittance)])
    left = _left_with_payer(work, remittance)
    for one in proposals:
        one.state = ProposalState.POSTED
        if one.claim_id is not None:
            _answer(work, claims[one.claim_id], one, Cents(left.get(one.claim_id, 0)))
    remittance.state, remittance.posted_at, remittance.posted_by = after, work.now, work.actor.user_id
    work.flush()
    work.record(
        AuditEvent.REMITTANCE_POSTED, trace=remittance.trace, entries=len(entries), claims=len(claims),
        payment_cents=remittance.payment_cents,
    )  # fmt: skip
    return RemittancePosted(RemittanceId(remittance.id), len(entries), len(claims), Cents(remittance.payment_cents))


def _proposals(work: Work, remittance: Remittance) -> list[RemittanceClaim]:
    query = select(RemittanceClaim).where(
        RemittanceClaim.remittance_id == remittance.id, RemittanceClaim.state == ProposalState.PROPOSED
    )
    return list(work.scalars(query.order_by(RemittanceClaim.position)))


def _claims(work: Work, remittance: Remittance) -> dict[str, Claim]:
    query = select(Claim).join(RemittanceClaim, RemittanceClaim.claim_id == Claim.id)
    return {one.id: one for one in work.scalars(query.where(RemittanceClaim.remittance_id == remittance.id))}


def _booking(remittance: Remittance, proposal: RemittanceClaim, claims: dict[str, Claim]) -> Booking:
    payer_id = claims[proposal.claim_id].payer_id if proposal.claim_id else remittance.payer_id
    lines = tuple(
        Line(Account(account), Cents(cents), proposal.patient_id, payer_id, charge_id, reason)
        for account, cents, charge_id, reason in proposal.lines
    )
    return Booking(EntryKind.REMITTANCE, "remittance_claims", proposal.id, remittance.effective_on, lines)


def _kept_back(remittance: Remittance) -> Booking:
    """What the payer kept back or added beyond the claims (PLB), in one entry."""
    lines = tuple(
        line
        for reason, _, cents in remittance.provider_adjustments
        for line in provider_adjustment(remittance.payer_id, reason, Cents(cents))
    )
    return Booking(EntryKind.PROVIDER_ADJUSTMENT, "remittances", remittance.id, remittance.effective_on, lines)


def _left_with_payer(work: Work, remittance: Remittance) -> dict[str, int]:
    """What the payer still owes by claim, once the lines are in the books."""
    concerned = select(RemittanceClaim.claim_id).where(RemittanceClaim.remittance_id == remittance.id)
    query = (
        select(ClaimLine.claim_id, func.sum(LedgerLine.cents))
        .join(LedgerLine, LedgerLine.charge_id == ClaimLine.charge_id)
        .where(LedgerLine.account == Account.RECEIVABLE_PAYER, ClaimLine.claim_id.in_(concerned))
        .group_by(ClaimLine.claim_id)
    )
    return {claim_id: int(cents) for claim_id, cents in work.execute(query)}


def _answer(work: Work, claim: Claim, proposal: RemittanceClaim, left: Cents) -> None:
    before = ClaimState(claim.state)
    after = state_after(proposal.status, left)
    if (before is ClaimState.APPROVED) == (after is ClaimState.APPROVED):
        raise CannotPost("A claim was answered since this was approved. Nothing was posted. Look at it again.")
    claim.state = moved_claim(before, after)
    claim.paid_cents += proposal.paid_cents
    claim.patient_cents += sum(cents for account, cents, *_ in proposal.lines if account == Account.RECEIVABLE_PATIENT)
    claim.payer_claim_number = proposal.payer_claim_number
    claim.answered_at = work.now
