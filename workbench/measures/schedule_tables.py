"""Rows of which measures are due when: for everybody with a diagnosis or without, and for one patient otherwise."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.types import UtcDateTime


class MeasurePlan(Base):
    """A rule of the practice. `measure`: its name in files, `phq9`; `diagnosis`: a beginning of codes, "" is everybody.

    `patient_id`: the one patient it holds for instead, null for the practice. Ended rules stay.
    """

    __tablename__ = "measure_plans"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mpl"))
    measure: Mapped[str]
    cadence: Mapped[str]
    weeks: Mapped[int] = mapped_column(default=0)
    diagnosis: Mapped[str] = mapped_column(default="")
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "patient_id"),)


_STANDS = MeasurePlan.__table__.c.ended_at.is_(None)
_OF_ALL = _STANDS & MeasurePlan.__table__.c.patient_id.is_(None)
_OF_ONE = _STANDS & MeasurePlan.__table__.c.patient_id.is_not(None)
Index(
    "uq_measure_plans_practice", MeasurePlan.measure, MeasurePlan.diagnosis, unique=True, sqlite_where=_OF_ALL,
    postgresql_where=_OF_ALL,
)  # fmt: skip
Index(
    "uq_measure_plans_patient", MeasurePlan.patient_id, MeasurePlan.measure, unique=True, sqlite_where=_OF_ONE,
    postgresql_where=_OF_ONE,
)  # fmt: skip
