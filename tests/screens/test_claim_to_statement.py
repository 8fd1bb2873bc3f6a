"""What a biller opens from a claim to a statement: the claim and its file, the words of the payer, the books."""

from datetime import datetime

import pytest

from tests.factories.billed_practice import REED, charged, open_billing, paid, remittance_file
from tests.factories.small_practice import events
from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import post_remittance
from workbench.actions.billing.take_payment import take_payment
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.ledger.tables import PaymentMethod
from workbench.screens.claim_shown import claim_file, claim_shown
from workbench.screens.patient_balance import patient_balance
from workbench.screens.remittances import remittance_shown


@pytest.fixture
def claim(gate: Gate, biller: Actor, now: datetime) -> tuple[str, str]:
    """One approved claim: its id, and its batch's."""
    open_billing(gate.store, now)
    done = approve_claims(gate, biller, now=now, charge_ids=(charged(gate.store, 1),))
    return done.claim_ids[0], done.batch_id


@pytest.fixture
def remittance(gate: Gate, claim: tuple[str, str], biller: Actor, now: datetime) -> str:
    """The payer's answer to it, uploaded."""
    return upload_remittance(gate, biller, now=now, content=remittance_file(paid("C-1001"))).remittance_ids[0]


def test_a_claim_shows_its_lines_its_diagnoses_and_no_answer_yet(
    gate: Gate, claim: tuple[str, str], biller: Actor, now: datetime
) -> None:
    shown = claim_shown(gate, biller, claim[0], now=now)

    assert (shown.number, shown.patient, shown.payer) == ("C-1001", "Robin Reed", "Sample Health")
    assert [(line.code, line.cents, line.diagnoses) for line in shown.lines] == [("90837", 16000, ("F411",))]
    assert shown.answers == ()


def test_the_file_is_handed_out_whole_and_written_down(
    gate: Gate, claim: tuple[str, str], biller: Actor, now: datetime
) -> None:
    data = claim_file(gate, biller, claim[1], now=now)

    assert data.startswith(b"ISA*")
    assert b"C-1001" in data
    assert ("claim_file.taken", "shown") in events(gate.store)


def test_the_file_is_not_for_those_who_cannot_approve(
    gate: Gate, claim: tuple[str, str], manager: Actor, now: datetime
) -> None:
    with pytest.raises(NotFound):
        claim_file(gate, manager, claim[1], now=now)


def test_a_remittance_shows_what_the_payer_said_beside_what_would_be_booked(
    gate: Gate, remittance: str, biller: Actor, now: datetime
) -> None:
    shown = remittance_shown(gate, biller, remittance, now=now)

    said = [(one.group, one.reason, one.cents, one.code) for one in shown.claims[0].adjustments]
    assert said == [("CO", "45", 5000, "90837"), ("PR", "2", 2500, "90837")]
    assert sum(line.cents for line in shown.claims[0].lines) == 0
    assert (shown.approved_at, shown.posted_at, shown.claims[0].entry_id) == (None, None, "")


def test_once_posted_it_names_its_entry_and_the_claim_its_answer(
    gate: Gate, remittance: str, claim: tuple[str, str], biller: Actor, now: datetime
) -> None:
    approve_remittance(gate, biller, remittance, now=now)
    post_remittance(gate, biller, remittance, now=now)

    shown = remittance_shown(gate, biller, remittance, now=now)
    answer = claim_shown(gate, biller, claim[0], now=now).answers[0]
    assert shown.posted_at == now
    assert shown.claims[0].entry_id.startswith("ent_")
    assert (answer.remittance_id, answer.paid_cents, answer.patient_cents, answer.posted_at) == (
        remittance, 8500, 2500, now,
    )  # fmt: skip


def test_a_statement_runs_to_the_balance(gate: Gate, remittance: str, biller: Actor, now: datetime) -> None:
    approve_remittance(gate, biller, remittance, now=now)
    post_remittance(gate, biller, remittance, now=now)
    take_payment(gate, biller, REED, now=now, amount_cents=1000, method=PaymentMethod.CASH)

    account = patient_balance(gate, biller, REED, now=now)

    told = [(line.kind, line.code, line.cents, line.balance_cents) for line in account.statement]
    assert told == [("remittance", "90837", 2500, 2500), ("payment", "90837", -1000, 1500)]
    assert account.statement[-1].balance_cents == account.balance_cents
