"""Rows of measures that were answered. What was answered is sealed; which measure and when is not."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class MeasureAnswers:
    """One answer an item, None where it was left out, and what the rule of that day made of them."""

    answers: tuple[int | None, ...]
    total: int | Decimal | None
    band: str = ""
    flags: tuple[str, ...] = ()


class MeasureResult(Base):
    """One administration. `rule` is the key and version it was scored by, so that it reads the same for ever."""

    __tablename__ = "measure_results"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("msr"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    attendance_id: Mapped[str | None] = mapped_column(ForeignKey("attendances.id"))
    rule: Mapped[str]
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    result = SealedDocument(MeasureAnswers, owner="patient_id")
    __table_args__ = (Index(None, "patient_id", "rule", "taken_at"),)


append_only(cast(Table, MeasureResult.__table__), "measure_results_append_only")
