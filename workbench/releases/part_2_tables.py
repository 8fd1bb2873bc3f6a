"""Rows of what is under 42 CFR Part 2 and of the consents to it. Append-only: an end is a row of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime

EPISODE: Final = "episode"
"""A mark of this kind covers everything of a time in a programme; every other kind covers one record."""


class EndKind(StrEnum):
    """How a mark ends. Stored values."""

    CLOSED = "closed"
    """The programme ended: what is dated later is not covered, what was covered stays so."""
    LIFTED = "lifted"
    """It covers nothing any more. Another person than the one who set it says so."""


class ConsentKind(StrEnum):
    """What a consent under 2.31 is for. Stored values."""

    CARE = "care"
    """All future treatment, payment and health care operations, by one consent."""
    NAMED = "named"
    """Recipients by their names, for a purpose."""
    PROCEEDINGS = "proceedings"
    """Civil, criminal, administrative or legislative proceedings; never part of another consent (2.31(d))."""


@dataclass(frozen=True)
class Part2Why:
    """Why it is set or ended: the programme, and what was seen."""

    why: str


class Part2Mark(Base):
    """That something is data of a Part 2 programme. target_id: the record, empty for an episode.

    from_on: the first day of an episode; None: of a single record.
    """

    __tablename__ = "part_2_marks"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("p2m"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    target_id: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by: Mapped[str]
    marker_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Part2Why, owner="patient_id")

    __table_args__ = (
        UniqueConstraint("id", "marker_id"),
        Index(None, "patient_id"),
        CheckConstraint("(kind = 'episode') = (from_on IS NOT NULL)", name="episode_has_days"),
    )


class Part2End(Base):
    """The end of a mark. until_on: the first day an episode covers no longer, of a closed one."""

    __tablename__ = "part_2_ends"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("p2e"))
    mark_id: Mapped[str]
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    until_on: Mapped[date | None]
    marker_id: Mapped[str]
    ender_id: Mapped[str]
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Part2Why, owner="patient_id")

    __table_args__ = (
        UniqueConstraint("mark_id", "kind"),
        ForeignKeyConstraint(["mark_id", "marker_id"], ["part_2_marks.id", "part_2_marks.marker_id"]),
        CheckConstraint("(kind = 'closed') = (until_on IS NOT NULL)", name="closed_on_a_day"),
        CheckConstraint("kind <> 'lifted' OR ender_id <> marker_id", name="lifted_by_another"),
        Index(None, "patient_id"),
    )


@dataclass(frozen=True)
class ConsentText:
    """To whom, what and what for, as it was signed. recipients: names; a class of them is enough for care."""

    recipients: tuple[str, ...]
    what: str
    purpose: str


class Part2Consent(Base):
    """A written consent under 2.31, from `from_on` until before `until_on` (open if null)."""

    __tablename__ = "part_2_consents"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("p2c"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str]
    signed_on: Mapped[date]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(ConsentText, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


class Part2Withdrawal(Base):
    """A consent taken back: from `withdrawn_at` on nothing rests on it (2.31(a)(6))."""

    __tablename__ = "part_2_withdrawals"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("p2w"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("part_2_consents.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Part2Why, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


for _kept in (Part2Mark, Part2End, Part2Consent, Part2Withdrawal):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
