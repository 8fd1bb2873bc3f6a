"""Rows of files in clients' records: the bytes as they came, and every filing of them. Both append-only."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.documents.tables import Content
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class FilingText:
    """What it is called, and why it was filed so; the reason is empty at the first filing."""

    title: str
    reason: str = ""


class PatientDocument(Base):
    """The bytes of a file in one record, sealed with that patient's key. `media_type`: found in the bytes.

    moved_from: the document of another record that these bytes were taken out of.
    """

    __tablename__ = "patient_documents"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pdo"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    sha256: Mapped[str]
    byte_count: Mapped[int]
    media_type: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_by: Mapped[str]
    moved_from: Mapped[str | None] = mapped_column(ForeignKey("patient_documents.id"))
    sealed: Mapped[bytes] = mapped_column(Envelope)
    content = SealedDocument(Content, owner="patient_id")
    __table_args__ = (Index("uq_patient_documents_bytes", "patient_id", "sha256", unique=True),)


class DocumentFiling(Base):
    """How a document is filed from then on; the highest `number` holds.

    is_out: it is taken out of this record. moved_to: the document of another record that it is now.
    """

    __tablename__ = "document_filings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fil"))
    document_id: Mapped[str] = mapped_column(ForeignKey("patient_documents.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    category: Mapped[str]
    audience: Mapped[str]
    is_out: Mapped[bool] = mapped_column(default=False)
    moved_to: Mapped[str | None] = mapped_column(ForeignKey("patient_documents.id"))
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(FilingText, owner="patient_id")
    __table_args__ = (
        Index("uq_document_filings_number", "document_id", "number", unique=True),
        Index(None, "patient_id"),
    )


append_only(cast(Table, PatientDocument.__table__), "patient_documents_append_only")
append_only(cast(Table, DocumentFiling.__table__), "document_filings_append_only")
