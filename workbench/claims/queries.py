"""SELECTs over coverage and claims that verbs and screens share."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, or_, select

from workbench.claims.tables import Claim, ClaimBatch, Coverage, Payer

MEDICAID: Final = "MC"
"""SBR09 of a Medicaid plan."""


def coverage_on(patient_id: str, on: date) -> Select[Any]:
    """The patient's plans in force that day, whom to bill first on top."""
    return (
        select(Coverage)
        .where(
            Coverage.patient_id == patient_id,
            Coverage.from_on <= on,
            or_(Coverage.until_on.is_(None), Coverage.until_on > on),
        )
        .order_by(Coverage.billing_order, Coverage.from_on.desc())
    )


def last_claim_number() -> Select[Any]:
    """The highest claim number given so far; 1000 where there is none."""
    return select(func.coalesce(func.max(Claim.number), 1000))


def last_control_number() -> Select[Any]:
    """The highest interchange control number used so far; 0 where there is none."""
    return select(func.coalesce(func.max(ClaimBatch.control), 0))


def medicaid_of(patient_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    """Patient, first day and day after the last of every Medicaid plan of theirs, first or second."""
    return (
        select(Coverage.patient_id, Coverage.from_on, Coverage.until_on)
        .join(Payer, Payer.id == Coverage.payer_id)
        .where(Coverage.patient_id.in_(patient_ids), Payer.filing == MEDICAID)
    )


def has_medicaid(plans: Iterable[Any], patient_id: str, on: date) -> bool:
    """Whether one of these plans (`medicaid_of`) is the patient's and in force that day."""
    return any(
        whose == patient_id and from_on <= on and (until_on is None or until_on > on)
        for whose, from_on, until_on in plans
    )
