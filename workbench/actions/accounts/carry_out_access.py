"""Carry out what one person approved alone, once its wait is over."""

from workbench.accounts.access_rules import RequestKind, RequestState
from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.carrying_out import CarriedOut, carry_out_if_approved
from workbench.accounts.rules import AddressTaken
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_here
from workbench.people.tables import Staff


@action(
    Permission.CARRY_OUT_ACCESS,
    on=AccessRequest,
    refuses={"users.person_id": AddressTaken, "users.name_token": AddressTaken, "uq_users": AddressTaken},
)
def carry_out_access(work: Work, request: AccessRequest) -> CarriedOut:
    """Carry it out if it is open, its approval counts by now and nobody else could approve; else leave it as it is.

    Raises:
        NoLongerHere, ClearanceMissing, LastHolder, AddressTaken, AccountDisabled: it cannot be done as things
        stand, and stays open.
    """
    done = CarriedOut(request.id, is_done=False)
    if request.state == RequestState.OPEN:
        if request.kind != RequestKind.END_ROLE:
            check_here(work.get(Staff, request.person_id), work.today)
        done = carry_out_if_approved(work, request)
    if not done.is_done:
        work.record(AuditEvent.ACCESS_CHANGED, outcome="refused", why="not approved any more, or closed")
    return done
