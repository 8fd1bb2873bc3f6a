"""The views of the calendar that somebody keeps."""

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.scheduling.views import EVERYTHING, LONGEST_NAME, SIGHTS, STATES, KeptView, Sieve, views_of

__all__ = ["EVERYTHING", "LONGEST_NAME", "SIGHTS", "STATES", "KeptView", "Sieve", "calendar_views"]


@view(Permission.SET_CALENDAR_VIEWS, shows=AuditEvent.CALENDAR_VIEWS_SEEN)
def calendar_views(look: Look) -> tuple[KeptView, ...]:
    """One's own, the oldest first. Nobody sees another's."""
    return views_of(look, look.actor.person_id)
