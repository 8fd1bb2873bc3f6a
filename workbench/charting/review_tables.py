"""Rows of what supervisors gave back. A comment is for the author; it is no part of the record that is given out."""

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
class ReturnedFor:
    """What is to be revised."""

    comment: str


class Returned(Base):
    """A signed note or form given back for revision. `content_hash`: of what was signed and is signed no more."""

    __tablename__ = "returned_for_revision"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ret"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    note_id: Mapped[str | None] = mapped_column(ForeignKey("notes.id"))
    response_id: Mapped[str | None] = mapped_column(ForeignKey("form_responses.id"))
    supervisor_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    returned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_hash: Mapped[str]
    signed_as: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(ReturnedFor, owner="patient_id")
    __table_args__ = (
        CheckConstraint("(note_id IS NULL) <> (response_id IS NULL)", name="one_target"),
        Index(None, "note_id"),
        Index(None, "response_id"),
    )


append_only(cast(Table, Returned.__table__), "returned_for_revision_append_only")
