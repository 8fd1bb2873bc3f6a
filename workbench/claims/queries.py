"""SELECTs over coverage and claims that verbs and screens share."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from workbench.claims.tables import Claim, ClaimBatch, Coverage


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
