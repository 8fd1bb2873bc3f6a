"""Draws what a payer keeps back from a payment, or adds to it, beyond the claims (PLB of the 835)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from workbench.demo.people import practice_details
from workbench.kernel.money import Cents, share
from workbench.x12.remittance import ProviderAdjustment

RECOVERED: Final = "WO"  # an earlier overpayment is taken out of this payment
INTEREST: Final = "L6"  # paid late, so interest comes with it
FORWARD: Final = "FB"  # a payment cannot be below zero: what is missing is carried to the next one

_RECOVERS: Final = 0.04
_PAYS_INTEREST: Final = 0.05
_ENOUGH: Final = 20_000


def draw_kept_back(
    draw: Random, paid: Sequence[Cents], owed: Cents, on: date
) -> tuple[tuple[ProviderAdjustment, ...], Cents]:
    """The pairs of one payment, and what is carried to the next one of the same payer, in cents.

    paid: what is paid claim by claim. owed: what the payments before could not cover.
    """
    total: int = sum(paid)
    pairs: list[tuple[str, Cents]] = []
    if total > _ENOUGH and draw.random() < _RECOVERS:
        pairs.append((RECOVERED, Cents(draw.randrange(1500, 9000, 25))))
    if total > _ENOUGH and draw.random() < _PAYS_INTEREST:
        pairs.append((INTEREST, Cents(-share(Cents(total), Decimal("0.004")))))
    total -= sum(cents for _, cents in pairs)
    forward = Cents(min(owed, total))
    if forward:
        pairs.append((FORWARD, forward))
    return tuple(_pair(reason, cents, on, draw) for reason, cents in pairs), Cents(owed - forward)


def _pair(reason: str, cents: Cents, on: date, draw: Random) -> ProviderAdjustment:
    identifier = f"SYN{draw.randrange(10**8):08d}"
    return ProviderAdjustment(practice_details().npi, f"{on.year}1231", reason, identifier, cents)
