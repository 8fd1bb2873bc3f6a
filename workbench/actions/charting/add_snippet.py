"""Keep a short text of one's own, to write notes with."""

from dataclasses import dataclass

from workbench.actions.charting._snippet_names import check_name
from workbench.charting.snippet_tables import Snippet, SnippetText, SnippetVersion
from workbench.charting.snippets import MOST, TooManySnippets, checked
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SnippetAdded:
    """It can be inserted from now on."""

    snippet_id: str


@action(Permission.SET_SNIPPETS)
def add_snippet(work: Work, *, name: str, text: str) -> SnippetAdded:
    """text: with blanks such as `[[mood]]`, which have to be filled in before a note can be signed.

    Raises:
        SnippetUnclear, SnippetNamedAlike: with a sentence by field. TooManySnippets.
    """
    name, text = checked(name, text)
    if check_name(work, work.actor.person_id, name) >= MOST:
        raise TooManySnippets
    snippet = Snippet(staff_id=work.actor.person_id, edition=1, added_at=work.now)
    work.add(snippet)
    work.flush()
    said = SnippetVersion(snippet_id=snippet.id, edition=1, written_at=work.now)
    said.told = SnippetText(name, text)
    work.add(said)
    work.record(AuditEvent.SNIPPET_ADDED, subject=snippet)
    return SnippetAdded(snippet.id)
