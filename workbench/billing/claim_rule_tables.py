"""Rows of what is asked before a claim: what each payer wants, and which charges were let through and why."""

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


class PayerTerms(Base):
    """What a payer wants before it is claimed, from `set_at` on. Append-only: the greatest `nth` of a payer counts.

    needs_note: only signed notes are claimed; so it is for a payer without terms.
    """

    __tablename__ = "payer_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ptm"))
    payer_id: Mapped[str] = mapped_column(ForeignKey("payers.id"))
    nth: Mapped[int]
    needs_note: Mapped[bool]
    reason: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (Index("uq_payer_terms_nth", "payer_id", "nth", unique=True),)


@dataclass(frozen=True)
class OverrideWords:
    """Why; about one person's care, so it is sealed with their key."""

    reason: str


class OverrideRequest(Base):
    """A biller asks whoever may set codes to let a held charge through one rule. Append-only.

    says: the sentence of the rule when it was asked; codes, minutes and places only.
    """

    __tablename__ = "override_requests"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rlr"))
    charge_id: Mapped[str] = mapped_column(ForeignKey("charges.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    rule: Mapped[str]
    says: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(OverrideWords, owner="patient_id")


class OverrideAnswer(Base):
    """What was answered, once for each request. Append-only."""

    __tablename__ = "override_answers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rla"))
    request_id: Mapped[str] = mapped_column(ForeignKey("override_requests.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    is_overridden: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(OverrideWords, owner="patient_id")


for _kept in (PayerTerms, OverrideRequest, OverrideAnswer):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
