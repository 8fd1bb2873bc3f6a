"""Rows of the short texts that somebody writes notes with: theirs alone, every version of them kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class SnippetText:
    """What it is called, and what it says, with blanks such as `[[mood]]`."""

    name: str
    text: str


class Snippet(Base):
    """One short text of one person. edition: the number of the version in use. retired_at: it is offered no more."""

    __tablename__ = "snippets"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("snp"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    edition: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SnippetVersion(Base):
    """What it said once. Append-only. Sealed: a text about no patient, and yet one of health."""

    __tablename__ = "snippet_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("snv"))
    snippet_id: Mapped[str] = mapped_column(ForeignKey("snippets.id"))
    edition: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(SnippetText, owner=PRACTICE)
    __table_args__ = (Index("uq_snippet_versions", "snippet_id", "edition", unique=True),)


append_only(cast(Table, SnippetVersion.__table__), "snippet_versions_append_only")
