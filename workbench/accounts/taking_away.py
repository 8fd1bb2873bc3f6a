"""The request that ends a role which a review takes away, and its withdrawal when the decision is corrected."""

from sqlalchemy import select

from workbench.accounts.access_rules import GUARDED_ROLES, LastHolder, RequestKind, RequestState, Wanted
from workbench.accounts.access_tables import AccessRequest, AccessTerms
from workbench.accounts.asking import keep_terms
from workbench.accounts.holding import live_grants, stays_held
from workbench.accounts.review_rules import BECAUSE_WORDS, Because, Proposal, TakenAwayAlready
from workbench.accounts.review_tables import AccessReviewDecision, AccessReviewLine
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.work import Work


def settle_request(
    work: Work, line: AccessReviewLine, decision: Proposal, reason: str, before: AccessReviewDecision | None
) -> str:
    """The id of the request that belongs to this decision, "" if there is none to make.

    Raises:
        TakenAwayAlready: an earlier decision was carried out. LastHolder: nobody else would hold the role.
    """
    earlier = work.get(AccessRequest, before.request_id) if before is not None and before.request_id else None
    if earlier is not None and earlier.state == RequestState.DONE:
        raise TakenAwayAlready
    is_open = earlier is not None and earlier.state == RequestState.OPEN
    if decision is Proposal.KEEP:
        if earlier is not None and is_open:
            earlier.state, earlier.closed_at = RequestState.WITHDRAWN, work.now
            earlier.closed_by = work.actor.user_id
            work.record(AuditEvent.ACCESS_REQUEST_WITHDRAWN, subject=earlier)
        return ""
    return earlier.id if earlier is not None and is_open else _ask(work, line, reason)


def _ask(work: Work, line: AccessReviewLine, reason: str) -> str:
    role = Role(line.role)
    if not any(grant.role == role for grant in live_grants(work, line.user_id, work.now)):
        return ""
    if role in GUARDED_ROLES and not stays_held(work, role, line.user_id, work.now):
        raise LastHolder(role)
    if _is_asked_for(work, line):
        return ""
    request = AccessRequest(
        kind=RequestKind.END_ROLE, person_id=line.person_id, user_id=line.user_id, requested_by=work.actor.user_id,
        requester_id=work.actor.person_id, requested_at=work.now,
    )  # fmt: skip
    work.add(request)
    work.flush()
    keep_terms(work, request, Wanted(frozenset({role}), reason or BECAUSE_WORDS[Because(line.because)]))
    work.record(AuditEvent.ACCESS_REQUESTED, subject=request, person_id=line.person_id, kind=request.kind, roles=role)
    return request.id


def _is_asked_for(work: Work, line: AccessReviewLine) -> bool:
    newest = (AccessTerms.request_id == AccessRequest.id) & (AccessTerms.number == AccessRequest.number)
    query = select(AccessTerms.roles).join(AccessRequest, newest).where(
        AccessRequest.state == RequestState.OPEN, AccessRequest.kind == RequestKind.END_ROLE,
        AccessRequest.person_id == line.person_id,
    )  # fmt: skip
    return any(line.role in roles.split() for roles in work.scalars(query))
