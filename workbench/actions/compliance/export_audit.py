"""Take a copy of the audit log. Written down first; the files are written after, so no copy goes without its line."""

from workbench.gate.action import action
from workbench.gate.audit_checkpoints import AuditCheckpoint, newest_checkpoint_query
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_export import AuditExport, NothingSealed
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@action(Permission.EXPORT_AUDIT)
def export_audit(work: Work) -> AuditExport:
    """Everything under the newest signed head; this export's own line is in the next one.

    Raises:
        NothingSealed: no head was signed yet.
    """
    newest: AuditCheckpoint | None = work.scalar(newest_checkpoint_query())
    if newest is None:
        raise NothingSealed
    work.record(AuditEvent.AUDIT_EXPORTED, events=newest.size, root=newest.root.hex())
    return AuditExport(newest.size, newest.root.hex())
