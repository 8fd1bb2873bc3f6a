"""Our claims that a remittance may mean, loaded in a few SELECTs whatever its size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from workbench.claims.rules import OurClaim, OurLine, claim_number, number_in
from workbench.claims.states import ClaimState
from workbench.claims.tables import Claim, ClaimLine, Coverage
from workbench.gate.work import Work
from workbench.kernel.money import Cents
from workbench.x12.remittance import ClaimPayment

_AT_ONCE = 1000  # ids in one SELECT; both engines take more, but not much more


def claims_meant(work: Work, payments: Iterable[ClaimPayment]) -> tuple[OurClaim, ...]:
    """Claims whose number one of the payments names, and those known by the payer's number."""
    told = tuple(payments)
    numbers = {number for one in told if (number := number_in(one.number)) is not None}
    theirs = {one.payer_claim_number.strip() for one in told} - {""}
    rows: dict[str, Claim] = {}
    for column, values in ((Claim.number, numbers), (Claim.payer_claim_number, theirs)):
        for chunk in _chunks(values):
            rows |= {row.id: row for row in work.scalars(select(Claim).where(column.in_(chunk)))}
    lines: dict[str, list[ClaimLine]] = {claim_id: [] for claim_id in rows}
    asked_next: set[str] = set()
    for chunk in _chunks(rows):
        query = select(ClaimLine).where(ClaimLine.claim_id.in_(chunk)).order_by(ClaimLine.position)
        for line in work.scalars(query):
            lines[line.claim_id].append(line)
        asked_next.update(work.scalars(_with_next_payer(Claim.id.in_(chunk))))
    return tuple(_ours(row, lines[row.id], row.id in asked_next) for row in rows.values())


def _ours(row: Claim, lines: list[ClaimLine], has_next_payer: bool) -> OurClaim:
    called = claim_number(row.number)
    return OurClaim(
        claim_id=row.id,
        number=called,
        payer_claim_number=row.payer_claim_number,
        payer_id=row.payer_id,
        patient_id=row.patient_id,
        state=ClaimState(row.state),
        charged=Cents(row.charged_cents),
        lines=tuple(
            OurLine(line.charge_id, f"{called}-{line.position}", line.service_code, Cents(line.amount_cents))
            for line in lines
        ),
        has_next_payer=has_next_payer,
    )


def _with_next_payer(which: ColumnElement[bool]) -> Select[Any]:
    """Ids of the claims whose patient has, on the day of service, another plan that comes after the one billed."""
    billed, after = aliased(Coverage), aliased(Coverage)
    return (
        select(Claim.id)
        .join(billed, billed.id == Claim.coverage_id)
        .join(
            after,
            and_(
                after.patient_id == Claim.patient_id,
                after.billing_order > billed.billing_order,
                after.from_on <= Claim.service_on,
                or_(after.until_on.is_(None), after.until_on > Claim.service_on),
            ),
        )
        .where(which)
    )


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk
