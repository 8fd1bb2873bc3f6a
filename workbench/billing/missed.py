"""The terms of missed sessions, and a decision about one as it is kept."""

from datetime import date

from sqlalchemy import select

from workbench.billing.missed_rules import (
    AlreadyDecided,
    MissedKind,
    ServiceTerms,
    Session,
    Terms,
    Waiver,
    fee_of,
    told_for,
)
from workbench.billing.missed_tables import MissedFee, MissedServiceTerms, MissedTerms
from workbench.gate.work import Work
from workbench.kernel.money import Cents
from workbench.store.newest import Rows, next_nth

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


def service_terms(rows: Rows) -> tuple[ServiceTerms, ...]:
    """What was said of single kinds of appointments, as it was said."""
    return tuple(
        ServiceTerms(
            row.type_id, row.nth, row.from_on, _cents(row.late_cents), _cents(row.no_show_cents), row.set_at
        )
        for row in rows.scalars(select(MissedServiceTerms).order_by(MissedServiceTerms.type_id, MissedServiceTerms.nth))
    )  # fmt: skip


def fee_for(rows: Rows, kind: MissedKind, session: Session) -> Cents:
    """What it costs to miss this session."""
    return fee_of(kind, session, all_terms(rows), service_terms(rows))


def keep_service_terms(
    work: Work, type_id: str, from_on: date, late: int | None, no_show: int | None
) -> MissedServiceTerms:
    """Another word about one kind of appointment."""
    row = MissedServiceTerms(
        type_id=type_id, nth=next_nth(work, MissedServiceTerms.nth, MissedServiceTerms.type_id == type_id),
        from_on=from_on, late_cents=late, no_show_cents=no_show, set_at=work.now, set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    return row


def carry_service_terms(work: Work, old_id: str, new_id: str) -> None:
    """A kind of appointment that stands for another one costs what the other one did, now and as it was to come."""
    said = [one for one in service_terms(work) if one.type_id == old_id]
    now = told_for(old_id, work.today, work.now, said)
    for one in (*([now] if now else ()), *(one for one in said if one.from_on > work.today)):
        keep_service_terms(work, new_id, max(one.from_on, work.today), one.late, one.no_show)


def _cents(kept: int | None) -> Cents | None:
    return None if kept is None else Cents(kept)


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
