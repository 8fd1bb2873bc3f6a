"""A practice that can bill, on either engine, and its biller."""

from datetime import date, datetime

import pytest

from tests.actions.billing.missing import Missing
from tests.factories.billed_practice import charged, claim_numbers, open_billing
from workbench.actions.billing.approve_claims import approve_claims
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.store.engine import Store


@pytest.fixture
def practice(gate: Gate, now: datetime) -> Store:
    """The store of a practice that can bill."""
    open_billing(gate.store, now)
    return gate.store


@pytest.fixture
def approved(gate: Gate, practice: Store, biller: Actor, now: datetime) -> tuple[str, ...]:
    """Three claims with the payer, of 160 dollars each, on three days: `C-1001` to `C-1003`."""
    charges = tuple(charged(practice, number, on=date(2026, 3, number)) for number in (1, 2, 3))
    approve_claims(gate, biller, now=now, charge_ids=charges)
    return tuple(claim_numbers(practice))


@pytest.fixture
def missing(gate: Gate, now: datetime) -> Missing:
    """Terms for missed sessions stand."""
    return Missing(gate, now)
