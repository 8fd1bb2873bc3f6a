"""From appointment to cash: every session stands at one stage, and every number opens to its rows."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.billed_practice import ONA, REED, SAGE, charged, open_billing, paid, remittance_file
from tests.factories.small_practice import events, visit
from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import post_remittance
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.claims.states import RemittanceState
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed, NotFound
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.claims_queue import ClaimsQueue, Stage, claims_queue
from workbench.screens.remittances import remittance_shown, remittances
from workbench.store.engine import Store


@pytest.fixture
def practice(gate: Gate, now: datetime) -> Store:
    """One session without a note, and three that are charged: two of Reed, one of Sage."""
    open_billing(gate.store, now)
    visit(gate.store, 8, datetime.fromisoformat("2026-03-05T15:00:00+00:00"), patient_id=REED, clinician_id=ONA,
          status=AttendanceStatus.ARRIVED)  # fmt: skip
    for number, patient_id in ((1, REED), (2, REED), (3, SAGE)):
        charged(gate.store, number, patient_id=patient_id, on=date(2026, 3, number))
    return gate.store


def counts(queue: ClaimsQueue) -> dict[Stage, int]:
    return {one.stage: one.count for one in queue.stages if one.count}


def test_sessions_walk_from_stage_to_stage(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    assert counts(claims_queue(gate, biller, now=now)) == {Stage.TO_WRITE: 1, Stage.READY: 3}

    approve_claims(gate, biller, now=now, charge_ids=("chg_1", "chg_2"))
    assert counts(claims_queue(gate, biller, now=now)) == {Stage.TO_WRITE: 1, Stage.READY: 1, Stage.WITH_PAYER: 2}

    content = remittance_file(paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids
    assert counts(claims_queue(gate, biller, now=now))[Stage.TO_POST] == 1

    approve_remittance(gate, biller, remittance_id, now=now)
    post_remittance(gate, biller, remittance_id, now=now)
    assert counts(claims_queue(gate, biller, now=now)) == {
        Stage.TO_WRITE: 1, Stage.READY: 1, Stage.WITH_PAYER: 1, Stage.PATIENT_OWES: 1, Stage.SETTLED: 1,
    }  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_every_number_opens_to_its_rows_and_its_money(
    gate: Gate, practice: Store, biller: Actor, now: datetime, stage: Stage
) -> None:
    approve_claims(gate, biller, now=now, charge_ids=("chg_1", "chg_2"))
    content = remittance_file(paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids
    approve_remittance(gate, biller, remittance_id, now=now)
    post_remittance(gate, biller, remittance_id, now=now)
    upload_remittance(gate, biller, now=now, content=remittance_file(paid("C-1002"), trace="EFT-2"))

    queue = claims_queue(gate, biller, now=now, stage=stage)

    told = next(one for one in queue.stages if one.stage is stage)
    assert len(queue.rows) == told.count
    assert sum(row.cents or 0 for row in queue.rows) == (told.cents or 0)
    assert events(practice)[-1] == ("claims.seen", "shown")


def test_what_was_settled_long_ago_no_longer_stands_in_the_queue(
    gate: Gate, practice: Store, biller: Actor, now: datetime
) -> None:
    approve_claims(gate, biller, now=now, charge_ids=("chg_1",))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=remittance_file(paid("C-1001"))).remittance_ids
    approve_remittance(gate, biller, remittance_id, now=now)
    post_remittance(gate, biller, remittance_id, now=now)

    def settled(days: int) -> int:
        return counts(claims_queue(gate, biller, now=now + timedelta(days=days))).get(Stage.SETTLED, 0)

    assert (settled(30), settled(31)) == (1, 0)


def test_a_clinician_sees_the_claims_of_her_own_patients_only(
    gate: Gate, practice: Store, actor, clinician: Actor, now: datetime
) -> None:
    ona = actor(Role.CLINICIAN, person_id=ONA)

    assert counts(claims_queue(gate, ona, now=now))[Stage.READY] == 3
    assert counts(claims_queue(gate, clinician, now=now)) == {}


def test_remittances_are_the_practices_and_list_by_state(
    gate: Gate, practice: Store, biller: Actor, actor, front_desk: Actor, now: datetime
) -> None:
    ona = actor(Role.CLINICIAN, person_id=ONA)
    approve_claims(gate, biller, now=now, charge_ids=("chg_1",))
    content = remittance_file(paid("C-1001"), paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids

    (row,) = remittances(gate, biller, now=now, state=RemittanceState.PROPOSED)
    assert (row.id, row.claims, row.blocked, row.payment_cents) == (remittance_id, 2, 1, 17000)
    assert remittances(gate, biller, now=now, state=RemittanceState.POSTED) == ()
    for somebody in (ona, front_desk):
        with pytest.raises(NotAllowed):
            remittances(gate, somebody, now=now)
        with pytest.raises(NotFound):
            remittance_shown(gate, somebody, remittance_id, now=now)


def test_a_blocked_claim_payment_says_why_in_words(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    approve_claims(gate, biller, now=now, charge_ids=("chg_1",))
    content = remittance_file(paid("C-1001"), paid("C-1001"))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids

    first, second = remittance_shown(gate, biller, remittance_id, now=now).claims

    assert (first.our_number, first.patient, first.problem) == ("C-1001", "Robin Reed", "")
    assert second.problem == "This claim has an answer already; a correction needs a reversal first."
    assert sum(line.cents for line in first.lines) == 0
