"""End working alone: from now on nobody's own approval is accepted. What waits for its time falls with it."""

from dataclasses import dataclass

from workbench.accounts.access_rules import RequestClosed
from workbench.accounts.access_tables import SoloMode
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SoloModeEnded:
    """The record is closed; it stays readable."""

    solo_id: str


@action(Permission.WORK_ALONE, on=SoloMode)
def end_working_alone(work: Work, mode: SoloMode) -> SoloModeEnded:
    """End it now, or before it begins.

    Raises:
        RequestClosed: it has ended already.
    """
    if mode.ended_at is not None:
        raise RequestClosed
    mode.ended_at, mode.ended_by = work.now, work.actor.user_id
    work.record(AuditEvent.SOLO_MODE_ENDED)
    return SoloModeEnded(mode.id)
