"""Requests for access: what is open and for whom it waits, and every change that was made or refused."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.accounts.access_rules import (
    APPROVING_ROLES,
    ClearanceItem,
    RequestKind,
    RequestState,
)
from workbench.accounts.access_tables import AccessDecision, AccessRequest, AccessTerms
from workbench.accounts.awaiting import may_decide_now
from workbench.accounts.carrying_out import change_of, missing_clearance, roles_of
from workbench.accounts.holding import Holding, holding
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Staff

__all__ = ["ClearanceItem", "DecisionShown", "RequestKind", "RequestShown", "RequestState", "access_requests"]

CLOSED_SHOWN = 50


@dataclass(frozen=True)
class DecisionShown:
    """One yes or no. counts: whether a yes counts, with the roles its person holds now and the version it was for."""

    name: str
    is_approval: bool
    decided_at: datetime
    effective_at: datetime
    is_alone: bool
    counts: bool
    why: str


@dataclass(frozen=True)
class RequestShown:
    """A request in its present version. before, after: the person's roles around a change that was carried out.

    decided_by: who may decide it now, in names. is_asker_gone: whoever asked may not ask any more.
    """

    request_id: str
    number: int
    kind: RequestKind
    state: RequestState
    person_id: str
    person: str
    roles: tuple[Role, ...]
    ends_on: date | None
    supervisor_id: str
    supervisor: str
    is_covering: bool
    why: str
    email: str
    identity_checked: str
    asker: str
    asked_at: datetime
    closed_at: datetime | None
    is_guarded: bool
    decisions: tuple[DecisionShown, ...]
    missing: tuple[ClearanceItem, ...]
    deciders: tuple[str, ...]
    is_asker_gone: bool
    may_approve: bool
    may_change: bool
    before: str
    after: str


@view(Permission.SEE_ACCESS, shows=AuditEvent.ACCESS_SEEN)
def access_requests(look: Look) -> tuple[RequestShown, ...]:
    """Everything open, the oldest first, then up to fifty that are closed, the newest first."""
    is_open = AccessRequest.state == RequestState.OPEN
    rows = list(look.scalars(select(AccessRequest).where(is_open).order_by(AccessRequest.requested_at)))
    closed = select(AccessRequest).where(~is_open).order_by(AccessRequest.closed_at.desc(), AccessRequest.id)
    rows += list(look.scalars(closed.limit(CLOSED_SHOWN)))
    ids = [row.id for row in rows]
    names = {row.id: row.details.shown_name for row in look.scalars(select(Staff))}
    terms = {
        (one.request_id, one.number): one
        for one in look.scalars(select(AccessTerms).where(AccessTerms.request_id.in_(ids)))
    }
    decisions: dict[str, list[AccessDecision]] = defaultdict(list)
    said = select(AccessDecision).where(AccessDecision.request_id.in_(ids))
    for one in look.scalars(said.order_by(AccessDecision.decided_at, AccessDecision.is_approval.desc())):
        decisions[one.request_id].append(one)
    held = holding(look, look.now)
    return tuple(_shown(look, row, terms[row.id, row.number], decisions[row.id], names, held) for row in rows)


def _shown(
    look: Look,
    row: AccessRequest,
    terms: AccessTerms,
    said: list[AccessDecision],
    names: Mapping[str, str],
    held: Holding,
) -> RequestShown:
    is_open, me = row.state == RequestState.OPEN, look.actor.person_id
    change = change_of(row, terms, held)
    approved = {one.decider_id for one in said if one.number == row.number and one.is_approval}
    may = [p for p in sorted(held.by_person) if is_open and may_decide_now(look, row, terms, p, held, look.now)]
    return RequestShown(
        request_id=row.id,
        number=row.number,
        kind=RequestKind(row.kind),
        state=RequestState(row.state),
        person_id=row.person_id,
        person=names.get(row.person_id, ""),
        roles=tuple(sorted(roles_of(terms))),
        ends_on=terms.ends_on,
        supervisor_id=terms.supervisor_id or "",
        supervisor=names.get(terms.supervisor_id or "", ""),
        is_covering=terms.is_covering,
        why=terms.words.why,
        email=terms.words.email,
        identity_checked=terms.words.identity_checked,
        asker=names.get(row.requester_id, ""),
        asked_at=row.requested_at,
        closed_at=row.closed_at,
        is_guarded=change.is_guarded,
        decisions=tuple(_decision(one, row, names, held) for one in said),
        missing=tuple(sorted(missing_clearance(look, row.person_id, terms, row.kind))) if is_open else (),
        deciders=tuple(names.get(person, "") for person in may if person not in approved),
        is_asker_gone=is_open and change.is_asker_gone,
        may_approve=me in may and me not in approved,
        may_change=is_open and row.requester_id == me,
        before=row.roles_before,
        after=row.roles_after,
    )


def _decision(one: AccessDecision, row: AccessRequest, names: Mapping[str, str], held: Holding) -> DecisionShown:
    counts = one.number == row.number and bool(held.roles(one.decider_id) & APPROVING_ROLES)
    return DecisionShown(
        names.get(one.decider_id, ""), one.is_approval, one.decided_at, one.effective_at, one.alone_under is not None,
        counts, one.words.why,
    )  # fmt: skip
