"""Rows of the views of the calendar that people keep for themselves."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class ViewName:
    """What somebody calls it."""

    name: str = field(repr=False)


class CalendarView(Base):
    """A way to look at the calendar that one person keeps. The lists hold ids and codes with a space between.

    place_ids: of rooms and of places without a room. default_of: whose calendar opens with it, which is `staff_id` for
    one of each person's at most. Retired, never deleted. The name is sealed: people write what they like.
    """

    __tablename__ = "calendar_views"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cvw"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    sight: Mapped[str]
    clinician_ids: Mapped[str]
    place_ids: Mapped[str]
    states: Mapped[str]
    default_of: Mapped[str | None] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(ViewName, owner=PRACTICE)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def staff_concerned(self) -> frozenset[str]:
        """Whose it is."""
        return frozenset({self.staff_id})
