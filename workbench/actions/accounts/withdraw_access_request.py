"""Take back what one has asked for."""

from dataclasses import dataclass

from workbench.accounts.access_rules import RequestClosed, RequestState
from workbench.accounts.access_tables import AccessRequest
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AccessRequestWithdrawn:
    """The request is closed, and nothing was changed by it."""

    request_id: str


@action(Permission.REQUEST_ACCESS, on=AccessRequest)
def withdraw_access_request(work: Work, request: AccessRequest) -> AccessRequestWithdrawn:
    """Close it; also while an approval by oneself alone waits. Only who asked may.

    Raises:
        RequestClosed: too late.
    """
    if request.requester_id != work.actor.person_id:
        raise NotFound
    if request.state != RequestState.OPEN:
        raise RequestClosed
    request.state, request.closed_at, request.closed_by = RequestState.WITHDRAWN, work.now, work.actor.user_id
    work.record(AuditEvent.ACCESS_REQUEST_WITHDRAWN)
    return AccessRequestWithdrawn(request.id)
