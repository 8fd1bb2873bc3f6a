"""Payers of the synthetic practice think again: denials won, answers taken back, money kept back and carried on."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.conftest import NOW
from workbench.claims.states import ClaimState, RemittanceState
from workbench.claims.tables import Claim, Remittance, RemittanceClaim
from workbench.demo.insurers import INSURERS, denial, payment, taken_back
from workbench.demo.kept_back import FORWARD, draw_kept_back
from workbench.kernel.money import Cents
from workbench.ledger.rules import Account
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine
from workbench.x12.remittance import DENIED, REVERSAL


def rows(gate, query):
    with gate.store.reading() as session:
        return session.execute(query).all()


def test_denials_are_won_and_payments_corrected_by_a_reversal_and_a_new_answer(made):
    told: dict[str, list[str]] = {}
    query = select(RemittanceClaim.claim_id, RemittanceClaim.status).join(Remittance)
    query = query.where(Remittance.state == RemittanceState.POSTED)
    for claim_id, status in rows(made, query.order_by(Remittance.posted_at, RemittanceClaim.position)):
        told.setdefault(claim_id, []).append(status)
    corrected = {claim_id: statuses for claim_id, statuses in told.items() if len(statuses) > 1}
    assert [DENIED, REVERSAL, "1"] in corrected.values()
    assert all(statuses[1:] == [REVERSAL, "1"] for statuses in corrected.values())
    states = rows(made, select(Claim.state, Claim.version).where(Claim.id.in_(corrected)))
    assert all(version == 4 and state in (ClaimState.SETTLED, ClaimState.NEEDS_WORK) for state, version in states)


def test_a_claim_says_what_its_answers_together_paid(made):
    query = (
        select(RemittanceClaim.claim_id, func.sum(LedgerLine.cents))
        .join(LedgerEntry, LedgerEntry.source_id == RemittanceClaim.id)
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .where(LedgerLine.account == Account.CLEARING_EFT)
        .group_by(RemittanceClaim.claim_id)
    )
    booked = dict(rows(made, query))
    claims = rows(made, select(Claim.id, Claim.paid_cents).where(Claim.answered_at.is_not(None)))
    assert claims
    assert all(booked.get(claim_id, 0) == paid for claim_id, paid in claims)


def test_what_reaches_the_bank_is_the_claims_less_what_was_kept_back(made):
    payment = func.coalesce(RemittanceClaim.remittance_id, LedgerEntry.source_id)
    query = (
        select(payment, func.sum(LedgerLine.cents))
        .select_from(LedgerLine)
        .join(LedgerEntry, LedgerLine.entry_id == LedgerEntry.id)
        .outerjoin(RemittanceClaim, RemittanceClaim.id == LedgerEntry.source_id)
        .where(LedgerLine.account == Account.CLEARING_EFT)
        .group_by(payment)
    )
    arrived = dict(rows(made, query))
    posted = rows(
        made, select(Remittance.id, Remittance.payment_cents).where(Remittance.state == RemittanceState.POSTED)
    )
    assert all(arrived.get(remittance_id, 0) == paid for remittance_id, paid in posted)
    kept = select(func.count()).where(LedgerEntry.kind == EntryKind.PROVIDER_ADJUSTMENT)
    assert rows(made, kept)[0][0] > 0


def test_the_bank_statement_holds_every_payment_of_its_days(made):
    days = 60
    recent = [
        (trace, paid)
        for trace, paid, on in rows(made, select(Remittance.trace, Remittance.payment_cents, Remittance.effective_on))
        if paid and 0 <= (NOW.date() - on).days < days
    ]
    assert len(recent) > 10
    lines = (made.store.home / "demo-files" / "bank.bai2").read_text().splitlines()
    credits = {line.split(",")[4]: int(line.split(",")[2]) for line in lines if line.startswith("16,142,")}
    assert all(credits[trace] == paid for trace, paid in recent)


def test_an_answer_taken_back_leaves_nothing():
    for answer in (denial(Cents(16_000), "197"), payment(INSURERS[0], Cents(16_000), Cents(2_500))):
        undone = taken_back(answer)
        assert undone.status == REVERSAL
        assert undone.paid + answer.paid == 0
        assert undone.patient_share + answer.patient_share == 0
        assert taken_back(undone).adjustments == answer.adjustments


@given(
    st.lists(st.lists(st.integers(-30_000, 60_000), max_size=6), max_size=30),
    st.integers(0, 2**32),
)
def test_no_payment_is_below_zero_and_what_is_missing_is_carried_until_it_is_paid(paid, seed):
    draw, owed, carried = Random(seed), Cents(0), 0
    for claims in paid:
        pairs, owed = draw_kept_back(draw, [Cents(one) for one in claims], owed, NOW.date())
        assert sum(claims) - sum(pair.cents for pair in pairs) >= 0
        carried -= sum(pair.cents for pair in pairs if pair.reason == FORWARD)
        assert carried == owed >= 0
