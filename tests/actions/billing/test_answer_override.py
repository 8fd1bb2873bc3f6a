"""Whoever may set the codes of a session answers what billing asks, once, and never their own question."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.actions.billing.held import CLINICIAN, REASON, too_short
from tests.factories.small_practice import events, every_row
from tests.factories.small_practice import people as signed_in
from workbench.actions.billing.answer_override import answer_override
from workbench.actions.billing.approve_claims import ClaimsNotReady, approve_claims
from workbench.actions.billing.ask_override import ask_override
from workbench.billing.claim_rules import AlreadyAnswered, OwnRequest, ReasonTooShort
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed, NotFound
from workbench.screens.charge_holds import charge_holds, overrides_asked
from workbench.store.engine import Store


@pytest.fixture
def asked(gate: Gate, practice: Store, biller: Actor, now: datetime) -> dict[str, str]:
    """By rule, what the biller asked about one session."""
    held = too_short(practice)
    return {rule: ask_override(gate, biller, held, now=now, rule=rule, reason=REASON).request_id
            for rule in ("wrong_time", "other_length")}  # fmt: skip


def test_what_is_let_through_by_every_rule_is_claimed(
    gate: Gate, practice: Store, biller: Actor, now: datetime, asked: dict[str, str]
) -> None:
    assert {one.request_id for one in overrides_asked(gate, CLINICIAN, now=now)} == set(asked.values())
    answer_override(gate, CLINICIAN, asked["wrong_time"], now=now, is_overridden=True, reason=REASON)
    with pytest.raises(ClaimsNotReady):  # the other rule still holds it
        approve_claims(gate, biller, now=now, charge_ids=("chg_1",))
    answer_override(gate, CLINICIAN, asked["other_length"], now=now, is_overridden=True, reason=REASON)
    assert approve_claims(gate, biller, now=now, charge_ids=("chg_1",)).charged_cents == 16000
    assert overrides_asked(gate, CLINICIAN, now=now) == ()
    assert ("override.answered", "done") in events(practice)


def test_a_no_keeps_it_held_and_it_may_be_asked_again(
    gate: Gate, biller: Actor, now: datetime, asked: dict[str, str]
) -> None:
    answer_override(gate, CLINICIAN, asked["wrong_time"], now=now, is_overridden=False, reason=REASON)
    shown = charge_holds(gate, biller, "chg_1", now=now)
    assert {one.answer for one in shown.asked} == {"", "kept"}
    assert "wrong_time" in {one.rule for one in shown.holds}
    ask_override(gate, biller, "chg_1", now=now, rule="wrong_time", reason=REASON)


def test_it_is_answered_once(gate: Gate, practice: Store, now: datetime, asked: dict[str, str]) -> None:
    inputs = {"now": now, "is_overridden": True, "reason": REASON}
    first = answer_override(gate, CLINICIAN, asked["wrong_time"], **inputs, idempotency_key="form-12345")
    before = every_row(practice)
    assert answer_override(gate, CLINICIAN, asked["wrong_time"], **inputs, idempotency_key="form-12345") == first
    with pytest.raises(AlreadyAnswered):
        answer_override(gate, CLINICIAN, asked["wrong_time"], **inputs)
    with pytest.raises(ReasonTooShort):
        answer_override(gate, CLINICIAN, asked["other_length"], now=now, is_overridden=True, reason="ok")
    assert every_row(practice) == before


def test_nobody_answers_themselves_and_nobody_out_of_reach(
    gate: Gate, practice: Store, biller: Actor, now: datetime, asked: dict[str, str]
) -> None:
    before = every_row(practice)
    both = replace(CLINICIAN, user_id=biller.user_id, roles=frozenset({Role.CLINICIAN, Role.BILLER}))
    for who, refusal in ((both, OwnRequest), (biller, NotFound), (signed_in().ada, NotFound)):
        with pytest.raises(refusal):
            answer_override(gate, who, asked["wrong_time"], now=now, is_overridden=True, reason=REASON)
    assert every_row(practice) == before
    assert overrides_asked(gate, signed_in().ada, now=now) == ()
    with pytest.raises(NotAllowed):
        overrides_asked(gate, biller, now=now)
