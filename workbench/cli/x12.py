"""`workbench x12 read FILE` and `workbench x12 check FILE`: what a file says, and what a biller must do about it."""

import argparse
import json
from pathlib import Path
from typing import Any

from workbench.kernel.money import dollars
from workbench.x12.acknowledgement import count_answers, count_inquiry, is_claim_acknowledgement
from workbench.x12.balance import balance
from workbench.x12.claim_reader import count_claims
from workbench.x12.envelope import Interchange, Problem, Transaction, read_interchanges, repeated_controls
from workbench.x12.remittance_reader import read_remittance


def register(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group."""
    commands = groups.add_parser("x12", help="read and check X12 files; needs no practice").add_subparsers(
        dest="command", required=True, metavar="COMMAND"
    )
    read = commands.add_parser("read", help="what a file holds: payments, claims, answers")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", help="as JSON, for scripts")
    read.set_defaults(run=_read)
    check = commands.add_parser("check", help="problems a biller can act on; exit code 1 if there are any")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check)


def _read(given: argparse.Namespace) -> int:
    interchanges = [_told(one) for one in read_interchanges(given.file.read_bytes())]
    if given.json:
        print(json.dumps({"interchanges": interchanges}, ensure_ascii=False))
        return 0
    for interchange in interchanges:
        print(f"Interchange {interchange['control']}")
        for transaction in interchange["transactions"]:
            print("  " + "  ".join(_word(name, value) for name, value in transaction.items() if name != "problems"))
            for problem in transaction.get("problems", []):
                print(f"    {problem['where']}: {problem['what']}{_off(problem['off_by_cents'])}")
    return 0


def _check(given: argparse.Namespace) -> int:
    interchanges = read_interchanges(given.file.read_bytes())
    lines = [f"Interchange {number} occurs more than once." for number in repeated_controls(interchanges)]
    for interchange in interchanges:
        told = _told(interchange)
        lines += [f"{told['control']}: {_sentence(problem)}" for problem in interchange.problems]
        for transaction in told["transactions"]:
            place = f"{told['control']} {transaction['type']} {transaction['control']}"
            own = [one for one in transaction.get("problems", []) if one["where"] not in ("GE", "IEA")]
            lines += [f"{place} {one['where']}: {one['what']}{_off(one['off_by_cents'])}" for one in own]
    print("\n".join(lines) if lines else "No problems.")
    return 1 if lines else 0


def _told(interchange: Interchange) -> dict[str, Any]:
    """One interchange as the contract has it. What its trailers lack is told with its last transaction."""
    transactions = [_transaction(one) for one in interchange.transactions]
    if transactions and interchange.problems:
        last = transactions[-1]
        last["problems"] = [*last.get("problems", []), *[_problem(one) for one in interchange.problems]]
        if "balanced" in last:
            last["balanced"] = False
    return {"control": interchange.control, "transactions": transactions}


def _transaction(transaction: Transaction) -> dict[str, Any]:
    head: dict[str, Any] = {"type": transaction.type, "control": transaction.control}
    problems = transaction.problems
    if transaction.type == "835":
        told, problems = _remittance(transaction)
    elif transaction.type == "837":
        counts = count_claims(transaction)
        told = {"claims": counts.claims, "lines": counts.lines, "charged_cents": counts.charged_cents}
        problems = counts.problems
    elif transaction.type == "999" or is_claim_acknowledgement(transaction):
        answered = count_answers(transaction)
        told = {"accepted": answered.accepted, "rejected": answered.rejected}
    elif transaction.type in ("270", "271", "276", "277"):
        inquiry = count_inquiry(transaction)
        told = {
            "subscribers": inquiry.subscribers,
            "benefits": inquiry.benefits,
            "rejections": inquiry.rejections,
        }
    else:
        told = {"segments": transaction.segments}
    return head | told | {"problems": [_problem(one) for one in problems]}


def _remittance(transaction: Transaction) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    remittance = read_remittance(transaction)
    problems = balance(remittance, transaction)
    claims = remittance.claims
    return {
        "method": remittance.method,
        "trace": remittance.trace,
        "payment_cents": remittance.payment_cents,
        "claims": len(claims),
        "charged_cents": sum(claim.charged for claim in claims),
        "paid_cents": remittance.paid_cents,
        "patient_responsibility_cents": sum(claim.patient_responsibility for claim in claims),
        "claim_adjustments_cents": sum(one.cents for claim in claims for one in claim.adjustments),
        "line_adjustments_cents": sum(
            one.cents for claim in claims for line in claim.lines for one in line.adjustments
        ),
        "provider_adjustments_cents": remittance.provider_adjustments_cents,
        "balanced": not problems,
    }, problems


def _problem(problem: Problem) -> dict[str, Any]:
    return {"where": problem.where, "what": problem.what, "off_by_cents": problem.off_by_cents}


def _sentence(problem: Problem) -> str:
    return f"{problem.where}: {problem.what}{_off(problem.off_by_cents)}"


def _off(off_by_cents: int) -> str:
    return f" Off by {dollars(off_by_cents)}." if off_by_cents else ""


def _word(name: str, value: object) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return f"{name.removesuffix('_cents').replace('_', ' ')} {dollars(value)}"
    return f"{name} {value}"
