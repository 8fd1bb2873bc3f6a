"""Refuse a request for access, also after having approved it, as long as it is open."""

from dataclasses import dataclass

from workbench.accounts.access_rules import (
    AccessUnclear,
    DecidedAlready,
    RequestClosed,
    RequestState,
    SamePerson,
    may_decide,
)
from workbench.accounts.access_tables import AccessDecision, AccessRequest, DecisionWords
from workbench.accounts.carrying_out import change_of, terms_of
from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AccessRefused:
    """The request is closed, and nothing was changed by it."""

    request_id: str


@action(
    Permission.APPROVE_ACCESS,
    on=AccessRequest,
    refuses={"not_about_oneself": SamePerson, "not_by_who_asked": SamePerson, "access_decisions": DecidedAlready},
)
def refuse_access(work: Work, request: AccessRequest, *, why: str) -> AccessRefused:
    """Close it with a reason. Whoever asked withdraws it instead, and nobody decides about themself.

    Raises:
        RequestClosed, SamePerson: see there. AccessUnclear: no reason.
    """
    if request.state != RequestState.OPEN:
        raise RequestClosed
    change = change_of(request, terms_of(work, request), holding(work, work.now))
    if not may_decide(change, work.actor.person_id):
        raise SamePerson
    if not why.strip() or len(why) > 1_000:
        raise AccessUnclear({"reason": "Please say why, in at most 1,000 characters."})
    decision = AccessDecision(
        request_id=request.id, number=request.number, requester_id=request.requester_id, person_id=request.person_id,
        is_approval=False, decided_by=work.actor.user_id, decider_id=work.actor.person_id, decided_at=work.now,
        effective_at=work.now, alone_under=None,
    )  # fmt: skip
    decision.words = DecisionWords(why.strip())
    work.add(decision)
    request.decisions += 1
    request.state, request.closed_at, request.closed_by = RequestState.REFUSED, work.now, work.actor.user_id
    tell(work, request.requested_by, NoticeKind.ACCESS_REQUEST_REFUSED)
    work.record(AuditEvent.ACCESS_REFUSED, number=request.number, person_id=request.person_id)
    return AccessRefused(request.id)
