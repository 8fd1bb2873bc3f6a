"""Emergency openings: one's own, and all of them with what was read, for who reviews them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from workbench.gate.audit import AuditRow
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_sentences import said
from workbench.gate.emergency import REVIEW_WITHIN, EmergencyOpening, EmergencyReview
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.people.names import staff_named
from workbench.people.tables import Patient

MOST = 200


@dataclass(frozen=True)
class Emergency:
    """One opening. `verdict` is empty until it was reviewed; `due_at`: until when that has to be."""

    opening_id: str
    patient_id: str
    number: int
    opened_by: str
    opener: str
    kind: str
    reason: str
    opened_at: datetime
    until_at: datetime
    due_at: datetime
    is_open: bool
    is_overdue: bool
    verdict: str
    remark: str
    reviewer: str
    reviewed_at: datetime | None


@dataclass(frozen=True)
class ReadThrough:
    """Something read through an opening, as the log has it."""

    seq: int
    at: datetime
    sentence: str


@view(Permission.SEE_OWN_EMERGENCIES, shows=AuditEvent.EMERGENCIES_SEEN)
def own_emergencies(look: Look) -> tuple[Emergency, ...]:
    """The actor's openings, newest first, with what became of them."""
    return _shown(look, _openings().where(EmergencyOpening.opened_by == look.actor.person_id))


@view(Permission.SEE_EMERGENCIES, shows=AuditEvent.EMERGENCIES_SEEN)
def emergencies(look: Look) -> tuple[Emergency, ...]:
    """Everybody's openings but those of one's own record: what nobody reviewed yet first, then the newest."""
    rows = _openings(EmergencyReview.id.is_not(None)).where(not_own_record(look.actor, EmergencyOpening.patient_id))
    return _shown(look, rows)


@view(Permission.SEE_EMERGENCIES, shows=AuditEvent.EMERGENCIES_SEEN, on=EmergencyOpening)
def read_in_emergency(look: Look, opening: EmergencyOpening) -> tuple[ReadThrough, ...]:
    """What was read through this opening, oldest first: the log's lines that carry its id."""
    look.shown(opening.patient_id)
    return tuple(ReadThrough(row.seq, row.at, said(row.event)) for row in _read(look, opening))


@view(Permission.SEE_EMERGENCIES, shows=AuditEvent.EMERGENCY_RECEIPTS_TAKEN, on=EmergencyOpening)
def emergency_receipts(look: Look, opening: EmergencyOpening) -> bytes:
    """A file that proves the lines about this opening and what was read through it, to keep apart from the practice.

    Raises:
        NotSealedYet: the newest of them are not covered by a signed head yet.
    """
    look.shown(opening.patient_id)
    about = select(AuditRow.seq).where(AuditRow.subject_type == "emergency_openings", AuditRow.subject_id == opening.id)
    done = look.scalars(about.where(AuditRow.outcome == "done"))
    return look.receipts({*done, *(row.seq for row in _read(look, opening))})


def _read(look: Look, opening: EmergencyOpening) -> list[AuditRow]:
    query = select(AuditRow).where(
        AuditRow.actor_id == opening.account_id,
        AuditRow.at >= opening.opened_at,
        AuditRow.at <= opening.until_at,
        AuditRow.outcome == "shown",
    )
    return [
        row
        for row in look.scalars(query.order_by(AuditRow.seq))
        if json.loads(bytes(row.body))["facts"].get("emergency") == opening.id
    ]


def _openings(*before: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(EmergencyOpening, Patient.number, EmergencyReview)
        .join(Patient, Patient.id == EmergencyOpening.patient_id)
        .outerjoin(EmergencyReview, EmergencyReview.opening_id == EmergencyOpening.id)
        .order_by(*before, EmergencyOpening.opened_at.desc(), EmergencyOpening.id)
        .limit(MOST)
    )


def _shown(look: Look, query: Select[*tuple[Any, ...]]) -> tuple[Emergency, ...]:
    rows = look.execute(query).all()
    people = {opening.opened_by for opening, *_ in rows} | {review.reviewed_by for *_, review in rows if review}
    names = {one: details.shown_name for one, details in staff_named(look, people).items()}
    look.shown({opening.patient_id for opening, *_ in rows})
    return tuple(_one(look, opening, number, review, names) for opening, number, review in rows)


def _one(
    look: Look, opening: EmergencyOpening, number: int, review: EmergencyReview | None, names: dict[str, str]
) -> Emergency:
    due_at = opening.opened_at + REVIEW_WITHIN
    return Emergency(
        opening_id=opening.id,
        patient_id=opening.patient_id,
        number=number,
        opened_by=opening.opened_by,
        opener=names.get(opening.opened_by, "Somebody who works here"),
        kind=opening.kind,
        reason=opening.reason.why,
        opened_at=opening.opened_at,
        until_at=opening.until_at,
        due_at=due_at,
        is_open=opening.until_at > look.now,
        is_overdue=review is None and due_at <= look.now,
        verdict=review.verdict if review else "",
        remark=review.remark.remark if review else "",
        reviewer=names.get(review.reviewed_by, "") if review else "",
        reviewed_at=review.reviewed_at if review else None,
    )
