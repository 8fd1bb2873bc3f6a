"""Save one's own psychotherapy note as it is typed."""

from dataclasses import dataclass
from datetime import datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.psychotherapy.rules import belongs_in_chart, check_length
from workbench.psychotherapy.tables import PsychotherapyNote, PsychotherapyRevision, PsychotherapyText, key_owner_of


@dataclass(frozen=True)
class PsychotherapySaved:
    """version: what the next save has to name. belongs_in_chart: what it seems to hold that is chart by law."""

    version: int
    saved_at: datetime
    belongs_in_chart: tuple[str, ...]


@action(Permission.KEEP_PSYCHOTHERAPY, on=PsychotherapyNote, refuses={"uq_psychotherapy_revisions_note": StalePage})
def save_psychotherapy_note(work: Work, note: PsychotherapyNote, *, version: int, words: str) -> PsychotherapySaved:
    """All the words; each save keeps a revision. It tells nothing of what was there before.

    Raises:
        StalePage: another window saved meanwhile. PsychotherapyTooLong.
    """
    check_length(words)
    if version != note.version:
        raise StalePage
    note.saved_at, note.version = work.now, version + 1
    work.flush()
    work.add(PsychotherapyRevision(
        note_id=note.id, key_owner=key_owner_of(note), number=note.version, saved_at=work.now,
        text=PsychotherapyText(words),
    ))  # fmt: skip
    work.record(AuditEvent.PSYCHOTHERAPY_WRITTEN, subject=note, revision=note.version)
    return PsychotherapySaved(note.version, work.now, belongs_in_chart(words))
