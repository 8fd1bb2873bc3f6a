"""A note beside the signed ones before it: what of it is not new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from workbench.charting.carrying import repeated_though_new, unchanged
from workbench.charting.likeness import OTHERS_NOTES, OWN_PATIENT_NOTES, Likeness, likeness
from workbench.charting.shared import signed_with
from workbench.charting.tables import Note, NoteState, NoteText
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

_SIGNED = (NoteState.LOCKED, NoteState.REVIEW)


@dataclass(frozen=True)
class Compared:
    """own: the most of it that stands in one of the patient's last notes. others: in one of the author's of others.

    carried: how many paragraphs are the last note's. new_only: the parts in which one of them should have been anew.
    """

    own: Likeness
    others: Likeness
    carried: int
    new_only: tuple[str, ...]

    @property
    def has_to_be_meant(self) -> bool:
        """Whether the author has to say that it is meant as it stands."""
        return self.others.is_same or bool(self.new_only)

    @property
    def is_worth_a_word(self) -> bool:
        """Whether author and supervisor are told."""
        return self.has_to_be_meant or self.own.is_over or self.others.is_over


class RepeatsNotMeant(WorkbenchError):
    """The words are another patient's note, or what has to be written anew is not; the author has not confirmed it."""

    def __init__(self, compared: Compared) -> None:
        said = ("Another person's note has exactly these words." if compared.others.is_same
                else "What you saw and judged stands as in the last note.")  # fmt: skip
        super().__init__(f"{said} Please look again, or confirm that it is meant.")


def last_before(rows: Work | Look, patient_id: str, service_on: date, begun_at: datetime) -> Note | None:
    """The latest locked note of an earlier day, or of the same day when it was signed before this one was begun."""
    same_day = and_(Note.service_on == service_on, Note.signed_at <= begun_at)
    query = select(Note).where(
        Note.patient_id == patient_id, Note.state == NoteState.LOCKED, or_(Note.service_on < service_on, same_day)
    )
    found: Note | None = rows.scalar(query.order_by(Note.service_on.desc(), Note.signed_at.desc()).limit(1))
    return found


def compared_with_earlier(rows: Work | Look, note: Note, beside: Sequence[NoteText] = ()) -> Compared:
    """As it stands. Of a signed one as it was then: only what was signed before it counts.

    Of the patient's notes those count that the author could read: locked ones, and their own. Notes that have one
    shared part are not compared with each other: they are alike by it.

    beside: what is signed at the same time about others, which counts like the author's notes of others.
    """
    before = last_before(rows, note.patient_id, note.service_on, note.started_at)
    last = before.text if before and before.id != note.id else None
    until = note.signed_at or rows.now
    of_patient = _texts(rows, note, until, is_same_patient=True)
    of_others = [*beside, *_texts(rows, note, until, is_same_patient=False)]
    return Compared(
        likeness(note.text, of_patient),
        likeness(note.text, of_others),
        sum(unchanged(note.text, last).values()) if last else 0,
        repeated_though_new(note.text, last) if last else (),
    )


def _texts(rows: Work | Look, note: Note, until: datetime, *, is_same_patient: bool) -> list[NoteText]:
    query = select(Note).where(Note.state.in_(_SIGNED), Note.signed_at <= until, Note.id != note.id)
    if is_same_patient:
        readable = or_(Note.state == NoteState.LOCKED, Note.author_id == note.author_id)
        query = query.where(Note.patient_id == note.patient_id, readable).limit(OWN_PATIENT_NOTES)
    else:
        query = query.where(
            Note.patient_id != note.patient_id, Note.author_id == note.author_id, Note.id.not_in(signed_with(note))
        ).limit(OTHERS_NOTES)
    return [one.text for one in rows.scalars(query.order_by(Note.signed_at.desc(), Note.id))]
