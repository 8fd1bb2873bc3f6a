"""Working alone: the record, every act of one person alone, and the weekly statements for the reviewer outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.accounts.access_rules import approvers, may_work_alone
from workbench.accounts.access_tables import AccessDecision, AccessRequest, AccessTerms, SoloMode, SoloStatement
from workbench.accounts.holding import alone_now, holding
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import whole_day
from workbench.people.tables import Staff


@dataclass(frozen=True)
class SoloShown:
    """One record. is_in_force: own approvals are accepted under it now. is_mine: the reader is who works alone."""

    solo_id: str
    name: str
    why: str
    reviewer_name: str
    reviewer_address: str
    begun_at: datetime
    effective_at: datetime
    ended_at: datetime | None
    is_in_force: bool
    is_mine: bool


@dataclass(frozen=True)
class SoloAct:
    """Something one person approved alone. state: of the request, "" for turning it on itself."""

    at: datetime
    what: str
    person: str
    roles: tuple[str, ...]
    why: str
    effective_at: datetime
    state: str


@dataclass(frozen=True)
class StatementShown:
    """A week's statement with every act in it; `count` is what it said when it was written."""

    statement_id: str
    solo: SoloShown
    from_on: date
    until_on: date
    made_at: datetime
    count: int
    acts: tuple[SoloAct, ...]


@dataclass(frozen=True)
class WorkingAlone:
    """Every record, the newest first, and every statement. may_begin: the reader could turn it on."""

    modes: tuple[SoloShown, ...]
    statements: tuple[StatementShown, ...]
    may_begin: bool


@view(Permission.SEE_SELF_APPROVALS, shows=AuditEvent.SELF_APPROVALS_SEEN)
def working_alone(look: Look) -> WorkingAlone:
    """What the access page and the reviewer are shown. Statements of at most a year."""
    names = {row.id: row.details.shown_name for row in look.scalars(select(Staff))}
    held = holding(look, look.now)
    now = alone_now(look, held, look.now)
    rows = list(look.scalars(select(SoloMode).order_by(SoloMode.begun_at.desc())))
    modes = {row.id: _mode(look, row, names, now) for row in rows}
    statements = look.scalars(select(SoloStatement).order_by(SoloStatement.from_on.desc()).limit(53))
    may_begin = may_work_alone(held.by_role) and look.actor.person_id in approvers(held.by_role)
    return WorkingAlone(
        tuple(modes.values()),
        tuple(_statement(look, row, modes[row.solo_id], names) for row in statements),
        may_begin and all(mode.ended_at is not None for mode in modes.values()),
    )


def _mode(look: Look, row: SoloMode, names: Mapping[str, str], now: SoloMode | None) -> SoloShown:
    words = row.words
    return SoloShown(
        row.id, names.get(row.person_id, ""), words.why, words.reviewer_name, words.reviewer_address, row.begun_at,
        row.effective_at, row.ended_at, now is not None and now.id == row.id, row.person_id == look.actor.person_id,
    )  # fmt: skip


def _statement(look: Look, row: SoloStatement, mode: SoloShown, names: Mapping[str, str]) -> StatementShown:
    starts_at, ends_at = (whole_day(day, look.zone).starts_at for day in (row.from_on, row.until_on))
    acts = []
    if starts_at <= mode.begun_at < ends_at:
        acts.append(SoloAct(mode.begun_at, "work_alone", mode.name, (), mode.why, mode.effective_at, ""))
    query = (
        select(AccessDecision, AccessRequest, AccessTerms)
        .join(AccessRequest, AccessRequest.id == AccessDecision.request_id)
        .join(
            AccessTerms,
            (AccessTerms.request_id == AccessDecision.request_id) & (AccessTerms.number == AccessDecision.number),
        )
        .where(
            AccessDecision.alone_under == mode.solo_id,
            AccessDecision.decided_at >= starts_at,
            AccessDecision.decided_at < ends_at,
        )
        .order_by(AccessDecision.decided_at)
    )
    for said, request, terms in look.execute(query):
        acts.append(
            SoloAct(said.decided_at, request.kind, names.get(said.person_id, ""), tuple(terms.roles.split()),
                    terms.words.why, said.effective_at, request.state)
        )  # fmt: skip
    return StatementShown(row.id, mode, row.from_on, row.until_on, row.made_at, row.acts, tuple(acts))
