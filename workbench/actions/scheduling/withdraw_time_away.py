"""Take a time away back: its hours are offered again. The row stays, with who did it."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.tables import TimeAway


class AwayOver(WorkbenchError):
    """It was withdrawn before, or has passed."""

    def __init__(self) -> None:
        super().__init__("This was taken back already, or it has passed.")


@dataclass(frozen=True)
class Withdrawn:
    """What is offered again."""

    away_id: str


@action(Permission.SET_HOURS, on=TimeAway)
def withdraw_time_away(work: Work, away: TimeAway) -> Withdrawn:
    """What of it is still to come is offered again.

    Raises:
        AwayOver: there is nothing left to take back.
    """
    if away.withdrawn_at is not None or away.ends_at <= work.now:
        raise AwayOver
    away.withdrawn_at, away.withdrawn_by = work.now, work.actor.user_id
    work.record(AuditEvent.TIME_AWAY_WITHDRAWN)
    return Withdrawn(away.id)
