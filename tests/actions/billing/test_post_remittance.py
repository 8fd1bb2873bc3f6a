"""Posting books exactly what was approved, once, and every entry sums to zero."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.billed_practice import books, paid, remittance_file
from tests.factories.small_practice import events, every_row
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import RemittancePosted, post_remittance
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.claims.rules import AlreadyPosted, CannotPost
from workbench.claims.states import ClaimState, WrongState
from workbench.claims.tables import Claim
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.kernel.money import Cents
from workbench.store.engine import Store
from workbench.x12.remittance import Adjustment, ProviderAdjustment
from workbench.x12.remittance_writer import ClaimAdvice

THREE = {"income": -48000, "receivable:payer": 48000}


@pytest.fixture
def post(gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime):
    """Uploads, approves and posts a file."""

    def all_the_way(content: bytes) -> RemittancePosted:
        (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids
        approve_remittance(gate, biller, remittance_id, now=now)
        return post_remittance(gate, biller, remittance_id, now=now)

    return all_the_way


def states(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Claim.state).order_by(Claim.number)))


def test_the_books_take_what_arrived_what_the_contract_takes_and_what_the_patient_owes(post, practice: Store) -> None:
    assert books(practice) == THREE

    done = post(remittance_file(paid("C-1001"), paid("C-1002")))

    assert (done.entries, done.claims, done.payment_cents) == (2, 2, 17000)
    assert books(practice) == {
        "income": -48000, "receivable:payer": 16000, "clearing:eft": 17000, "contractual": 10000,
        "receivable:patient": 5000,
    }  # fmt: skip
    assert states(practice) == [ClaimState.SETTLED, ClaimState.SETTLED, ClaimState.APPROVED]
    assert events(practice)[-1] == ("remittance.posted", "done")


def test_a_second_post_changes_nothing_and_says_so(
    post, gate: Gate, practice: Store, biller: Actor, now: datetime
) -> None:
    done = post(remittance_file(paid("C-1001")))
    before = every_row(practice)

    with pytest.raises(AlreadyPosted):
        post_remittance(gate, biller, done.remittance_id, now=now)

    assert every_row(practice) == before


def test_nothing_is_posted_that_nobody_approved(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    content = remittance_file(paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids

    with pytest.raises(WrongState):
        post_remittance(gate, biller, remittance_id, now=now)
    assert books(practice) == THREE


def test_a_denial_is_never_written_off_by_itself(post, practice: Store) -> None:
    denied = paid("C-1001", cents=0, contract=0, share=0, status="4")
    line = denied.lines[0]
    whole = (Adjustment("CO", "197", Cents(16000)),)
    told = ClaimAdvice(
        "C-1001", "4", Cents(16000), Cents(0), Cents(0), "PX", denied.patient,
        (type(line)("90837", Cents(16000), Cents(0), line.service_on, whole, number="C-1001-1"),),
    )  # fmt: skip

    done = post(remittance_file(told))

    assert done.entries == 0
    assert books(practice) == THREE
    assert states(practice)[0] == ClaimState.DENIED


def test_what_a_payer_leaves_open_needs_work(post, practice: Store) -> None:
    short = paid("C-1001", contract=0, share=2500, cents=8500)
    line = short.lines[0]
    cas = (Adjustment("CO", "16", Cents(5000)), Adjustment("PR", "2", Cents(2500)))
    told = ClaimAdvice(
        "C-1001", "1", Cents(16000), Cents(8500), Cents(2500), "PX", short.patient,
        (type(line)("90837", Cents(16000), Cents(8500), line.service_on, cas, number="C-1001-1"),),
    )  # fmt: skip

    post(remittance_file(told))

    assert states(practice)[0] == ClaimState.NEEDS_WORK
    assert books(practice)["receivable:payer"] == 32000 + 5000
    assert "contractual" not in books(practice)


def test_a_reversal_and_its_correction_in_one_file_leave_the_correction(post, practice: Store) -> None:
    post(remittance_file(paid("C-1001"), trace="EFT-1"))

    post(remittance_file(paid("C-1001", status="22"), paid("C-1001", cents=9500, share=1500), trace="EFT-2"))

    assert books(practice) == {
        "income": -48000, "receivable:payer": 32000, "clearing:eft": 9500, "contractual": 5000,
        "receivable:patient": 1500,
    }  # fmt: skip
    assert states(practice)[0] == ClaimState.SETTLED


def test_a_reversal_alone_brings_the_books_back_and_the_claim_waits_again(post, practice: Store) -> None:
    post(remittance_file(paid("C-1001"), paid("C-1002"), trace="EFT-1"))
    post(remittance_file(paid("C-1001", status="22"), paid("C-1003"), trace="EFT-2"))

    assert states(practice) == [ClaimState.APPROVED, ClaimState.SETTLED, ClaimState.SETTLED]
    assert books(practice)["receivable:payer"] == 16000
    assert books(practice)["clearing:eft"] == 17000


def test_what_the_payer_kept_back_lowers_the_money_that_arrives(post, practice: Store) -> None:
    kept = (ProviderAdjustment("2000000002", "20261231", "WO", "C-900", Cents(3000)),)

    post(remittance_file(paid("C-1001"), kept_back=kept))

    assert books(practice)["clearing:eft"] == 5500
    assert books(practice)["payer_recoupment"] == 3000


def test_a_claim_answered_meanwhile_stops_the_whole_remittance(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    first, second = (
        upload_remittance(gate, biller, now=now, content=remittance_file(*claims, trace=trace)).remittance_ids[0]
        for trace, claims in (("EFT-1", [paid("C-1001")]), ("EFT-2", [paid("C-1002"), paid("C-1001")]))
    )
    for remittance_id in (first, second):
        approve_remittance(gate, biller, remittance_id, now=now)
    post_remittance(gate, biller, first, now=now)
    before = every_row(practice)

    with pytest.raises(CannotPost):
        post_remittance(gate, biller, second, now=now)

    assert every_row(practice) == before


def test_only_the_biller_posts(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, manager: Actor, now: datetime
) -> None:
    content = remittance_file(paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids

    with pytest.raises(NotFound):
        post_remittance(gate, manager, remittance_id, now=now)
