"""The audit log as a compliance officer reads it: who, did what, to which record, when, and how it ended.

Patients appear by the log's own pseudonym; who that is, is another question with its own permission.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from workbench.accounts.tables import User
from workbench.gate.audit import AuditRow, Verdict, patient_pseudonym
from workbench.gate.audit_events import SENTENCES, AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import whole_day
from workbench.people.tables import Staff


@dataclass(frozen=True)
class TrailRow:
    """One event. `facts` are the ids, codes and counts kept with it, as `name: value` pairs in order."""

    seq: int
    at: datetime
    actor: str
    sentence: str
    event: str
    outcome: str
    subject_type: str
    subject_id: str
    patient: str
    facts: tuple[tuple[str, str], ...]
    leaf: str


@dataclass(frozen=True)
class Trail:
    """A page of the log, newest first. `older_than`: the sequence number to ask the next page with; None at the end."""

    rows: tuple[TrailRow, ...]
    older_than: int | None
    actors: tuple[tuple[str, str], ...]


PAGE = 100


@view(Permission.READ_AUDIT, shows=AuditEvent.AUDIT_READ)
def audit_trail(
    look: Look,
    *,
    actor_id: str = "",
    event: str = "",
    outcome: str = "",
    patient_id: str = "",
    on: date | None = None,
    older_than: int | None = None,
) -> Trail:
    """Events by any of: the account, the event's value, `refused`/`done`/`shown`, the patient, the practice day."""
    names = _names(look)
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(PAGE + 1)
    for column, wanted in ((AuditRow.actor_id, actor_id), (AuditRow.event, event), (AuditRow.outcome, outcome)):
        query = query.where(column == wanted) if wanted else query
    if patient_id:
        query = query.where(AuditRow.patient_p == patient_pseudonym(look.vault, patient_id))
    rows: list[AuditRow] = list(look.scalars(_within(query, look, on, older_than)))
    look.facts["events"] = min(len(rows), PAGE)
    shown = tuple(_read(row, names) for row in rows[:PAGE])
    return Trail(shown, shown[-1].seq if len(rows) > PAGE else None, tuple(sorted(names.items(), key=lambda n: n[1])))


@view(Permission.VERIFY_AUDIT, shows=AuditEvent.AUDIT_VERIFIED)
def audit_verdict(look: Look) -> Verdict:
    """Every event hashed again and followed from the first to the last. About three seconds for a million events."""
    verdict = look.verified_log()
    look.facts.update(events=verdict.events, head=verdict.head, sound=verdict.broken_at is None)
    return verdict


def _within(query: Select[Any], look: Look, on: date | None, older_than: int | None) -> Select[Any]:
    if on is not None:
        day = whole_day(on, look.zone)
        query = query.where(AuditRow.at >= day.starts_at, AuditRow.at < day.ends_at)
    return query.where(AuditRow.seq < older_than) if older_than is not None else query


def _names(look: Look) -> dict[str, str]:
    """Display names of staff accounts by account id; patients' accounts keep their id."""
    rows = look.execute(select(User.id, Staff).join(Staff, Staff.id == User.person_id))
    return {user_id: staff.details.shown_name for user_id, staff in rows}


def _read(row: AuditRow, names: dict[str, str]) -> TrailRow:
    facts = json.loads(bytes(row.body))["facts"]
    known = row.event in AuditEvent.__members__.values()
    return TrailRow(
        seq=row.seq,
        at=row.at,
        actor=names.get(row.actor_id) or row.actor_id.removeprefix("system:"),
        sentence=SENTENCES[AuditEvent(row.event)] if known else row.event,
        event=row.event,
        outcome=row.outcome,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        patient=row.patient_p,
        facts=tuple((name, str(value)) for name, value in sorted(facts.items())),
        leaf=bytes(row.leaf).hex(),
    )
