"""Which lines an event makes in the books. Pure: lists of lines that sum to zero, debits positive.

A denial never becomes a write-off by itself, what a payer calls the provider's (CO) never goes to the patient, and what
nobody has decided stays with the payer's receivable, where it is seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents


class Account(StrEnum):
    """The accounts of the books. Stored values."""

    RECEIVABLE_PAYER = "receivable:payer"
    RECEIVABLE_PATIENT = "receivable:patient"
    UNAPPLIED_PAYER = "unapplied:payer"
    UNAPPLIED_PATIENT = "unapplied:patient"
    CLEARING_EFT = "clearing:eft"
    CLEARING_PROCESSOR = "clearing:processor"
    CLEARING_DEPOSIT = "clearing:deposit"
    BANK = "bank"
    FEES = "fees"
    CONTRACTUAL = "contractual"
    BAD_DEBT = "bad_debt"
    PAYER_RECOUPMENT = "payer_recoupment"
    REFUNDS_PAYABLE = "refunds_payable"
    INCOME = "income"


PATIENT_ACCOUNTS = (Account.RECEIVABLE_PATIENT, Account.UNAPPLIED_PATIENT)
"""What a patient owes is the sum of these; below zero the practice owes the patient."""

NOTHING = Cents(0)

# CO reasons that say no more than what the contract agreed: the fee above it (45) and the budget cut (253).
WRITE_OFFS = frozenset({"45", "253"})


class NothingToBook(WorkbenchError):
    """An amount is zero or below, where only more than zero can be booked."""

    def __init__(self) -> None:
        super().__init__("The amount must be more than zero.")


@dataclass(frozen=True)
class Line:
    """Cents of one account; whom and what they are about; a code that says why (`CO 45`)."""

    account: Account
    cents: Cents
    patient_id: str | None = None
    payer_id: str | None = None
    charge_id: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class AdjustedBy:
    """Part of a charge that a payer did not pay: group and reason of its CAS."""

    group: str
    reason: str
    cents: Cents


@dataclass(frozen=True)
class PaidCharge:
    """What a payer says about one charge."""

    charge_id: str
    charged: Cents
    paid: Cents
    adjustments: tuple[AdjustedBy, ...] = ()


@dataclass(frozen=True)
class PaidClaim:
    """What a payer says about one claim, charge by charge.

    adjustments, paid_besides: what it says about the claim as a whole, beyond its lines.
    patient_pays: whether its patient share goes to the patient now, because no other payer is left to ask.
    """

    patient_id: str
    payer_id: str | None
    charges: tuple[PaidCharge, ...]
    adjustments: tuple[AdjustedBy, ...] = ()
    paid_besides: Cents = NOTHING
    patient_pays: bool = True


def charge(charge_id: str, patient_id: str, payer_id: str | None, amount: Cents) -> tuple[Line, ...]:
    """A service rendered: the payer owes it, or the patient where there is none.

    Raises:
        NothingToBook: the amount is not above zero.
    """
    if amount <= 0:
        raise NothingToBook
    owed = Account.RECEIVABLE_PAYER if payer_id else Account.RECEIVABLE_PATIENT
    return (
        Line(owed, amount, patient_id, payer_id, charge_id),
        Line(Account.INCOME, Cents(-amount), patient_id, payer_id, charge_id),
    )


def remittance(claim: PaidClaim) -> tuple[Line, ...]:
    """One claim payment: what arrived, what the contract takes off, what the patient owes, less what the payer owed.

    Works for a reversal too: its amounts are negative and undo the same accounts.
    """
    lines: list[Line] = []
    for paid in _with_claim_level(claim):
        whom = (claim.patient_id, claim.payer_id, paid.charge_id)
        moved = [(Account.CLEARING_EFT, paid.paid, "")]
        for one in paid.adjustments:
            account = _account_of(one, patient_pays=claim.patient_pays)
            if account is not None:
                moved.append((account, one.cents, f"{one.group} {one.reason}"))
        lines += [Line(account, cents, *whom, reason) for account, cents, reason in moved if cents]
        left = -sum(cents for _, cents, _ in moved)
        if left:
            lines.append(Line(Account.RECEIVABLE_PAYER, Cents(left), *whom))
    return tuple(lines)


def unmatched(payer_id: str | None, paid: Cents) -> tuple[Line, ...]:
    """Money for a claim that is not ours to find: it arrived, and it waits where it is seen until it is placed."""
    return _pair(Account.CLEARING_EFT, Account.UNAPPLIED_PAYER, paid, payer_id=payer_id)


def provider_adjustment(payer_id: str | None, reason: str, cents: Cents) -> tuple[Line, ...]:
    """A PLB pair, which is about no claim: positive cents were kept back by the payer, negative ones added (L6)."""
    other = Account.INCOME if reason == "L6" else Account.PAYER_RECOUPMENT
    return _pair(other, Account.CLEARING_EFT, cents, payer_id=payer_id, reason=f"PLB {reason}")


def patient_payment(
    patient_id: str, amount: Cents, into: Account, open_charges: Sequence[tuple[str, Cents]]
) -> tuple[Line, ...]:
    """Money from a patient: pays the open charges in the order given, and what is left waits unapplied.

    open_charges: charge id and what the patient still owes for it, oldest first.

    Raises:
        NothingToBook: the amount is not above zero.
    """
    if amount <= 0:
        raise NothingToBook
    lines = [Line(into, amount, patient_id)]
    left = amount
    for charge_id, owed in open_charges:
        part = Cents(min(left, max(owed, 0)))
        if part:
            lines.append(Line(Account.RECEIVABLE_PATIENT, Cents(-part), patient_id, charge_id=charge_id))
            left = Cents(left - part)
    if left:
        lines.append(Line(Account.UNAPPLIED_PATIENT, Cents(-left), patient_id))
    return tuple(lines)


def reversal(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that undo these."""
    return tuple(replace(line, cents=Cents(-line.cents)) for line in lines)


def balanced(lines: Iterable[Line]) -> bool:
    """Whether the lines sum to zero."""
    return sum(line.cents for line in lines) == 0


def _account_of(adjustment: AdjustedBy, *, patient_pays: bool) -> Account | None:
    """Where an adjustment goes; None leaves it with the payer's receivable, for a person to decide."""
    if adjustment.group == "PR":
        return Account.RECEIVABLE_PATIENT if patient_pays else None
    if adjustment.group == "CO" and adjustment.reason in WRITE_OFFS:
        return Account.CONTRACTUAL
    return None


def _with_claim_level(claim: PaidClaim) -> tuple[PaidCharge, ...]:
    """The charges with what was said of the claim as a whole spread over them by what they cost, to the cent."""
    weights = [abs(one.charged) for one in claim.charges]
    besides = spread(claim.paid_besides, weights)
    shares = [(one, spread(one.cents, weights)) for one in claim.adjustments]
    return tuple(
        replace(
            paid,
            paid=Cents(paid.paid + besides[at]),
            adjustments=paid.adjustments + tuple(replace(one, cents=parts[at]) for one, parts in shares if parts[at]),
        )
        for at, paid in enumerate(claim.charges)
    )


def spread(amount: Cents, weights: Sequence[int]) -> list[Cents]:
    """`amount` in parts by weight, which sum to it exactly; equal parts where all weights are zero."""
    fair = list(weights) if any(weights) else [1] * len(weights)
    parts, before, so_far, total = [], 0, 0, sum(fair)
    for weight in fair:
        so_far += weight
        # Each part is the difference of two rounded running totals, so that no cent is lost or made.
        upto = abs(amount) * so_far // total
        parts.append(Cents(upto - before if amount > 0 else before - upto))
        before = upto
    return parts


def _pair(debit: Account, credit: Account, cents: Cents, *, payer_id: str | None, reason: str = "") -> tuple[Line, ...]:
    if not cents:
        return ()
    return (
        Line(debit, cents, payer_id=payer_id, reason=reason),
        Line(credit, Cents(-cents), payer_id=payer_id, reason=reason),
    )
