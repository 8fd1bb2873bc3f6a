"""From appointment to cash: how many stand at each stage, and who they are. A session is at one stage at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, false, func, select

from workbench.billing.tables import Charge
from workbench.charting.tables import Note, NoteState
from workbench.claims.rules import claim_number
from workbench.claims.states import ClaimState, RemittanceState
from workbench.claims.tables import Claim, ClaimLine, Payer, Remittance
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.ledger.rules import PATIENT_ACCOUNTS
from workbench.ledger.tables import LedgerLine
from workbench.people.tables import Patient, Staff
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus
from workbench.screens.charge_holds import why_held


class Stage(StrEnum):
    """The stages in order. Values stand in addresses of pages."""

    TO_WRITE = "to_write"
    READY = "ready"
    WITH_PAYER = "with_payer"
    TO_POST = "to_post"
    NEEDS_WORK = "needs_work"
    PATIENT_OWES = "patient_owes"
    SETTLED = "settled"


TITLES: dict[Stage, str] = {
    Stage.TO_WRITE: "Notes to sign",
    Stage.READY: "Ready to claim",
    Stage.WITH_PAYER: "With the payer",
    Stage.TO_POST: "Remittances to post",
    Stage.NEEDS_WORK: "Needs work",
    Stage.PATIENT_OWES: "Patients owe",
    Stage.SETTLED: "Settled, 30 days",
}

MOST_ROWS = 200
SETTLED_WITHIN = timedelta(days=30)

Query = Select[*tuple[Any, ...]]
"""A SELECT whose columns the caller knows by name."""


@dataclass(frozen=True)
class StageCount:
    """How many stand at a stage, and how much money that is (None where it is not known yet)."""

    stage: Stage
    title: str
    count: int
    cents: Cents | None


@dataclass(frozen=True)
class QueueRow:
    """One of them. `id`: of the attendance, charge, claim, remittance or patient the stage is about; `what`: which.

    holds: why a charge cannot be claimed yet, a sentence each.
    """

    id: str
    what: str
    patient_id: str
    patient: str
    clinician: str
    payer: str
    on: date | None
    code: str
    number: str
    cents: Cents | None
    state: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimsQueue:
    """The stages, and up to 200 rows of the one that was asked for, oldest first."""

    stages: tuple[StageCount, ...]
    stage: Stage | None
    rows: tuple[QueueRow, ...]


@view(Permission.SEE_CLAIMS, shows=AuditEvent.CLAIMS_SEEN)
def claims_queue(look: Look, *, stage: Stage | None = None) -> ClaimsQueue:
    """Counts of every stage; and the rows of `stage`, for whom the audit line then stands."""
    counts = tuple(StageCount(one, TITLES[one], *_count(look, query(look))) for one, query in _STAGES.items())
    rows = _rows(look, stage) if stage is not None else ()
    look.shown({row.patient_id for row in rows if row.patient_id})
    look.facts["stage"] = stage or ""
    return ClaimsQueue(counts, stage, rows)


def _count(look: Look, query: Query) -> tuple[int, Cents | None]:
    """Every stage's query has the columns `id` and `cents`."""
    found = query.order_by(None).subquery()
    count, cents = look.execute(select(func.count(), func.sum(found.c.cents)).select_from(found)).one()
    return int(count), None if cents is None else Cents(int(cents))


def _within_reach(look: Look, query: Query, column: Any) -> Query:
    reach = look.reach()
    query = query.where(not_own_record(look.actor, column))
    return query if reach is None else query.where(column.in_(reach))


def _to_write(look: Look) -> Query:
    """Sessions that took place and have no signed note."""
    signed = select(Note.id).where(Note.attendance_id == Attendance.id, Note.state == NoteState.LOCKED)
    held = (AttendanceStatus.ARRIVED, AttendanceStatus.IN_SESSION, AttendanceStatus.COMPLETED)
    query = (
        select(Attendance.id, func.nullif(0, 0).label("cents"))
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(Attendance.status.in_(held), Appointment.ends_at <= look.now, ~signed.exists())
        .order_by(Appointment.starts_at)
    )
    return _within_reach(look, query, Attendance.patient_id)


def _ready(look: Look) -> Query:
    """Charges for a payer that stand on no claim."""
    on_claim = select(ClaimLine.id).where(ClaimLine.charge_id == Charge.id)
    query = (
        select(Charge.id, Charge.amount_cents.label("cents"))
        .where(Charge.payer_id.is_not(None), ~on_claim.exists())
        .order_by(Charge.service_on, Charge.id)
    )
    return _within_reach(look, query, Charge.patient_id)


def _claims(*states: ClaimState) -> Callable[[Look], Query]:
    def query(look: Look) -> Query:
        found = select(Claim.id, Claim.charged_cents.label("cents")).where(Claim.state.in_(states))
        return _within_reach(look, found.order_by(Claim.service_on, Claim.number), Claim.patient_id)

    return query


def _settled(look: Look) -> Query:
    """Claims answered in full lately; all of them ever would only bury the rest."""
    return _claims(ClaimState.SETTLED)(look).where(Claim.answered_at >= look.now - SETTLED_WITHIN)


def _to_post(look: Look) -> Query:
    """Remittances in the books of nobody yet; they are the practice's, so not for those who see only some patients."""
    open_states = (RemittanceState.PROPOSED, RemittanceState.APPROVED)
    query = select(Remittance.id, Remittance.payment_cents.label("cents")).where(Remittance.state.in_(open_states))
    whole_practice = look.reach() is None
    return query.order_by(Remittance.effective_on) if whole_practice else query.where(false())


def _patient_owes(look: Look) -> Query:
    """Patients whose own accounts hold more than zero."""
    owed = func.sum(LedgerLine.cents)
    query = (
        select(LedgerLine.patient_id.label("id"), owed.label("cents"))
        .where(LedgerLine.account.in_(PATIENT_ACCOUNTS))
        .group_by(LedgerLine.patient_id)
        .having(owed > 0)
        .order_by(owed.desc())
    )
    return _within_reach(look, query, LedgerLine.patient_id)


_STAGES: dict[Stage, Callable[[Look], Query]] = {
    Stage.TO_WRITE: _to_write,
    Stage.READY: _ready,
    Stage.WITH_PAYER: _claims(ClaimState.APPROVED),
    Stage.TO_POST: _to_post,
    Stage.NEEDS_WORK: _claims(ClaimState.NEEDS_WORK, ClaimState.DENIED),
    Stage.PATIENT_OWES: _patient_owes,
    Stage.SETTLED: _settled,
}


def _rows(look: Look, stage: Stage) -> tuple[QueueRow, ...]:
    found = {row.id: row.cents for row in look.execute(_STAGES[stage](look).limit(MOST_ROWS))}
    rows = _TOLD[stage](look, found)
    order = {row_id: place for place, row_id in enumerate(found)}
    return tuple(sorted(rows, key=lambda row: order[row.id]))


Found = dict[str, Any]


def _told_attendances(look: Look, found: Found) -> list[QueueRow]:
    query = (
        select(Attendance, Appointment.starts_at, Patient, Staff)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(Patient, Patient.id == Attendance.patient_id)
        .join(Staff, Staff.id == Appointment.clinician_id)
        .where(Attendance.id.in_(found))
    )
    return [
        QueueRow(
            row.id, "attendance", patient.id, patient.details.shown_name, staff.details.shown_name, "",
            starts_at.astimezone(look.zone).date(), "", "", None, row.status,
        )
        for row, starts_at, patient, staff in look.execute(query)
    ]  # fmt: skip


def _told_charges(look: Look, found: Found) -> list[QueueRow]:
    query = (
        select(Charge, Patient, Staff, Payer.name)
        .join(Patient, Patient.id == Charge.patient_id)
        .join(Staff, Staff.id == Charge.clinician_id)
        .join(Payer, Payer.id == Charge.payer_id)
        .where(Charge.id.in_(found))
    )
    held = why_held(look, found)
    return [
        QueueRow(
            row.id, "charge", patient.id, patient.details.shown_name, staff.details.shown_name, payer,
            row.service_on, row.service_code, "", Cents(row.amount_cents), "held" if row.id in held else "ready",
            tuple(one.says for one in held.get(row.id, ())),
        )
        for row, patient, staff, payer in look.execute(query)
    ]  # fmt: skip


def _told_claims(look: Look, found: Found) -> list[QueueRow]:
    query = (
        select(Claim, Patient, Staff, Payer.name)
        .join(Patient, Patient.id == Claim.patient_id)
        .join(Staff, Staff.id == Claim.clinician_id)
        .join(Payer, Payer.id == Claim.payer_id)
        .where(Claim.id.in_(found))
    )
    return [
        QueueRow(
            row.id, "claim", patient.id, patient.details.shown_name, staff.details.shown_name, payer,
            row.service_on, "", claim_number(row.number), Cents(row.charged_cents), row.state,
        )
        for row, patient, staff, payer in look.execute(query)
    ]  # fmt: skip


def _told_remittances(look: Look, found: Found) -> list[QueueRow]:
    return [
        QueueRow(
            row.id, "remittance", "", "", "", row.payer_name, row.effective_on, "", row.trace,
            Cents(row.payment_cents), row.state,
        )
        for row in look.scalars(select(Remittance).where(Remittance.id.in_(found)))
    ]  # fmt: skip


def _told_patients(look: Look, found: Found) -> list[QueueRow]:
    return [
        QueueRow(
            row.id, "patient", row.id, row.details.shown_name, "", "", None, "", str(row.number),
            Cents(int(found[row.id])), "",
        )
        for row in look.scalars(select(Patient).where(Patient.id.in_(found)))
    ]  # fmt: skip


_TOLD: dict[Stage, Callable[[Look, Found], list[QueueRow]]] = {
    Stage.TO_WRITE: _told_attendances,
    Stage.READY: _told_charges,
    Stage.WITH_PAYER: _told_claims,
    Stage.TO_POST: _told_remittances,
    Stage.NEEDS_WORK: _told_claims,
    Stage.PATIENT_OWES: _told_patients,
    Stage.SETTLED: _told_claims,
}
