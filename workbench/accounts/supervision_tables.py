"""Rows of hours of supervision, apart from every chart: what was logged, agreed to, taken back. Nothing is changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class SupervisionWords:
    """What it was about, without a name."""

    topic: str


class SupervisionHours(Base):
    """One meeting. staff_id: who supervised; clinician_id: who was supervised. Whoever logs it agrees to it thereby."""

    __tablename__ = "supervision_hours"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("svh"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    clinician_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    held_on: Mapped[date]
    minutes: Mapped[int]
    kind: Mapped[str]
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    logged_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(SupervisionWords, owner=PRACTICE)
    __table_args__ = (CheckConstraint("minutes > 0", name="some_time"),)


class SupervisionStep(Base):
    """What became of it: the other one agreed, or one of both took it back. Once each. said: why it was taken back."""

    __tablename__ = "supervision_steps"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("svs"))
    hours_id: Mapped[str] = mapped_column(ForeignKey("supervision_hours.id"))
    step: Mapped[str]
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by: Mapped[str]
    said: Mapped[str]
    __table_args__ = (Index("uq_supervision_steps", "hours_id", "step", unique=True),)


class SupervisionTerms(Base):
    """How many minutes a month everybody who is supervised needs, from `set_at` on. The greatest `nth` counts."""

    __tablename__ = "supervision_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("svt"))
    nth: Mapped[int]
    minutes_a_month: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (Index("uq_supervision_terms_nth", "nth", unique=True),)


for _kept in (SupervisionHours, SupervisionStep, SupervisionTerms):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
