"""A held charge is not claimed; a biller asks, and does not decide."""

from datetime import datetime

import pytest

from tests.actions.billing.held import CLINICIAN, REASON, too_short, unsigned
from tests.factories.billed_practice import charged
from tests.factories.small_practice import events, every_row
from workbench.actions.billing.approve_claims import ClaimsNotReady, approve_claims
from workbench.actions.billing.ask_override import ask_override
from workbench.billing.claim_rules import AlreadyAsked, NeverOverridden, NotHeld, ReasonTooShort
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.screens.charge_holds import charge_holds
from workbench.screens.claims_queue import Stage, claims_queue
from workbench.store.engine import Store


def test_the_store_refuses_a_held_charge_and_the_queue_says_why(
    gate: Gate, practice: Store, biller: Actor, now: datetime
) -> None:
    good, held = charged(practice, 2), too_short(practice)
    before = every_row(practice)
    with pytest.raises(ClaimsNotReady) as refused:
        approve_claims(gate, biller, now=now, charge_ids=(good, held))
    assert list(refused.value.fields) == [held]
    assert "Start and end say 40 minutes: 90837 needs 53 or more." in refused.value.fields[held]
    assert every_row(practice) == before
    rows = {row.id: row.holds for row in claims_queue(gate, biller, now=now, stage=Stage.READY).rows}
    assert rows[good] == ()
    assert rows[held][1].startswith("Start and end say 40 minutes")
    assert approve_claims(gate, biller, now=now, charge_ids=(good,)).charged_cents == 16000


def test_what_is_asked_is_kept_with_its_reason_and_lets_nothing_through(
    gate: Gate, practice: Store, biller: Actor, now: datetime
) -> None:
    held = too_short(practice)
    ask_override(gate, biller, held, now=now, rule="wrong_time", reason=REASON)
    shown = charge_holds(gate, biller, held, now=now)
    assert [(one.reason, one.answer) for one in shown.asked] == [(REASON, "")]
    assert {one.rule for one in shown.holds} == {"other_length", "wrong_time"}
    assert ("override.asked", "done") in events(practice)
    with pytest.raises(AlreadyAsked):
        ask_override(gate, biller, held, now=now, rule="wrong_time", reason=REASON)
    with pytest.raises(ClaimsNotReady):
        approve_claims(gate, biller, now=now, charge_ids=(held,))


@pytest.mark.parametrize(
    ("rule", "reason", "refusal"),
    [("other_place", REASON, NotHeld), ("no_such_rule", REASON, NotHeld), ("wrong_time", "short", ReasonTooShort)],
)
def test_what_cannot_be_asked(
    gate: Gate, practice: Store, biller: Actor, now: datetime, rule: str, reason: str, refusal: type[Exception]
) -> None:
    held = too_short(practice)
    before = every_row(practice)
    with pytest.raises(refusal):
        ask_override(gate, biller, held, now=now, rule=rule, reason=reason)
    assert every_row(practice) == before


def test_no_reason_lets_an_unsigned_note_through(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    held = unsigned(practice)
    with pytest.raises(NeverOverridden):
        ask_override(gate, biller, held, now=now, rule="unsigned", reason=REASON)
    with pytest.raises(ClaimsNotReady):
        approve_claims(gate, biller, now=now, charge_ids=(held,))


def test_only_billing_asks(gate: Gate, practice: Store, manager: Actor, front_desk: Actor, now: datetime) -> None:
    held = too_short(practice)
    for who in (manager, front_desk, CLINICIAN):
        with pytest.raises(NotFound):
            ask_override(gate, who, held, now=now, rule="wrong_time", reason=REASON)
