"""Rows of kept files. The bytes are in the sealed document; what they are is beside it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


class DocumentKind(StrEnum):
    """What a file is. Stored values."""

    CLAIM_FILE = "claim_file"
    REMITTANCE_FILE = "remittance_file"


@dataclass(frozen=True)
class Content:
    """The bytes of a file in base64: a sealed document is JSON, and JSON has no bytes."""

    base64: str

    @classmethod
    def of(cls, data: bytes) -> "Content":
        """The content that holds `data`."""
        return cls(base64.b64encode(data).decode("ascii"))

    @property
    def data(self) -> bytes:
        """The bytes as they were given."""
        return base64.b64decode(self.base64)


class Document(Base):
    """A file as it came or went. Append-only: it is evidence, every byte of it.

    `sha256` (hex) is unique: the same bytes are kept once. `byte_count`: its length.
    """

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("doc"))
    kind: Mapped[str]
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    sha256: Mapped[str] = mapped_column(unique=True)
    byte_count: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    content = SealedDocument(Content, owner=PRACTICE)


append_only(cast(Table, Document.__table__), "documents_append_only")


def sha256_of(data: bytes) -> str:
    """How a file is known, in hex."""
    return hashlib.sha256(data).hexdigest()


def document(kind: DocumentKind, data: bytes, *, stored_at: datetime, stored_by: str) -> Document:
    """The row that keeps `data` for the practice."""
    return Document(
        kind=kind,
        patient_id=None,
        sha256=sha256_of(data),
        byte_count=len(data),
        stored_at=stored_at,
        stored_by=stored_by,
        content=Content.of(data),
    )
