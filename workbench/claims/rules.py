"""What a remittance says about our claims: which claim is meant, whether it may be posted, what it leaves. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.claims.states import ClaimState
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents
from workbench.x12.envelope import Problem
from workbench.x12.remittance import DENIED, PREDETERMINATION, REVERSAL, Adjustment, ClaimPayment, ServicePayment

OTHER_PAYER_STATUS = "23"  # CLP02: "not our claim, forwarded to another payer"


class CannotPost(WorkbenchError):
    """A remittance does not add up, is cut short or contradicts our claims; nothing of it is posted."""


class AlreadyPosted(WorkbenchError):
    """The same remittance was posted, or uploaded, before."""


class Matched(StrEnum):
    """Why this claim of ours is meant. Stored and shown."""

    OUR_NUMBER = "our_number"
    PAYER_NUMBER = "payer_number"
    NOTHING = "nothing"


class Obstacle(StrEnum):
    """What stands in the way of posting one claim payment. Stored and shown."""

    OTHER_CHARGE = "other_charge"
    OTHER_PAYER = "other_payer"
    ANSWERED_BEFORE = "answered_before"
    NOTHING_TO_REVERSE = "nothing_to_reverse"
    UNKNOWN_LINE = "unknown_line"


@dataclass(frozen=True)
class OurLine:
    """One line of a claim of ours: `number` is what we called it in the file (`C-1042-1`)."""

    charge_id: str
    number: str
    code: str
    charged: Cents


@dataclass(frozen=True)
class OurClaim:
    """A claim of ours as posting needs to know it. `has_next_payer`: another plan is to be asked after this one."""

    claim_id: str
    number: str
    payer_claim_number: str
    payer_id: str
    patient_id: str
    state: ClaimState
    charged: Cents
    lines: tuple[OurLine, ...]
    has_next_payer: bool = False


@dataclass(frozen=True)
class MatchedLine:
    """What the payer says about one charge of ours."""

    charge_id: str
    charged: Cents
    paid: Cents
    adjustments: tuple[Adjustment, ...]


def claim_number(number: int) -> str:
    """How a claim is called outside: `C-1042`."""
    return f"C-{number}"


def number_in(text: str) -> int | None:
    """The claim number a payer echoed in any case and with or without the dash; None where it is not one of ours."""
    found = re.fullmatch(r"C-?0*(\d{1,12})", text.strip().upper())
    return int(found[1]) if found else None


def refuse_problems(problems: Iterable[Problem]) -> None:
    """Let a file pass only if it adds up.

    Raises:
        CannotPost: it does not; the sentence names the first place, the level and by how many cents.
    """
    found = tuple(problems)
    if found:
        first = found[0]
        off = f" It is off by {first.off_by_cents} cents." if first.off_by_cents else ""
        more = f" There are {len(found) - 1} more problems." if len(found) > 1 else ""
        raise CannotPost(f"Nothing was posted. {first.where}: {first.what}{off}{more}")


def match(payment: ClaimPayment, ours: Iterable[OurClaim]) -> tuple[OurClaim | None, Matched]:
    """The claim that is meant: by our own number, else by the payer's, else none."""
    candidates = tuple(ours)
    number = number_in(payment.number)
    by_number = [one for one in candidates if number is not None and number_in(one.number) == number]
    if by_number:
        return by_number[0], Matched.OUR_NUMBER
    theirs = payment.payer_claim_number.strip()
    by_theirs = [one for one in candidates if theirs and one.payer_claim_number == theirs]
    if len(by_theirs) == 1:
        return by_theirs[0], Matched.PAYER_NUMBER
    return None, Matched.NOTHING


def obstacle(payment: ClaimPayment, claim: OurClaim, state: ClaimState, payer_id: str | None) -> Obstacle | None:
    """Why this payment may not be posted to this claim, or None.

    state: where the claim stands after the payments before this one in the same file; a reversal precedes its
    correction. payer_id: the payer of the file, None where it is not known to us.
    """
    charged = -payment.charged if payment.is_reversal else payment.charged
    if charged != claim.charged:
        return Obstacle.OTHER_CHARGE
    if payer_id is not None and payer_id != claim.payer_id:
        return Obstacle.OTHER_PAYER
    if payment.is_reversal and state is ClaimState.APPROVED:
        return Obstacle.NOTHING_TO_REVERSE
    if not payment.is_reversal and state is not ClaimState.APPROVED:
        return Obstacle.ANSWERED_BEFORE
    if any(_our_line(line, claim) is None for line in payment.lines):
        return Obstacle.UNKNOWN_LINE
    return None


def matched_lines(payment: ClaimPayment, claim: OurClaim) -> tuple[MatchedLine, ...]:
    """Every charge of the claim with what the payer says about it; what it leaves out has nothing paid.

    A payer may split a line: its parts are added up. Lines are known by our number, else by code and charge.
    """
    told: dict[str, list[ServicePayment]] = {line.charge_id: [] for line in claim.lines}
    for one in payment.lines:
        ours = _our_line(one, claim)
        if ours is not None:
            told[ours.charge_id].append(one)
    sign = -1 if payment.is_reversal else 1
    return tuple(
        MatchedLine(
            line.charge_id,
            Cents(sign * line.charged),
            Cents(sum(one.paid for one in told[line.charge_id])),
            tuple(adjustment for one in told[line.charge_id] for adjustment in one.adjustments),
        )
        for line in claim.lines
    )


def _our_line(told: ServicePayment, claim: OurClaim) -> OurLine | None:
    number = told.line_number.upper()
    by_number = [one for one in claim.lines if number and one.number.upper() == number]
    if by_number:
        return by_number[0]
    same_code = [one for one in claim.lines if one.code in (told.code, told.submitted_code)]
    same_charge = [one for one in same_code if one.charged == abs(told.charged)]
    if len(same_charge) == 1:
        return same_charge[0]
    if len(same_code) == 1:
        return same_code[0]
    return claim.lines[0] if len(claim.lines) == 1 else None


def is_set_aside(payment: ClaimPayment) -> bool:
    """Whether nothing of it is booked: a predetermination, or a claim the payer says it is not its own to pay."""
    return payment.status in (PREDETERMINATION, OTHER_PAYER_STATUS) and not payment.paid


def state_after(status: str, left_with_payer: Cents) -> ClaimState:
    """Where a claim stands once a payment of this status (CLP02) is posted.

    left_with_payer: what the payer's receivable still holds for it.
    """
    if status == REVERSAL:
        return ClaimState.APPROVED
    if status == DENIED:
        return ClaimState.DENIED
    return ClaimState.SETTLED if not left_with_payer else ClaimState.NEEDS_WORK
