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
    """One answer an item in the measure's order, and what the rule of that day made of them.

    answers: None where an item was left out; responses, not points; of what is entered by its total there are none.
    """

    answers: tuple[int | Decimal | str | None, ...]
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


class MeasureAlert(Base):
    """Answers that somebody must look at, one alert an administration. `flags`: what was raised, with spaces between.

    `owner_id`: who is to answer it. It is answered once, by a row of its own, and never changed.
    """

    __tablename__ = "measure_alerts"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("alt"))
    result_id: Mapped[str] = mapped_column(ForeignKey("measure_results.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    rule: Mapped[str]
    flags: Mapped[str]
    owner_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index("uq_measure_alerts_result", "result_id", unique=True),
        Index(None, "patient_id", "raised_at"),
    )


@dataclass(frozen=True)
class AlertDone:
    """What was done about an alert, in the words of who did it."""

    what: str


class MeasureAlertAnswer(Base):
    """Who answered an alert, when, and what they did."""

    __tablename__ = "measure_alert_answers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ala"))
    alert_id: Mapped[str] = mapped_column(ForeignKey("measure_alerts.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[bytes] = mapped_column(Envelope)
    done = SealedDocument(AlertDone, owner="patient_id")
    __table_args__ = (Index("uq_measure_alert_answers_alert", "alert_id", unique=True),)


append_only(cast(Table, MeasureAlert.__table__), "measure_alerts_append_only")
append_only(cast(Table, MeasureAlertAnswer.__table__), "measure_alert_answers_append_only")
