"""From whom a session without a signed note may be claimed is the owner's to say, payer by payer, with a reason."""

from datetime import datetime

import pytest

from tests.actions.billing.held import REASON, unsigned
from tests.factories.billed_practice import OTHER_PAYER, PAYER
from tests.factories.small_practice import every_row
from workbench.actions.billing.approve_claims import ClaimsNotReady, approve_claims
from workbench.actions.billing.set_payer_terms import set_payer_terms
from workbench.billing.claim_rules import ReasonTooShort
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed, NotFound
from workbench.screens.payer_terms import payer_terms
from workbench.store.engine import Store


def test_without_terms_a_payer_needs_a_signed_note(gate: Gate, practice: Store, biller: Actor, now: datetime) -> None:
    assert {(one.payer_id, one.needs_note) for one in payer_terms(gate, biller, now=now)} == {
        (PAYER, True), (OTHER_PAYER, True),
    }  # fmt: skip
    with pytest.raises(ClaimsNotReady):
        approve_claims(gate, biller, now=now, charge_ids=(unsigned(practice),))


def test_the_newest_terms_of_that_payer_count(
    gate: Gate, practice: Store, owner: Actor, biller: Actor, now: datetime
) -> None:
    first, second = unsigned(practice), unsigned(practice, 2)
    set_payer_terms(gate, owner, OTHER_PAYER, now=now, needs_note=False, reason=REASON)
    with pytest.raises(ClaimsNotReady):
        approve_claims(gate, biller, now=now, charge_ids=(first,))
    set_payer_terms(gate, owner, PAYER, now=now, needs_note=False, reason=REASON)
    assert approve_claims(gate, biller, now=now, charge_ids=(first,)).charged_cents == 16000
    set_payer_terms(gate, owner, PAYER, now=now, needs_note=True, reason=REASON)
    with pytest.raises(ClaimsNotReady):
        approve_claims(gate, biller, now=now, charge_ids=(second,))


def test_only_the_owner_sets_them_and_says_why(
    gate: Gate, practice: Store, owner: Actor, biller: Actor, manager: Actor, front_desk: Actor, now: datetime
) -> None:
    before = every_row(practice)
    for who in (biller, manager, front_desk):
        with pytest.raises(NotFound):
            set_payer_terms(gate, who, PAYER, now=now, needs_note=False, reason=REASON)
    with pytest.raises(ReasonTooShort):
        set_payer_terms(gate, owner, PAYER, now=now, needs_note=False, reason="contract")
    assert every_row(practice) == before
    with pytest.raises(NotAllowed):
        payer_terms(gate, front_desk, now=now)
