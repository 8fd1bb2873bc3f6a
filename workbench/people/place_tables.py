"""Rows of what was said of the places of the practice, each version of it."""

from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime


class PlaceVersion(Base):
    """The `nth` time somebody said what a place is. Append-only: the greatest `nth` counts.

    kind: a `PlaceKind`. npi: of the place itself, where it has one. zone: its clock, where it is another one than the
    practice's (IANA), else "".
    """

    __tablename__ = "place_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("plv"))
    location_id: Mapped[str] = mapped_column(ForeignKey("locations.id"))
    nth: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    place_code: Mapped[str]
    npi: Mapped[str]
    zone: Mapped[str]
    street: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    zip_code: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str]
    __table_args__ = (Index("uq_place_versions_nth", "location_id", "nth", unique=True),)


append_only(cast(Table, PlaceVersion.__table__), "place_versions_append_only")
