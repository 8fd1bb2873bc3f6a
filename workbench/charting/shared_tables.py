"""Rows of what is written once for everybody of a session: the shared part, its revisions, and the notes it went into.

The shared part names nobody and is nobody's alone, so it is sealed with a key of its own session and not with a
member's: erasing one member takes nothing from the notes of the others, and no member's key opens it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class SharedText:
    """What stands in everybody's note: what the group did (before each one's *Objective*), what comes next (*Plan*)."""

    objective: str = ""
    plan: str = ""


class GroupNote(Base):
    """The shared part of one session's notes by one author. It stands as it is once a note was signed with it."""

    __tablename__ = "group_notes"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("gno"))
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(SharedText, owner="id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("uq_group_notes_session", "appointment_id", "author_id", unique=True),)


class GroupNoteRevision(Base):
    """The shared part as it was saved once. Append-only: nothing typed is lost to a later save."""

    __tablename__ = "group_note_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("gnr"))
    group_note_id: Mapped[str] = mapped_column(ForeignKey("group_notes.id"))
    number: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(SharedText, owner="group_note_id")
    __table_args__ = (Index("uq_group_note_revisions", "group_note_id", "number", unique=True),)


class GroupNotePart(Base):
    """A member's note into which the shared part went when it was signed. Append-only; once a note."""

    __tablename__ = "group_note_parts"
    note_id: Mapped[str] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    group_note_id: Mapped[str] = mapped_column(ForeignKey("group_notes.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


append_only(cast(Table, GroupNoteRevision.__table__), "group_note_revisions_append_only")
append_only(cast(Table, GroupNotePart.__table__), "group_note_parts_append_only")
guard(
    cast(Table, GroupNote.__table__),
    sqlite=(
        "CREATE TRIGGER group_notes_signed BEFORE UPDATE ON group_notes WHEN OLD.signed_at IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'group_note_signed'); END",
        "CREATE TRIGGER group_notes_kept BEFORE DELETE ON group_notes "
        "BEGIN SELECT RAISE(ABORT, 'group_note_kept'); END",
    ),
    postgresql=(
        "CREATE FUNCTION group_notes_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'group_note_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF OLD.signed_at IS NOT NULL THEN RAISE EXCEPTION 'group_note_signed' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER group_notes_signed BEFORE UPDATE OR DELETE ON group_notes FOR EACH ROW "
        "EXECUTE FUNCTION group_notes_signed()",
    ),
)
