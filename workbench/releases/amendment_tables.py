"""Rows of requests to amend a record (45 CFR 164.526), and every step of each. Append-only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class StepKind(StrEnum):
    """What happens to a request, each at most once. Stored values."""

    EXTENDED = "extended"
    ACCEPTED = "accepted"
    DENIED = "denied"
    DISAGREED = "disagreed"
    REBUTTED = "rebutted"


@dataclass(frozen=True)
class AmendmentText:
    """What is said to be wrong, why, and who is to be told where it is amended."""

    wrong: str
    why: str
    tell: str


class AmendmentRequest(Base):
    """A wish that a record be amended. kind, record_id: the record it is about; kind "other": none of them.

    author_id: who wrote that record, empty where nobody did here. due_on: 60 days from `received_on`.
    """

    __tablename__ = "amendment_requests"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("amr"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    record_id: Mapped[str]
    author_id: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(AmendmentText, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"), Index(None, "kind", "record_id"))


@dataclass(frozen=True)
class StepText:
    """What is told in the step: the reason for more time, the basis, the statement, the rebuttal; and who was told."""

    words: str
    told_to: str = ""


class AmendmentStep(Base):
    """One step. decision: 1 for either answer, so that there is one; None else. ground: of 164.526(a)(2), of a denial.

    due_on: the new last day, of an extension. addendum_id: what was added to the record, of an acceptance.
    """

    __tablename__ = "amendment_steps"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ams"))
    request_id: Mapped[str] = mapped_column(ForeignKey("amendment_requests.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    decision: Mapped[int | None]
    ground: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    addendum_id: Mapped[str] = mapped_column(default="")
    said_as: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(StepText, owner="patient_id")

    __table_args__ = (
        UniqueConstraint("request_id", "kind"),
        UniqueConstraint("request_id", "decision"),
        CheckConstraint("(kind IN ('accepted', 'denied')) = (decision IS NOT NULL)", name="answered_once"),
        CheckConstraint("(kind = 'denied') = (ground <> '')", name="denied_on_a_ground"),
        Index(None, "patient_id"),
    )


for _kept in (AmendmentRequest, AmendmentStep):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
