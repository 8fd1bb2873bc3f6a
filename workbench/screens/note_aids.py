"""What helps to write a note well, and to read one critically. None of it is stored."""

from dataclasses import dataclass

from workbench.charting.carrying import WRITTEN_ANEW, Carried, Piece, carried_from, in_pieces, unchanged
from workbench.charting.comparing import Compared, compared_with_earlier, last_before
from workbench.charting.late import LateEntry, late_entry
from workbench.charting.likeness import WARN_ABOVE
from workbench.charting.own_snippets import SnippetShown, snippets_of
from workbench.charting.tables import Note, NoteText
from workbench.charting.wording import PARTS
from workbench.gate.view import Look
from workbench.kernel.time import day_of
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.expected_charge import ExpectedCharge, expected_charge

__all__ = ["PARTS", "WARN_ABOVE", "WRITTEN_ANEW", "Compared", "NoteAids", "aids_for", "last_for"]


@dataclass(frozen=True)
class NoteAids:
    """late: both times, where the note was begun too late; of one not begun yet, as if it were begun now.

    carries: what may be taken over from the last note, by part. repeats: how many paragraphs of each part stand as they
    stood there. pieces: the text with those marked. compared: with earlier notes; None where it was not asked.
    snippets: the reader's own short texts, and charge: what the signature will charge, for who writes.
    """

    late: LateEntry | None
    carries: dict[str, Carried]
    repeats: dict[str, int]
    pieces: dict[str, tuple[Piece, ...]]
    compared: Compared | None
    snippets: tuple[SnippetShown, ...]
    charge: ExpectedCharge | None


def last_for(look: Look, patient_id: str, appointment: Appointment, note: Note | None) -> Note | None:
    """The locked note before this session's."""
    begun_at = note.started_at if note else look.now
    found = last_before(look, patient_id, day_of(appointment.starts_at, look.zone), begun_at)
    return None if found is None or (note and found.id == note.id) else found


def aids_for(
    look: Look, session: Attendance, appointment: Appointment, note: Note | None, last: Note | None, *, writes: bool,
    compares: bool,
) -> NoteAids:  # fmt: skip
    """Of a session and what is seen of its note. writes: the reader may go on with it. compares: figures are asked."""
    text, before = note.text if note else NoteText(), last.text if last else NoteText()
    return NoteAids(
        late=late_entry(appointment.ends_at, note.started_at if note else look.now),
        carries=carried_from(before) if writes else {},
        repeats=unchanged(text, before),
        pieces={part: in_pieces(getattr(text, part), before) for part in PARTS},
        compared=compared_with_earlier(look, note) if note and compares else None,
        snippets=snippets_of(look, look.actor.person_id) if writes else (),
        charge=expected_charge(look, appointment, session.patient_id) if writes else None,
    )
