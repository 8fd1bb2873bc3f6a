"""Which requests for access wait for one person's word: for the count in the rail and the bell. No names, no audit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.access_rules import APPROVING_ROLES, RequestState, may_decide, may_work_alone
from workbench.accounts.access_tables import AccessDecision, AccessRequest, AccessTerms, SoloMode
from workbench.accounts.carrying_out import change_of, terms_of
from workbench.accounts.holding import Holding, Rows, alone_now, holding
from workbench.gate.action import Gate
from workbench.gate.actor import Actor


@dataclass(frozen=True)
class Awaiting:
    """A request that the person may decide on and has not approved yet."""

    request_id: str
    asked_at: datetime


def awaiting(gate: Gate, actor: Actor, now: datetime) -> tuple[Awaiting, ...]:
    """What waits for this person, the oldest first."""
    if not actor.roles & APPROVING_ROLES:
        return ()
    with gate.store.reading() as rows:
        held = holding(rows, now)
        open_ones = rows.scalars(
            select(AccessRequest)
            .where(AccessRequest.state == RequestState.OPEN)
            .order_by(AccessRequest.requested_at, AccessRequest.id)
        )
        return tuple(
            Awaiting(request.id, request.requested_at)
            for request in open_ones
            if _waits_for(rows, request, actor.person_id, held, now)
        )


def solo_mode_of(gate: Gate, actor: Actor, now: datetime) -> datetime | None:
    """From when the person works alone by a record that has not ended; None while two could approve."""
    if not actor.roles & APPROVING_ROLES:
        return None
    with gate.store.reading() as rows:
        if not may_work_alone(holding(rows, now).by_role):
            return None
        mine = select(SoloMode.effective_at).where(SoloMode.person_id == actor.person_id, SoloMode.ended_at.is_(None))
        found: datetime | None = rows.scalar(mine)
        return found


def may_decide_now(
    rows: Rows, request: AccessRequest, terms: AccessTerms, person_id: str, held: Holding, now: datetime
) -> bool:
    """Whether this person's approval could count at `now`, among several or alone."""
    if not held.roles(person_id) & APPROVING_ROLES:
        return False
    mode = alone_now(rows, held, now)
    change = change_of(request, terms, held)
    return may_decide(change, person_id, alone=mode is not None and mode.person_id == person_id)


def _waits_for(rows: Rows, request: AccessRequest, person_id: str, held: Holding, now: datetime) -> bool:
    terms = terms_of(rows, request)
    decided = rows.scalars(
        select(AccessDecision.decider_id).where(
            AccessDecision.request_id == request.id, AccessDecision.number == request.number
        )
    )
    return person_id not in set(decided) and may_decide_now(rows, request, terms, person_id, held, now)
