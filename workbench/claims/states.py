"""How a claim and a remittance may stand, and which state leads to which. Data, not ifs."""

from enum import StrEnum

from workbench.kernel.errors import WorkbenchError


class ClaimState(StrEnum):
    """Stored values. Before a person approves it, a claim is only a charge that waits."""

    APPROVED = "approved"
    SETTLED = "settled"
    NEEDS_WORK = "needs_work"
    DENIED = "denied"


class RemittanceState(StrEnum):
    """Stored values."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    POSTED = "posted"


class ProposalState(StrEnum):
    """Stored values. `set_aside`: read, but nothing of it is booked (such as a predetermination)."""

    PROPOSED = "proposed"
    SET_ASIDE = "set_aside"
    POSTED = "posted"


_ANSWERED = {ClaimState.SETTLED, ClaimState.NEEDS_WORK, ClaimState.DENIED}

CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.APPROVED: frozenset(_ANSWERED),
    # A reversal takes an answer back: the claim waits for the payer again.
    ClaimState.SETTLED: frozenset({ClaimState.APPROVED}),
    ClaimState.NEEDS_WORK: frozenset({ClaimState.APPROVED}),
    ClaimState.DENIED: frozenset({ClaimState.APPROVED}),
}

REMITTANCE_MOVES: dict[RemittanceState, frozenset[RemittanceState]] = {
    RemittanceState.PROPOSED: frozenset({RemittanceState.APPROVED}),
    RemittanceState.APPROVED: frozenset({RemittanceState.POSTED}),
    RemittanceState.POSTED: frozenset(),
}


class WrongState(WorkbenchError):
    """The claim or remittance does not stand where this step begins."""


def moved_claim(before: ClaimState, after: ClaimState) -> ClaimState:
    """`after`, if that move is in the table.

    Raises:
        WrongState: it is not.
    """
    if after not in CLAIM_MOVES[before]:
        raise WrongState(f"A claim that is {before.replace('_', ' ')} cannot become {after.replace('_', ' ')}.")
    return after


def moved_remittance(before: RemittanceState, after: RemittanceState) -> RemittanceState:
    """The same for a remittance.

    Raises:
        WrongState: the step does not begin where the remittance stands.
    """
    if after not in REMITTANCE_MOVES[before]:
        raise WrongState(f"A remittance that is {before} cannot become {after}.")
    return after
