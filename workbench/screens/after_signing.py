"""What became of a note or form after its author signed it: the co-signature, what was given back, what was added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.charting.added import AddendumKind, AddendumShown, addenda_of_forms, addenda_of_notes
from workbench.charting.cosigning import ATTESTED_WORDS, Attested, supervisees
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.review_tables import Returned
from workbench.charting.tables import Note, NoteState
from workbench.forms.tables import FormResponse, ResponseState
from workbench.gate.permissions import Permission
from workbench.gate.view import Look
from workbench.people.names import staff_named

__all__ = ["AddendumKind", "AfterSigning", "GivenBack", "after_form", "after_note", "waits_for"]


@dataclass(frozen=True)
class GivenBack:
    """What a supervisor wrote when they gave it back last."""

    comment: str
    supervisor_name: str
    returned_at: datetime


@dataclass(frozen=True)
class AfterSigning:
    """cosigned_as, attested: the second signature and what it vouches for; empty where there is none.

    may_cosign: it waits for the reader's signature. given_back: for the author of a draft. may_amend: it is locked, and
    the reader may add to it.
    """

    cosigned_at: datetime | None = None
    cosigned_as: str = ""
    attested: str = ""
    may_cosign: bool = False
    given_back: GivenBack | None = None
    addenda: tuple[AddendumShown, ...] = ()
    may_amend: bool = False


def after_note(look: Look, note: Note | None) -> AfterSigning:
    """Of a note; of none, nothing."""
    if note is None:
        return AfterSigning()
    is_locked = note.state == NoteState.LOCKED
    added = addenda_of_notes(look, {note.id: bytes(note.content_hash).hex()}) if is_locked else {}
    return _after(look, note, added.get(note.id, ()))


def after_form(look: Look, response: FormResponse) -> AfterSigning:
    """Of a form."""
    is_locked = response.state == ResponseState.LOCKED
    added = addenda_of_forms(look, {response.id: response.content_hash}) if is_locked else {}
    return _after(look, response, added.get(response.id, ()))


def waits_for(look: Look, row: Note | FormResponse | TreatmentPlan) -> bool:
    """Whether it waits for the reader's co-signature."""
    if row.state != NoteState.REVIEW or not look.allowed(Permission.COSIGN, row):
        return False
    return row.author_id in supervisees(look, look.actor.person_id)


def _after(look: Look, row: Note | FormResponse, addenda: tuple[AddendumShown, ...]) -> AfterSigning:
    is_own_draft = row.state == NoteState.DRAFT and row.author_id == look.actor.person_id
    return AfterSigning(
        row.cosigned_at,
        row.cosigned_as,
        ATTESTED_WORDS[Attested(row.attested)] if row.attested else "",
        waits_for(look, row),
        _given_back(look, row) if is_own_draft else None,
        addenda,
        row.state == NoteState.LOCKED and look.allowed(Permission.ADD_ADDENDUM, row),
    )


def _given_back(look: Look, row: Note | FormResponse) -> GivenBack | None:
    which = Returned.note_id == row.id if isinstance(row, Note) else Returned.response_id == row.id
    last: Returned | None = look.scalar(select(Returned).where(which).order_by(Returned.returned_at.desc()).limit(1))
    if last is None:
        return None
    named = staff_named(look, [last.supervisor_id])[last.supervisor_id]
    return GivenBack(last.told.comment, named.shown_name, last.returned_at)
