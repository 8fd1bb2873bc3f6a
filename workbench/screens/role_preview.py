"""That somebody looks at the workbench as another role would see it. What they see comes from an empty practice."""

from dataclasses import dataclass

from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view


@dataclass(frozen=True)
class RolePreview:
    """The role that is looked through."""

    role: Role


@view(Permission.PREVIEW_ROLE, shows=AuditEvent.ROLE_PREVIEWED)
def role_preview(look: Look, *, role: Role) -> RolePreview:
    """Write down that they looked, and as which role."""
    look.facts["role"] = role
    return RolePreview(role)
