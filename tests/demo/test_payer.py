"""The story of the demo's money: what the files bring is posted, and what the biller sends is answered at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import post_remittance
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.billing.tables import Charge
from workbench.claims.states import ClaimState
from workbench.claims.tables import Claim, ClaimLine, Remittance
from workbench.demo.drop import FOLDER
from workbench.demo.payer import KIND, PERMISSIONS, answer_batch, made_on, sent_batch, unanswered
from workbench.gate.actor import Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotFound

PAYER = SystemActor(KIND, PERMISSIONS)


@pytest.fixture
def biller(desk_of):
    return desk_of(Role.BILLER)


def post(gate, biller, data, now):
    uploaded = upload_remittance(gate, biller, now=now, content=data)
    assert uploaded.blocked == 0
    for remittance_id in uploaded.remittance_ids:
        approve_remittance(gate, biller, remittance_id, now=now)
        post_remittance(gate, biller, remittance_id, now=now)
    return uploaded


def waiting_charges(gate):
    with gate.store.reading() as session:
        query = select(Charge.id).where(Charge.payer_id.is_not(None), Charge.id.not_in(select(ClaimLine.charge_id)))
        return tuple(session.scalars(query.order_by(Charge.id)))


@pytest.mark.engines("sqlcipher")
def test_every_file_that_lies_ready_can_be_posted(practice, biller, now):
    files = sorted((practice.store.home / FOLDER).glob("835-*.x12"))
    assert len(files) >= 2
    for file in files:
        assert post(practice, biller, file.read_bytes(), now).claims > 0


@pytest.mark.engines("sqlcipher")
def test_what_the_biller_sends_is_answered_and_can_be_posted(practice, biller, now):
    assert list(unanswered(practice, now)) == []
    charges = waiting_charges(practice)
    assert charges
    sent = approve_claims(practice, biller, now=now + timedelta(minutes=1), charge_ids=charges)
    assert list(unanswered(practice, now)) == [sent.batch_id]
    file = answer_batch(practice, PAYER, sent.batch_id, now=now + timedelta(minutes=1))
    assert file.name == f"835-batch-{sent.control}.x12"
    again = answer_batch(practice, PAYER, sent.batch_id, now=now + timedelta(minutes=1))
    assert again.read_bytes() == file.read_bytes()
    post(practice, biller, file.read_bytes(), now + timedelta(minutes=2))
    with practice.store.reading() as session:
        states = set(session.scalars(select(Claim.state).where(Claim.id.in_(sent.claim_ids))))
    assert ClaimState.SETTLED in states
    assert ClaimState.APPROVED not in states


@pytest.mark.engines("sqlcipher")
def test_the_payer_reads_what_was_sent_and_the_log_says_so(practice, biller, now):
    sent = approve_claims(practice, biller, now=now + timedelta(minutes=1), charge_ids=waiting_charges(practice)[:2])
    read = sent_batch(practice, PAYER, sent.batch_id, now=now + timedelta(minutes=2))
    assert sum(line.charged for claim in read.claims for line in claim.lines) == sent.charged_cents
    assert all(claim.patient[2].startswith("SYN") and claim.npi.startswith("2") for claim in read.claims)
    with practice.store.reading() as session:
        newest = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()
    assert (newest.actor_id, newest.event) == ("system:answer_claims", "claims.seen")


def test_a_practice_that_is_not_synthetic_has_no_payer_in_the_house(gate, now):
    assert list(unanswered(gate, now)) == []


def test_the_bank_shows_what_the_payers_sent(made, now):
    folder = made.store.home / FOLDER
    ofx, bai2 = (folder / "bank.ofx").read_text(), (folder / "bank.bai2").read_text()
    recent = (now - timedelta(days=60)).date()
    with made.store.reading() as session:
        posted = select(Remittance.trace).where(
            Remittance.effective_on > recent, Remittance.payment_cents > 0, Remittance.posted_at.is_not(None)
        )
        traces = list(session.scalars(posted))
    assert traces
    assert all(f"<FITID>{trace}<" in ofx and f",Z,{trace},," in bai2 for trace in traces)


def test_the_bai2_file_counts_itself(made):
    lines = (made.store.home / FOLDER / "bank.bai2").read_text().splitlines()
    assert [line[:2] for line in lines[:3]] == ["01", "02", "03"]
    account = next(line for line in lines if line.startswith("49")).rstrip("/").split(",")
    credits_ = sum(int(line.split(",")[2]) for line in lines if line.startswith("16"))
    assert int(account[1]) == 2 * credits_
    assert int(account[2]) == len(lines) - 4
    assert int(lines[-1].rstrip("/").split(",")[3]) == len(lines)


def test_money_that_is_promised_is_not_more_than_was_charged(made):
    with made.store.reading() as session:
        assert session.scalar(select(func.count()).where(Claim.paid_cents > Claim.charged_cents)) == 0


def test_the_practice_knows_the_day_it_was_made(made, gate, now, zone):
    assert made_on(made) == now.astimezone(zone).date()
    with pytest.raises(NotFound):
        made_on(gate)
