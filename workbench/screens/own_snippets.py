"""The short texts that somebody writes notes with."""

from workbench.charting.own_snippets import SnippetShown, snippets_of
from workbench.charting.snippets import LONGEST_NAME, LONGEST_TEXT, blanks
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view

__all__ = ["LONGEST_NAME", "LONGEST_TEXT", "SnippetShown", "blanks", "own_snippets"]


@view(Permission.SET_SNIPPETS, shows=AuditEvent.SNIPPETS_SEEN)
def own_snippets(look: Look) -> tuple[SnippetShown, ...]:
    """One's own, by name. Nobody sees another's."""
    return snippets_of(look, look.actor.person_id)
