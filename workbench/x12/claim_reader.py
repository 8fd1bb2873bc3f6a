"""Counts of an 837P, and whether each claim's charge is the sum of its lines. Enough to check a file by hand."""

from dataclasses import dataclass

from workbench.kernel.money import Cents
from workbench.x12.amounts import Amounts
from workbench.x12.envelope import Problem, Transaction
from workbench.x12.identifiers import is_npi


@dataclass(frozen=True)
class ClaimCounts:
    """One 837 transaction: claims, lines, the sum of CLM02, and what a payer would turn away."""

    claims: int
    lines: int
    charged_cents: Cents
    problems: tuple[Problem, ...]


def count_claims(transaction: Transaction) -> ClaimCounts:
    """Counts over one 837P; problems name the claim by its place in the file (`CLM 3`)."""
    mark, element = transaction.marks.segment, transaction.marks.element
    cents = Amounts()
    head, *texts = (mark + transaction.body).split(f"{mark}CLM{element}")
    problems = [*transaction.problems, *_npi_problems(head, "NM1", transaction)]
    lines = charged = 0
    for at, text in enumerate(texts, start=1):
        where = f"CLM {at}"
        said = cents[(text.partition(mark)[0] + element * 2).split(element)[1]]
        services = [one.partition(mark)[0] + element for one in text.split(f"{mark}SV1{element}")[1:]]
        amounts = [one.split(element)[1] for one in services]
        off = said - sum(cents[amount] for amount in amounts)
        if off:
            problems.append(Problem(where, "The charge is not the sum of the service lines.", abs(off)))
        if cents.unread:
            problems.append(Problem(where, "An amount is not in whole cents."))
            cents.unread.clear()
        problems += _npi_problems(text, where, transaction)
        lines += len(amounts)
        charged += said
    return ClaimCounts(len(texts), lines, Cents(charged), tuple(problems))


def _npi_problems(text: str, where: str, transaction: Transaction) -> list[Problem]:
    mark, element = transaction.marks.segment, transaction.marks.element
    problems = []
    for one in text.split(f"{mark}NM1{element}")[1:]:
        parts = one.partition(mark)[0].split(element)
        if len(parts) > 8 and parts[7] == "XX" and not is_npi(parts[8]):
            problems.append(Problem(where, "An NPI fails its check digit."))
    return problems
