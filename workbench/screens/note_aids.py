"""What helps to write a note well, and to read one critically. None of it is stored."""

from dataclasses import dataclass

from workbench.charting.late import LateEntry, late_entry
from workbench.charting.tables import Note
from workbench.gate.view import Look
from workbench.scheduling.tables import Appointment


@dataclass(frozen=True)
class NoteAids:
    """late: both times, where the note was begun too late; of one not begun yet, as if it were begun now."""

    late: LateEntry | None


def aids_for(look: Look, appointment: Appointment, note: Note | None) -> NoteAids:
    """Of a session and the reader's view of its note."""
    return NoteAids(late_entry(appointment.ends_at, note.started_at if note else look.now))
