"""Ask for somebody who works here: an account, a role or its end, a disabled account back, a new second factor."""

from dataclasses import dataclass

from workbench.accounts.access_rules import WITHOUT_ROLES, RequestKind, Wanted
from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.asking import account_of, checked, keep_terms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_here
from workbench.people.tables import Staff

__all__ = ["WITHOUT_ROLES", "AccessRequested", "RequestKind", "Wanted", "request_access"]


@dataclass(frozen=True)
class AccessRequested:
    """The request, which waits for whoever may approve it."""

    request_id: str


@action(Permission.REQUEST_ACCESS, on=Staff)
def request_access(work: Work, staff: Staff, *, kind: RequestKind, wanted: Wanted) -> AccessRequested:
    """Ask for this person. Nothing changes until somebody else approves.

    Raises:
        NoLongerHere: they have left. AccessUnclear: with a sentence for every field that cannot be used.
    """
    if kind is not RequestKind.END_ROLE:
        check_here(staff, work.today)
    wanted = checked(work, kind, staff.id, wanted)
    user = account_of(work, staff.id)
    request = AccessRequest(
        kind=kind,
        person_id=staff.id,
        user_id=user.id if user else "",
        requested_by=work.actor.user_id,
        requester_id=work.actor.person_id,
        requested_at=work.now,
    )
    work.add(request)
    work.flush()
    terms = keep_terms(work, request, wanted)
    work.record(AuditEvent.ACCESS_REQUESTED, subject=request, person_id=staff.id, kind=kind, roles=terms.roles)
    return AccessRequested(request.id)
