"""Stop offering a short text of one's own. Its versions are kept."""

from dataclasses import dataclass
from datetime import datetime

from workbench.charting.snippet_tables import Snippet
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SnippetGone:
    """Since when it is offered no more."""

    retired_at: datetime


@action(Permission.SET_SNIPPETS, on=Snippet)
def retire_snippet(work: Work, snippet: Snippet) -> SnippetGone:
    """One that is retired already stays as it is."""
    if snippet.retired_at is None:
        snippet.retired_at = work.now
        work.flush()
    work.record(AuditEvent.SNIPPET_RETIRED)
    return SnippetGone(snippet.retired_at)
