"""Change what one has asked for: a new version, for which no earlier approval counts."""

from dataclasses import dataclass

from workbench.accounts.access_rules import RequestClosed, RequestKind, RequestState, Wanted
from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.asking import checked, keep_terms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AccessRequestChanged:
    """The version that has to be approved now."""

    request_id: str
    number: int


@action(Permission.REQUEST_ACCESS, on=AccessRequest)
def change_access_request(work: Work, request: AccessRequest, *, wanted: Wanted) -> AccessRequestChanged:
    """Ask for something else instead. Only who asked may; what was approved before was approved for the old version.

    Raises:
        RequestClosed, AccessUnclear: see there.
    """
    if request.requester_id != work.actor.person_id:
        raise NotFound
    if request.state != RequestState.OPEN:
        raise RequestClosed
    wanted = checked(work, RequestKind(request.kind), request.person_id, wanted, request.id)
    request.number += 1
    work.flush()
    terms = keep_terms(work, request, wanted)
    work.record(AuditEvent.ACCESS_REQUEST_CHANGED, number=request.number, roles=terms.roles)
    return AccessRequestChanged(request.id, request.number)
