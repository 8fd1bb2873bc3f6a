"""Rows of what the portal shows of a record: the practice's rule by kind, and what was said of one record.

Append-only: what is said last holds, and what held before can be told.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class SharingMode(StrEnum):
    """When a signed record appears. Stored values."""

    AT_ONCE = "at_once"
    AFTER_DAYS = "after_days"
    ON_REQUEST = "on_request"


class SharingRule(Base):
    """When records of one kind appear, from then on and for those that are there. The highest `number` of a kind holds.

    days: from the signature, of `after_days`; else 0. why: what a delay or none rests on; no health data.
    """

    __tablename__ = "sharing_rules"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("shr"))
    kind: Mapped[str]
    number: Mapped[int]
    mode: Mapped[str]
    days: Mapped[int]
    why: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (
        Index("uq_sharing_rules_number", "kind", "number", unique=True),
        CheckConstraint("(mode = 'after_days') = (days > 0)", name="days_of_a_delay"),
    )


@dataclass(frozen=True)
class SharingWhy:
    """What led to it, for the practice; the person is told the ground."""

    words: str


class SharingDecision(Base):
    """What was said of one record, whatever the rule says. The highest `number` of a record holds.

    ground: of 45 CFR 164.524(a)(2) or (3), where it is not shown; else empty.
    """

    __tablename__ = "sharing_decisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("shd"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    record_id: Mapped[str]
    number: Mapped[int]
    is_shown: Mapped[bool]
    ground: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(SharingWhy, owner="patient_id")
    __table_args__ = (
        Index("uq_sharing_decisions_number", "record_id", "number", unique=True),
        Index(None, "patient_id"),
        CheckConstraint("is_shown = (ground = '')", name="withheld_on_a_ground"),
    )


append_only(cast(Table, SharingRule.__table__), "sharing_rules_append_only")
append_only(cast(Table, SharingDecision.__table__), "sharing_decisions_append_only")
