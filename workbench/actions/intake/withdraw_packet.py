"""Take back a packet that somebody was asked to fill in. What they signed of it stays."""

from dataclasses import dataclass
from datetime import datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.signing import PacketWithdrawn
from workbench.intake.tables import PacketAssignment


@dataclass(frozen=True)
class PacketTakenBack:
    """Since when nothing of it is asked any more."""

    withdrawn_at: datetime


@action(Permission.ASSIGN_PACKET, on=PacketAssignment)
def withdraw_packet(work: Work, assignment: PacketAssignment) -> PacketTakenBack:
    """Drafts stay with their revisions and are asked for no more.

    Raises:
        PacketWithdrawn: it was taken back before.
    """
    if assignment.withdrawn_at is not None:
        raise PacketWithdrawn
    assignment.withdrawn_at, assignment.withdrawn_by = work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.PACKET_WITHDRAWN)
    return PacketTakenBack(work.now)
