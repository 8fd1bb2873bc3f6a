"""Whether an 835 adds up, level by level. Source: 005010X221A1, section 1.10.2 (balancing)."""

from workbench.x12.envelope import Problem, Transaction
from workbench.x12.remittance import ClaimPayment, Remittance


def balance(remittance: Remittance, transaction: Transaction | None = None) -> tuple[Problem, ...]:
    """Everything that keeps a remittance from being posted, in the order of the file; empty when it adds up.

    Checked: payment = paid claims less PLB, and not negative; charge less paid = adjustments of the claim and its
    lines; the same for each line; amounts in whole cents; and, where `transaction` is given, that it is not cut short.
    """
    problems = list(transaction.problems) if transaction else []
    expected = remittance.paid_cents - remittance.provider_adjustments_cents
    if remittance.payment_cents != expected:
        off = abs(remittance.payment_cents - expected)
        problems.append(Problem("BPR", "The payment is not the paid claims less the provider adjustments.", off))
    if remittance.payment_cents < 0:
        problems.append(Problem("BPR", "The payment is negative.", -remittance.payment_cents))
    problems += remittance.malformed
    for position, claim in enumerate(remittance.claims, start=1):
        # Written out because it runs for every claim of every file: a call per claim would cost a tenth of the reading.
        open_cents = claim[2] - claim[3]
        for adjustment in claim[6]:
            open_cents -= adjustment[2]
        for line in claim[7]:
            left = line[1] - line[2]
            for adjustment in line[3]:
                left -= adjustment[2]
                open_cents -= adjustment[2]
            if left:
                break
        else:
            if not open_cents:
                continue
        problems += _claim_problems(claim, position)
    return tuple(problems)


def _claim_problems(claim: ClaimPayment, position: int) -> list[Problem]:
    """Which level of one claim does not add up."""
    problems = []
    off = claim.charged - claim.paid - sum(one.cents for one in claim.every_adjustment())
    if off:
        what = "The charge less the payment is not the sum of the adjustments of the claim and its lines."
        problems.append(Problem(f"CLP {position}", what, abs(off)))
    for number, line in enumerate(claim.lines, start=1):
        off = line.charged - line.paid - sum(one.cents for one in line.adjustments)
        if off:
            what = "The charge less the payment is not the sum of the adjustments of this line."
            problems.append(Problem(f"CLP {position} SVC {number}", what, abs(off)))
    return problems
