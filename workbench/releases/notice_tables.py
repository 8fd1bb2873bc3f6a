"""Rows of the notice of privacy practices: each version as published, and what each person said to it. Append-only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class NoticeAnswerKind(StrEnum):
    """What somebody said to a version. Stored values."""

    RECEIVED = "received"
    DECLINED = "declined"


class PrivacyNotice(Base):
    """One version. The one with the highest `number` is in force from `effective_on` on. changed: what is new in it."""

    __tablename__ = "privacy_notices"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("npp"))
    number: Mapped[int]
    words: Mapped[str]
    changed: Mapped[str]
    effective_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str]
    __table_args__ = (Index("uq_privacy_notices_number", "number", unique=True),)


@dataclass(frozen=True)
class NoticeEffort:
    """Of who declined: what was done to get it acknowledged, and why it was not (45 CFR 164.520(c)(2)(ii))."""

    words: str


class NoticeAnswer(Base):
    """That a version was received, or that its acknowledgement was declined. said_by: the user who said or noted it."""

    __tablename__ = "notice_answers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("npa"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    notice_id: Mapped[str] = mapped_column(ForeignKey("privacy_notices.id"))
    answer: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(NoticeEffort, owner="patient_id")
    __table_args__ = (Index("uq_notice_answers", "patient_id", "notice_id", "answer", unique=True),)


append_only(cast(Table, PrivacyNotice.__table__), "privacy_notices_append_only")
append_only(cast(Table, NoticeAnswer.__table__), "notice_answers_append_only")
