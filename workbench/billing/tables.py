"""Rows of the fee schedule and of charges. Codes and amounts are columns, diagnoses are sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.changes import follow
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class Service(Base):
    """One line of the practice's fee schedule.

    `label` is the practice's own short word for the code: the descriptors of the code's owner may not be shipped.
    `least_minutes`, `most_minutes`: the time that makes this code, both ends included; null where time does not decide.
    """

    __tablename__ = "services"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("svc"))
    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    amount_cents: Mapped[int]
    least_minutes: Mapped[int | None]
    most_minutes: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (CheckConstraint("amount_cents >= 0", name="amount_not_negative"),)


@dataclass(frozen=True)
class ChargeDetails:
    """The diagnoses a charge is for: ICD-10-CM codes without dots, the principal one first."""

    diagnoses: tuple[str, ...] = ()


class Charge(Base):
    """What one attendance costs: one service of one patient on one day.

    `payer_id` and `coverage_id` are null where the patient pays. `modifiers`: two characters each, parted by commas.
    """

    __tablename__ = "charges"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("chg"))
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    note_id: Mapped[str | None] = mapped_column(ForeignKey("notes.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    clinician_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    payer_id: Mapped[str | None] = mapped_column(ForeignKey("payers.id"))
    coverage_id: Mapped[str | None] = mapped_column(ForeignKey("coverages.id"))
    service_on: Mapped[date]
    service_code: Mapped[str]
    modifiers: Mapped[str] = mapped_column(default="")
    units: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[int]
    place_code: Mapped[str]
    amount_cents: Mapped[int]
    captured_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(ChargeDetails, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("uq_charges_attendance_code", "attendance_id", "service_code", unique=True),
        Index(None, "patient_id", "service_on"),
        Index(None, "service_on"),
    )

    @property
    def modifier_codes(self) -> tuple[str, ...]:
        """Two characters each, in their order."""
        return tuple(filter(None, self.modifiers.split(",")))


for _followed in (Service, Charge):
    follow(cast(Table, _followed.__table__))
