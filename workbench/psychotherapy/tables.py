"""Rows of psychotherapy notes. They are no part of the chart: own tables, own keys, and only three files read them.

Source: 45 CFR 164.501 (psychotherapy notes are separated from the rest of the record), 42 CFR 2.11 (SUD counselling
notes). `tests/architecture/test_psychotherapy_wall.py` names who may import this module.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class PsychotherapyKind(StrEnum):
    """Which rule keeps it apart. Stored values."""

    PSYCHOTHERAPY = "psychotherapy"
    SUD_COUNSELING = "sud_counseling"


@dataclass(frozen=True)
class PsychotherapyText:
    """What was said and thought about it. There is no field for what belongs into the chart."""

    words: str


class PsychotherapyNote(Base):
    """One author's notes of one session, of one kind. The words are in its revisions.

    version: the number of the newest revision, 0 for none. Whose it is never changes, and it is never deleted: the
    database holds both.
    """

    __tablename__ = "psychotherapy_notes"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("psy"))
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    session_on: Mapped[date]
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        Index("uq_psychotherapy_notes_session", "attendance_id", "author_id", "kind", unique=True),
        Index(None, "author_id", "patient_id"),
    )


class PsychotherapyRevision(Base):
    """The words as they were saved once. Append-only."""

    __tablename__ = "psychotherapy_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("psr"))
    note_id: Mapped[str] = mapped_column(ForeignKey("psychotherapy_notes.id"))
    key_owner: Mapped[str]
    number: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(PsychotherapyText, owner="key_owner")
    __table_args__ = (Index("uq_psychotherapy_revisions_note", "note_id", "number", unique=True),)


def key_owner_of(note: PsychotherapyNote) -> str:
    """Whose key seals the words: one for each author and patient, which opens nothing of the chart and no other's."""
    return f"{note.author_id}|psychotherapy|{note.patient_id}"


append_only(cast(Table, PsychotherapyRevision.__table__), "psychotherapy_revisions_append_only")
guard(
    cast(Table, PsychotherapyNote.__table__),
    sqlite=(
        "CREATE TRIGGER psychotherapy_notes_kept BEFORE DELETE ON psychotherapy_notes "
        "BEGIN SELECT RAISE(ABORT, 'psychotherapy_note_kept'); END",
        "CREATE TRIGGER psychotherapy_notes_theirs BEFORE UPDATE OF id, attendance_id, patient_id, author_id, kind, "
        "session_on, begun_at ON psychotherapy_notes BEGIN SELECT RAISE(ABORT, 'psychotherapy_note_theirs'); END",
    ),
    postgresql=(
        "CREATE FUNCTION psychotherapy_notes_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'psychotherapy_note_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF (OLD.id, OLD.attendance_id, OLD.patient_id, OLD.author_id, OLD.kind, OLD.session_on, OLD.begun_at) "
        "IS DISTINCT FROM (NEW.id, NEW.attendance_id, NEW.patient_id, NEW.author_id, NEW.kind, NEW.session_on, "
        "NEW.begun_at) THEN RAISE EXCEPTION 'psychotherapy_note_theirs' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER psychotherapy_notes_kept BEFORE UPDATE OR DELETE ON psychotherapy_notes "
        "FOR EACH ROW EXECUTE FUNCTION psychotherapy_notes_kept()",
    ),
)
