"""Nothing goes to a payer without a person's approval, and what goes is whole."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.billed_practice import PAYER, REED, SAGE, charged, claim_numbers, cover
from tests.factories.small_practice import FERN, events, every_row, put
from workbench.actions.billing.approve_claims import (
    AlreadyOnClaim,
    ClaimsNotReady,
    NothingToApprove,
    approve_claims,
)
from workbench.claims.states import ClaimState
from workbench.claims.tables import Claim, ClaimBatch, ClaimLine
from workbench.documents.tables import Document
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed
from workbench.screens.claims_queue import Stage, claims_queue
from workbench.store.engine import Store
from workbench.x12.claim_reader import count_claims
from workbench.x12.envelope import read_interchanges


def test_charges_become_claims_a_batch_and_one_file(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    charges = (charged(practice, 1), charged(practice, 2, patient_id=SAGE))

    done = approve_claims(gate, biller, now=now, charge_ids=charges)

    with practice.reading() as session:
        data = session.get_one(Document, done.document_id).content.data
        states = set(session.scalars(select(Claim.state)))
        lines = set(session.scalars(select(ClaimLine.charge_id)))
    counts = count_claims(read_interchanges(data)[0].transactions[0])
    assert (counts.claims, counts.lines, counts.charged_cents, counts.problems) == (2, 2, 32000, ())
    assert (states, lines) == ({ClaimState.APPROVED}, set(charges))
    assert data[:106].endswith(b"*T*:~")
    assert claim_numbers(practice) == ["C-1001", "C-1002"]
    assert ("claims.approved", "done") in events(practice)


def test_nobody_bills_for_their_own_care(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    own, others = charged(practice, 1), charged(practice, 2, patient_id=SAGE)
    in_care = replace(biller, own_patient_id=REED)
    before = every_row(practice)
    with pytest.raises(AlreadyOnClaim):
        approve_claims(gate, in_care, now=now, charge_ids=(own, others))
    after = every_row(practice)
    assert {name for name in before if before[name] != after[name]} <= {"audit_events"}
    assert [row.id for row in claims_queue(gate, in_care, now=now, stage=Stage.READY).rows] == [others]
    assert len(claims_queue(gate, biller, now=now, stage=Stage.READY).rows) == 2
    assert approve_claims(gate, in_care, now=now, charge_ids=(others,)).charged_cents == 16000


def test_control_and_claim_numbers_never_repeat(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    first = approve_claims(gate, biller, now=now, charge_ids=(charged(practice, 1),))
    second = approve_claims(gate, biller, now=now, charge_ids=(charged(practice, 2),))

    assert (first.control, second.control) == (1, 2)
    assert claim_numbers(practice) == ["C-1001", "C-1002"]


def test_the_same_form_sent_twice_makes_one_batch(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    charges = (charged(practice, 1),)

    first = approve_claims(gate, biller, now=now, charge_ids=charges, idempotency_key="form-1")
    again = approve_claims(gate, biller, now=now, charge_ids=charges, idempotency_key="form-1")

    assert again == first
    with practice.reading() as session:
        assert len(session.scalars(select(ClaimBatch.id)).all()) == 1


@pytest.mark.parametrize(
    ("choose", "refusal"),
    [
        (lambda store: (), NothingToApprove),
        (lambda store: ("chg_nobody",), AlreadyOnClaim),
        (lambda store: (charged(store, 1), charged(store, 2, payer_id=None)), AlreadyOnClaim),
        (lambda store: (charged(store, 1), charged(store, 2, diagnoses=())), ClaimsNotReady),
        (lambda store: (charged(store, 1), charged(store, 2, diagnoses=("F41.1",))), ClaimsNotReady),
        (lambda store: (charged(store, 1), charged(store, 2, diagnoses=("F411", "F32"))), ClaimsNotReady),
    ],
)
def test_what_cannot_be_claimed_stops_the_whole_batch(
    gate: Gate, practice: Store, biller: Actor, now: datetime, choose, refusal: type[Exception]
) -> None:
    charges = choose(practice)
    before = every_row(practice)

    with pytest.raises(refusal):
        approve_claims(gate, biller, now=now, charge_ids=charges)

    assert every_row(practice) == before
    assert events(practice) == [("action.refused", "refused")]


def test_the_refusal_says_of_each_session_what_is_missing(
    gate: Gate, practice: Store, biller: Actor, now: datetime
) -> None:
    put(practice, [cover("cov_fern", FERN, PAYER)])
    charges = (charged(practice, 1), charged(practice, 2, patient_id=FERN))

    with pytest.raises(ClaimsNotReady) as refusal:
        approve_claims(gate, biller, now=now, charge_ids=charges)

    assert set(refusal.value.fields) == {"chg_2"}
    assert "address" in refusal.value.fields["chg_2"]


def test_a_charge_is_never_claimed_twice(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    charges = (charged(practice, 1),)
    approve_claims(gate, biller, now=now, charge_ids=charges)

    with pytest.raises(AlreadyOnClaim):
        approve_claims(gate, biller, now=now, charge_ids=charges)


def test_only_the_biller_approves(
    gate: Gate, practice: Store, manager: Actor, clinician: Actor, front_desk: Actor, now: datetime
) -> None:
    charges = (charged(practice, 1),)

    for somebody in (manager, clinician, front_desk):
        with pytest.raises(NotAllowed):
            approve_claims(gate, somebody, now=now, charge_ids=charges)
