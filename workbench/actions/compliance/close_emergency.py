"""Close a chart that was opened in an emergency, before its hour is over."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.emergency import EmergencyOpening
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class ClosedAlready(WorkbenchError):
    """It is over."""

    def __init__(self) -> None:
        super().__init__("This emergency opening is over already.")


@action(Permission.CLOSE_EMERGENCY, on=EmergencyOpening)
def close_emergency(work: Work, opening: EmergencyOpening) -> None:
    """End the actor's own opening now.

    Raises:
        NotFound: it is somebody else's. ClosedAlready: it is over.
    """
    if opening.opened_by != work.actor.person_id:
        raise NotFound
    if opening.until_at <= work.now:
        raise ClosedAlready
    opening.until_at = max(work.now, opening.opened_at)
    work.record(AuditEvent.EMERGENCY_CLOSED)
