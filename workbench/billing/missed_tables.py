"""Rows of what missed sessions cost: the terms as they were set, and what was decided about each."""

from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


class MissedTerms(Base):
    """What is told to everybody who books, from `set_at` on. Append-only: the greatest `nth` counts."""

    __tablename__ = "missed_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mtm"))
    nth: Mapped[int]
    notice_hours: Mapped[int]
    late_cents: Mapped[int]
    no_show_cents: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("late_cents >= 0 AND no_show_cents >= 0 AND notice_hours >= 0", name="not_below_zero"),
        Index("uq_missed_terms_nth", "nth", unique=True),
    )


class MissedServiceTerms(Base):
    """What one kind of appointment costs instead, for sessions from the day `from_on` on. Append-only.

    Of two for one day the greatest `nth` counts. late_cents, no_show_cents: None is as for every other kind.
    """

    __tablename__ = "missed_service_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mst"))
    type_id: Mapped[str] = mapped_column(ForeignKey("appointment_types.id"))
    nth: Mapped[int]
    from_on: Mapped[date]
    late_cents: Mapped[int | None]
    no_show_cents: Mapped[int | None]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("late_cents >= 0 AND no_show_cents >= 0", name="not_below_zero"),
        Index("uq_missed_service_terms_nth", "type_id", "nth", unique=True),
    )


class MissedFee(Base):
    """What was decided about one missed session: charged, or waived and why. Append-only, once for each.

    cents: what it was, also of one that was waived.
    """

    __tablename__ = "missed_fees"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mfe"))
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    kind: Mapped[str]
    cents: Mapped[int]
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charges.id"))
    waived_because: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    decided_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("(charge_id IS NULL) = (waived_because <> '')", name="charged_or_waived"),
        Index("uq_missed_fees_attendance", "attendance_id", unique=True),
    )


for _kept in (MissedTerms, MissedServiceTerms, MissedFee):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
