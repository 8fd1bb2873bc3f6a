"""Rows of the chart: notes, every revision of their text, signatures. The database keeps a locked note locked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.changes import follow
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class NoteState(StrEnum):
    """Stored values. A locked note never changes again; one in review is signed and waits for its co-signature."""

    DRAFT = "draft"
    REVIEW = "review"
    LOCKED = "locked"


@dataclass(frozen=True)
class NoteText:
    """The four parts of a SOAP note and the diagnoses it supports (ICD-10-CM codes, first is primary).

    objectives: ids of what it served of the treatment plan; plan_id: the version they stand in, "" without any.
    """

    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""
    diagnoses: tuple[str, ...] = field(default_factory=tuple)
    objectives: tuple[str, ...] = field(default_factory=tuple)
    plan_id: str = ""


class Note(Base):
    """A note about one attendance by one author. `content_hash`: SHA-256 of what was signed; empty while a draft.

    cosigned_as: name and credentials of the supervisor, attested: what they vouch for; empty where none was needed.
    """

    __tablename__ = "notes"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("nte"))
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(default=NoteState.DRAFT)
    service_on: Mapped[date]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_as: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[bytes] = mapped_column(default=b"")
    cosigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cosigner_id: Mapped[str] = mapped_column(default="", server_default="")
    cosigned_as: Mapped[str] = mapped_column(default="", server_default="")
    attested: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(NoteText, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "patient_id", "service_on"), Index(None, "author_id", "state"))


_IS_DRAFT = Note.__table__.c.state == NoteState.DRAFT.value
# Two tabs that begin the same note at once would otherwise each keep half of it.
Index(
    "uq_notes_one_draft",
    Note.attendance_id,
    Note.author_id,
    unique=True,
    sqlite_where=_IS_DRAFT,
    postgresql_where=_IS_DRAFT,
)


class NoteRevision(Base):
    """The text as it was saved once. Append-only: drafts are never lost to an overwrite."""

    __tablename__ = "note_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("nrv"))
    note_id: Mapped[str] = mapped_column(ForeignKey("notes.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(NoteText, owner="patient_id")
    __table_args__ = (Index("uq_note_revisions_note_number", "note_id", "number", unique=True),)


append_only(cast(Table, NoteRevision.__table__), "note_revisions_append_only")
guard(
    cast(Table, Note.__table__),
    sqlite=(
        "CREATE TRIGGER notes_locked BEFORE UPDATE ON notes WHEN OLD.state = 'locked' "
        "BEGIN SELECT RAISE(ABORT, 'note_locked'); END",
        "CREATE TRIGGER notes_kept BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'note_kept'); END",
    ),
    postgresql=(
        "CREATE FUNCTION notes_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'note_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF OLD.state = 'locked' THEN RAISE EXCEPTION 'note_locked' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER notes_locked BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION notes_locked()",
    ),
)
guard(
    cast(Table, Note.__table__),
    sqlite=(
        "CREATE TRIGGER notes_in_review BEFORE UPDATE OF sealed, patient_id, attendance_id, author_id, service_on "
        "ON notes WHEN OLD.state = 'review' BEGIN SELECT RAISE(ABORT, 'note_in_review'); END",
    ),
    postgresql=(
        "CREATE FUNCTION notes_in_review() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.attendance_id, OLD.author_id, OLD.service_on) "
        "IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.attendance_id, NEW.author_id, NEW.service_on) THEN "
        "RAISE EXCEPTION 'note_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER notes_in_review BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION notes_in_review()",
    ),
)

follow(cast(Table, Note.__table__))
