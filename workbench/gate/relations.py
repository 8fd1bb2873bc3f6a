"""Who stands in which relation to whom, with dates: what "care team" and "supervisee" are judged by."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, SQLColumnExpression, Table, and_, or_, select, true
from sqlalchemy.orm import Mapped, mapped_column

from workbench.gate.actor import Anyone
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


@dataclass(frozen=True)
class Moment:
    """An instant and the practice's calendar day it lies on: relations go by the day, grants by the instant."""

    at: datetime
    on: date


class CareTeamMember(Base):
    """A member of staff who cares for a patient from `from_on` until before `until_on` (open if null)."""

    __tablename__ = "care_team_members"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ctm"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    is_primary: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index(None, "staff_id", "patient_id"), Index(None, "patient_id"))


class Supervision(Base):
    """A supervisor of a supervisee's work, with dates."""

    __tablename__ = "supervisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("sup"))
    supervisor_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    supervisee_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    __table_args__ = (Index(None, "supervisor_id"),)


class OwnRecord(Base):
    """A member of staff who is in care here too. They open that record in the portal, and nowhere in the staff site."""

    __tablename__ = "own_records"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("own"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), unique=True)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[str]


append_only(cast(Table, OwnRecord.__table__), "own_records_append_only")


def staff_in_care_as(patient_id: str) -> Select[str]:
    """The member of staff whose own record this is, if it is one."""
    return select(OwnRecord.staff_id).where(OwnRecord.patient_id == patient_id)


def not_own_record(actor: Anyone, patient_id: "SQLColumnExpression[Any]") -> ColumnElement[bool]:
    """The condition that a row is not about the actor's own record: lists and counts leave it out, as the gate does."""
    return patient_id != actor.own_patient_id if actor.own_patient_id else true()


def patients_cared_for(staff_id: str, when: Moment) -> Select[str]:
    """Ids of the patients on whose care team the person is on that day."""
    return select(CareTeamMember.patient_id).where(
        CareTeamMember.staff_id == staff_id,
        CareTeamMember.from_on <= when.on,
        or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > when.on),
    )


def patients_supervised(supervisor_id: str, when: Moment) -> Select[str]:
    """Ids of the patients whose care team holds a supervisee of this person on that day."""
    return (
        select(CareTeamMember.patient_id)
        .join(Supervision, Supervision.supervisee_id == CareTeamMember.staff_id)
        .where(
            Supervision.supervisor_id == supervisor_id,
            and_(Supervision.from_on <= when.on, CareTeamMember.from_on <= when.on),
            or_(Supervision.until_on.is_(None), Supervision.until_on > when.on),
            or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > when.on),
        )
    )
