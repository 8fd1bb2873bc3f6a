"""Rows of what was added to a locked note or form. Append-only: what was signed stays, and so does what follows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class AddendumText:
    """What is added, and why."""

    reason: str
    text: str


class Addendum(Base):
    """One entry after a locked note or form; `number` counts them, `content_hash` is of what was signed.

    `target_hash`: of the note or form it was added to, so that it can never be read beside another.
    """

    __tablename__ = "addenda"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("add"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    note_id: Mapped[str | None] = mapped_column(ForeignKey("notes.id"))
    response_id: Mapped[str | None] = mapped_column(ForeignKey("form_responses.id"))
    number: Mapped[int]
    kind: Mapped[str]
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_as: Mapped[str]
    target_hash: Mapped[str]
    content_hash: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(AddendumText, owner="patient_id")
    __table_args__ = (
        CheckConstraint("(note_id IS NULL) <> (response_id IS NULL)", name="one_target"),
        Index("uq_addenda_note", "note_id", "number", unique=True),
        Index("uq_addenda_response", "response_id", "number", unique=True),
        Index(None, "patient_id"),
    )


append_only(cast(Table, Addendum.__table__), "addenda_append_only")
