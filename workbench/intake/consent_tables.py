"""Rows of consents that somebody gave by signing, of those taken back, and of what answers propose to the record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class Consent(Base):
    """A consent, from the signature of its form until before `until_on` (open if null), unless it is taken back."""

    __tablename__ = "consents"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cns"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    response_id: Mapped[str] = mapped_column(ForeignKey("own_responses.id"), unique=True)
    kind: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    __table_args__ = (Index(None, "patient_id", "kind"),)


@dataclass(frozen=True)
class Withdrawn:
    """What they said, as whoever wrote it down heard it; may be empty."""

    said: str


class ConsentWithdrawal(Base):
    """A consent taken back, once. in_person: staff wrote it down on their word."""

    __tablename__ = "consent_withdrawals"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cnw"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consents.id"), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str]
    in_person: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Withdrawn, owner="patient_id")


@dataclass(frozen=True)
class Told:
    """A value in words."""

    value: str


class ProposedAnswer(Base):
    """One answer that says something else than the record does. field: see `proposals.FIELDS`."""

    __tablename__ = "proposed_answers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ppa"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    response_id: Mapped[str] = mapped_column(ForeignKey("own_responses.id"))
    field: Mapped[str]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Told, owner="patient_id")
    __table_args__ = (
        Index("uq_proposed_answers_field", "response_id", "field", unique=True),
        Index(None, "patient_id"),
    )


class ProposalDecision(Base):
    """What a member of staff said of a proposed answer, once."""

    __tablename__ = "proposal_decisions"
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposed_answers.id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    is_accepted: Mapped[bool]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str]


class AcceptedFact(Base):
    """What the record says of a field that is no part of the file's details; the highest `nth` holds."""

    __tablename__ = "accepted_facts"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("acf"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    field: Mapped[str]
    nth: Mapped[int]
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposed_answers.id"))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(Told, owner="patient_id")
    __table_args__ = (Index("uq_accepted_facts_nth", "patient_id", "field", "nth", unique=True),)


for _kept in (Consent, ConsentWithdrawal, ProposedAnswer, ProposalDecision, AcceptedFact):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
