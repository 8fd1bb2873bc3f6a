"""Rows of copies that leave: requests, decisions, packets, the accounting of disclosures, restrictions. Append-only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class ReleaseText:
    """To whom and where, what for, and the paper it rests on (which order, which authorization, whose letter)."""

    recipient: str
    address: str
    purpose: str
    authority: str


@dataclass(frozen=True)
class Said:
    """A reason or a remark in somebody's words."""

    words: str


class ReleaseRequest(Base):
    """A wish for a copy. kinds: record kinds, comma between; from_on, to_on: days of the records, both included.

    order_under: the section of 42 CFR part 2 a court order rests on, empty for none; proceeding: civil or criminal,
    empty where it is for none. expires_on: the first day on which its paper counts no longer.
    """

    __tablename__ = "release_requests"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rel"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    ground: Mapped[str]
    kinds: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    order_under: Mapped[str] = mapped_column(default="")
    proceeding: Mapped[str] = mapped_column(default="")
    expires_on: Mapped[date | None]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by: Mapped[str]
    requester_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(ReleaseText, owner="patient_id")

    __table_args__ = (UniqueConstraint("id", "requester_id"), Index(None, "patient_id"))


class ReleaseDecision(Base):
    """What another person said of a request, once."""

    __tablename__ = "release_decisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rld"))
    request_id: Mapped[str] = mapped_column(unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    requester_id: Mapped[str]
    decider_id: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_approved: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Said, owner="patient_id")

    __table_args__ = (
        ForeignKeyConstraint(["request_id", "requester_id"], ["release_requests.id", "release_requests.requester_id"]),
        CheckConstraint("decider_id <> requester_id", name="released_by_another"),
        Index(None, "patient_id"),
    )


class ReleaseRevocation(Base):
    """The authorization behind a request was taken back: nothing leaves by it any more (45 CFR 164.508(b)(5))."""

    __tablename__ = "release_revocations"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rlv"))
    request_id: Mapped[str] = mapped_column(ForeignKey("release_requests.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    revoked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Said, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


@dataclass(frozen=True)
class PacketFile:
    """The packet as it left, base64 of a ZIP: a sealed document is JSON, and JSON has no bytes."""

    base64: str


class ReleasePacket(Base):
    """What left, every byte of it, kept for ever. sha256: hex, of the file; pdf_sha256: of the paper in it."""

    __tablename__ = "release_packets"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rlp"))
    request_id: Mapped[str] = mapped_column(ForeignKey("release_requests.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    sha256: Mapped[str] = mapped_column(unique=True)
    pdf_sha256: Mapped[str]
    byte_count: Mapped[int]
    record_count: Mapped[int]
    has_part_2: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    file = SealedDocument(PacketFile, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


@dataclass(frozen=True)
class DisclosureText:
    """The four things 45 CFR 164.528(b)(2) asks for, beside the day."""

    recipient: str
    address: str
    what: str
    purpose: str


class Disclosure(Base):
    """One line of the accounting. is_exempt: of a purpose that the accounting may leave out; it is kept all the same.

    request_id: the packet that left, None for what was told otherwise.
    """

    __tablename__ = "disclosures"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dsc"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("release_requests.id"))
    ground: Mapped[str]
    is_exempt: Mapped[bool]
    has_part_2: Mapped[bool] = mapped_column(default=False)
    disclosed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(DisclosureText, owner="patient_id")

    __table_args__ = (Index(None, "patient_id", "disclosed_on"),)


@dataclass(frozen=True)
class RestrictionText:
    """Which recipient it is kept from (empty: every one), and what was agreed."""

    recipient: str
    words: str


class Restriction(Base):
    """What the practice agreed not to disclose (45 CFR 164.522(a)): records of these kinds and days, both included.

    against: all, payers or named.
    """

    __tablename__ = "restrictions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rst"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    against: Mapped[str]
    kinds: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(RestrictionText, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


class RestrictionEnd(Base):
    """A restriction that was ended, and why."""

    __tablename__ = "restriction_ends"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rse"))
    restriction_id: Mapped[str] = mapped_column(ForeignKey("restrictions.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Said, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"),)


for _kept in (ReleaseRequest, ReleaseDecision, ReleaseRevocation, ReleasePacket, Disclosure, Restriction,
              RestrictionEnd):  # fmt: skip
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
