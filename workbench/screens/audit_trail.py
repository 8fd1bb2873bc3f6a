"""Whether the audit log is what it was: every line hashed again."""

from workbench.gate.audit import Verdict
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view


@view(Permission.VERIFY_AUDIT, shows=AuditEvent.AUDIT_VERIFIED)
def audit_verdict(look: Look) -> Verdict:
    """Every event hashed again and followed from the first to the last. About three seconds for a million events."""
    verdict = look.verified_log()
    look.facts.update(events=verdict.events, head=verdict.head, sound=verdict.broken_at is None)
    return verdict
