"""The terms of missed sessions, and a decision about one as it is kept."""

from sqlalchemy import select

from workbench.billing.missed_rules import AlreadyDecided, MissedKind, Terms, Waiver
from workbench.billing.missed_tables import MissedFee, MissedTerms
from workbench.gate.work import Work
from workbench.kernel.money import Cents
from workbench.store.newest import Rows

REFUSES = {
    "uq_missed_fees_attendance": AlreadyDecided,
    "missed_fees.attendance_id": AlreadyDecided,
    "uq_charges_attendance_code": AlreadyDecided,
    "charges.attendance_id": AlreadyDecided,
}
"""For `refuses=` of a verb that decides: PostgreSQL names the index, SQLite its column."""


def all_terms(rows: Rows) -> tuple[Terms, ...]:
    """As they were set, the newest first."""
    return tuple(
        Terms(row.notice_hours, Cents(row.late_cents), Cents(row.no_show_cents), row.set_at)
        for row in rows.scalars(select(MissedTerms).order_by(MissedTerms.nth.desc()))
    )


def check_undecided(work: Work, attendance_id: str) -> None:
    """It is decided once.

    Raises:
        AlreadyDecided: it was.
    """
    if work.scalar(select(MissedFee.id).where(MissedFee.attendance_id == attendance_id)):
        raise AlreadyDecided


def keep_decision(
    work: Work, *, attendance_id: str, patient_id: str, kind: MissedKind, cents: Cents, charge_id: str | None = None,
    waived_because: Waiver | None = None,
) -> MissedFee:  # fmt: skip
    """The decision; of two that race the database refuses the second."""
    fee = MissedFee(
        attendance_id=attendance_id, patient_id=patient_id, kind=kind, cents=cents, charge_id=charge_id,
        waived_because=waived_because or "", decided_at=work.now, decided_by=work.actor.user_id,
    )  # fmt: skip
    work.add(fee)
    work.flush()
    return fee
