"""Rows of who comes together: a couple, a family or a group, and its members from when until when.

Every member keeps a record of their own. What is held together hangs on the appointment, what is one's own on the
attendance.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, column, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.types import UtcDateTime


class PatientGroup(Base):
    """Who comes together. `name`: the practice's word for a group, "" for a couple or a family.

    most: how many it takes. `billed_id`: whose sessions a couple's or family's are, for the payer; None where everybody
    is charged for their own part.
    """

    __tablename__ = "patient_groups"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("grp"))
    kind: Mapped[str]
    name: Mapped[str]
    most: Mapped[int]
    billed_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (CheckConstraint("most BETWEEN 1 AND 30", name="of_a_size"),)

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Who belongs to it now."""
        return frozenset(session.scalars(members_of(self.id)))


class GroupMember(Base):
    """One patient's time in a group. Never deleted: who left keeps the day."""

    __tablename__ = "group_members"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("gmb"))
    group_id: Mapped[str] = mapped_column(ForeignKey("patient_groups.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    joined_on: Mapped[date]
    joined_by: Mapped[str]
    left_on: Mapped[date | None]
    left_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index(
            "uq_group_members_now", "group_id", "patient_id", unique=True,
            sqlite_where=column("left_on").is_(None), postgresql_where=column("left_on").is_(None),
        ),
    )  # fmt: skip


def members_of(group_id: str) -> "Select[str]":
    """The ids of who belongs to a group now."""
    return select(GroupMember.patient_id).where(GroupMember.group_id == group_id, GroupMember.left_on.is_(None))
