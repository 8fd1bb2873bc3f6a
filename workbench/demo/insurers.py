"""Payers nobody is insured with: their contracts, their pace, and what they answer to a claim, and later instead."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from workbench.kernel.money import Cents, share
from workbench.x12.remittance import DENIED, REVERSAL, Adjustment

PAID: Final = "1"


@dataclass(frozen=True)
class Insurer:
    """An invented payer.

    allowed: of our fee, what its contract allows. pays_within: fewest and most days until its money comes.
    pays_on: the weekday of its payments, Monday 0. denies: the share of claims it turns down.
    """

    id: str
    name: str
    number: str
    allowed: Decimal
    pays_within: tuple[int, int]
    pays_on: int
    denies: float


# Ids are written out, so that a payer stays the same whatever the seed; none could come from `new_id`.
INSURERS: Final = (
    Insurer("pyr_" + "a" * 26, "Fernbrook Mutual Sample", "SYN01", Decimal("0.78"), (9, 16), 0, 0.06),
    Insurer("pyr_" + "b" * 26, "Slate Harbor Sample Plan", "SYN02", Decimal("0.71"), (10, 21), 1, 0.07),
    Insurer("pyr_" + "c" * 26, "Heron Valley Sample Health", "SYN03", Decimal("0.84"), (12, 20), 2, 0.09),
    Insurer("pyr_" + "d" * 26, "Quartz County Sample Trust", "SYN04", Decimal("0.66"), (8, 14), 3, 0.06),
    Insurer("pyr_" + "e" * 26, "Willow State Sample Care", "SYN05", Decimal("0.62"), (25, 60), 4, 0.14),
)

_DENIED_FOR: Final = ("197", "16", "27", "22", "29", "18")
# What an appeal can still win: not a claim that came too late (29) or twice (18).
_CAN_BE_WON: Final = frozenset({"197", "16", "27", "22"})
_WON: Final = 0.4
_THOUGHT_AGAIN: Final = 0.006
_NEVER_ANSWERS: Final = 0.012
_PARTLY_UNDECIDED: Final = 0.02


@dataclass(frozen=True)
class Answer:
    """What a payer says about a claim of one line: CLP02, what it pays, and why not the rest."""

    status: str
    paid: Cents
    adjustments: tuple[Adjustment, ...]

    @property
    def patient_share(self) -> Cents:
        """What it lays on the patient (PR)."""
        return Cents(sum(one.cents for one in self.adjustments if one.group == "PR"))


def denial(charged: Cents, reason: str) -> Answer:
    """Nothing is paid, for one reason of the provider's."""
    return Answer(DENIED, Cents(0), (Adjustment("CO", reason, charged),))


def payment(
    insurer: Insurer, charged: Cents, copay: Cents, *, deductible: bool = False, undecided: bool = False
) -> Answer:
    """The contract's amount less the patient's share.

    deductible: the patient owes all of it. undecided: a part is held back for a reason a person must look into.
    """
    allowed = share(charged, insurer.allowed)
    held_back = share(allowed, Decimal("0.2")) if undecided else Cents(0)
    left = Cents(allowed - held_back)
    patient = left if deductible else min(copay, left)
    adjustments = [
        Adjustment("CO", "45", Cents(charged - allowed)),
        Adjustment("CO", "97", held_back),
        Adjustment("PR", "1" if deductible else "3", patient),
    ]
    return Answer(PAID, Cents(left - patient), tuple(one for one in adjustments if one.cents))


def draw_answer(draw: Random, insurer: Insurer, charged: Cents, copay: Cents, service_on: date) -> Answer:
    """One claim's answer: mostly paid, some denied, some to the deductible in the first weeks of a year."""
    if draw.random() < insurer.denies:
        return denial(charged, draw.choice(_DENIED_FOR))
    deductible = service_on.month <= 2 and draw.random() < 0.15
    return payment(insurer, charged, copay, deductible=deductible, undecided=draw.random() < _PARTLY_UNDECIDED)


def taken_back(answer: Answer) -> Answer:
    """The reversal of an answer: the same amounts with the other sign, as an 835 says it before it corrects them."""
    undone = tuple(Adjustment(one.group, one.reason, Cents(-one.cents), one.quantity) for one in answer.adjustments)
    return Answer(REVERSAL, Cents(-answer.paid), undone)


def draw_correction(draw: Random, insurer: Insurer, charged: Cents, copay: Cents, first: Answer) -> Answer | None:
    """What a payer says instead, later: some denials are won on appeal, a few payments go to the deductible after all.

    None where its first answer stands.
    """
    if first.status == DENIED:
        won = first.adjustments[0].reason in _CAN_BE_WON and draw.random() < _WON
        return payment(insurer, charged, copay) if won else None
    if first.paid and draw.random() < _THOUGHT_AGAIN:
        return payment(insurer, charged, copay, deductible=True)
    return None


def draw_correction_day(draw: Random, insurer: Insurer, first_on: date) -> date:
    """When the correction comes: three to ten weeks after the first answer, on the payer's weekday."""
    ready = first_on + timedelta(days=draw.randint(21, 70))
    return ready + timedelta(days=(insurer.pays_on - ready.weekday()) % 7)


def draw_payment_day(draw: Random, insurer: Insurer, sent_on: date) -> date | None:
    """When the money of a claim sent that day comes: the payer's next weekday after its pace; None if it never does."""
    if draw.random() < _NEVER_ANSWERS:
        return None
    ready = sent_on + timedelta(days=draw.randint(*insurer.pays_within))
    return ready + timedelta(days=(insurer.pays_on - ready.weekday()) % 7)
