"""Take a backup. Written down first; the copy is made after, so the copy holds the line that says so."""

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@action(Permission.TAKE_BACKUP)
def take_backup(work: Work) -> None:
    """Say that somebody takes a copy of the whole practice, keys without what opens them included."""
    work.record(AuditEvent.BACKUP_TAKEN)
