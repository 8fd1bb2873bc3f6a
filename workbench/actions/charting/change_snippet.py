"""Word a short text of one's own anew. What it said before is kept."""

from dataclasses import dataclass

from workbench.actions.charting._snippet_names import check_name
from workbench.charting.snippet_tables import Snippet, SnippetText, SnippetVersion
from workbench.charting.snippets import SnippetRetired, checked
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SnippetChanged:
    """edition: which wording is in use now."""

    edition: int


@action(Permission.SET_SNIPPETS, on=Snippet, refuses={"uq_snippet_versions": StalePage})
def change_snippet(work: Work, snippet: Snippet, *, name: str, text: str) -> SnippetChanged:
    """Notes that hold the old wording keep it.

    Raises:
        SnippetRetired. SnippetUnclear, SnippetNamedAlike: with a sentence by field.
    """
    if snippet.retired_at is not None:
        raise SnippetRetired
    name, text = checked(name, text)
    check_name(work, snippet.staff_id, name, but=snippet.id)
    snippet.edition += 1
    said = SnippetVersion(snippet_id=snippet.id, edition=snippet.edition, written_at=work.now)
    said.told = SnippetText(name, text)
    work.add(said)
    work.record(AuditEvent.SNIPPET_CHANGED, edition=snippet.edition)
    return SnippetChanged(snippet.edition)
