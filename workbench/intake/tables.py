"""Rows of packets and of what people in care answered. Who answers is no member of staff, so their answers are rows of
their own beside `form_responses`; the form itself is the same version of the same questionnaire.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class OwnState(StrEnum):
    """Where somebody's own answers stand. Stored values. Whatever is no draft never changes again."""

    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"
    """A measure: it is scored and needs no signature."""
    REFUSED = "refused"
    """They read it and said that they do not sign, and why."""


class Packet(Base):
    """A packet of the practice, whatever its version."""

    __tablename__ = "packets"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pkt"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]


class PacketVersion(Base):
    """What a packet is from then on; the highest `nth` holds. holds, rules: JSON (`rules.read_items`, `read_rules`).

    is_used: whether it is assigned any more.
    """

    __tablename__ = "packet_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pkv"))
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"))
    nth: Mapped[int]
    name: Mapped[str]
    holds: Mapped[str]
    rules: Mapped[str]
    is_used: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    __table_args__ = (Index("uq_packet_versions_nth", "packet_id", "nth", unique=True),)


class PacketAssignment(Base):
    """A packet that somebody is asked to fill in, with the version it was assigned in.

    by_rule: the booking assigned it. due_on: the day it is wanted by. withdrawn_at: staff took it back.
    """

    __tablename__ = "packet_assignments"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pas"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("packet_versions.id"))
    by_rule: Mapped[bool]
    due_on: Mapped[date | None]
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "patient_id"),)


@dataclass(frozen=True)
class OwnSignature:
    """Who signed, or said that they do not, and what exactly they agreed to by it.

    name: as they typed it. relation: `self` or a proxy's basis. statement: the words about signing electronically, in
    `language`. network: the address it came from. reason: why they do not sign.
    """

    name: str
    relation: str
    language: str
    statement: str
    network: str
    reason: str = ""


@dataclass(frozen=True)
class OwnAnswers:
    """The JSON of a FHIR QuestionnaireResponse, and who signed it."""

    response: str
    signature: OwnSignature | None = None


class OwnResponse(Base):
    """A form or a measure of a packet, as the person in care or who stands in for them answers it.

    place: where it stands in the packet, from 0. version_id: of a form, else None. rule: of a measure, else "".
    person_id: who answers: the patient, or a proxy. hash: of the questionnaire. content_hash: of what was signed.
    """

    __tablename__ = "own_responses"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("owr"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    assignment_id: Mapped[str] = mapped_column(ForeignKey("packet_assignments.id"))
    place: Mapped[int]
    version_id: Mapped[str | None] = mapped_column(ForeignKey("form_versions.id"))
    rule: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str]
    state: Mapped[str] = mapped_column(default=OwnState.DRAFT)
    hash: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_hash: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    answered = SealedDocument(OwnAnswers, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("uq_own_responses_place", "assignment_id", "place", unique=True),
        Index(None, "patient_id"),
    )


class OwnRevision(Base):
    """The answers as they were saved once, and by whose account."""

    __tablename__ = "own_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("orv"))
    response_id: Mapped[str] = mapped_column(ForeignKey("own_responses.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    answered = SealedDocument(OwnAnswers, owner="patient_id")
    __table_args__ = (Index("uq_own_revisions_number", "response_id", "number", unique=True),)


append_only(cast(Table, Packet.__table__), "packets_append_only")
append_only(cast(Table, PacketVersion.__table__), "packet_versions_append_only")
append_only(cast(Table, OwnRevision.__table__), "own_revisions_append_only")
guard(
    cast(Table, OwnResponse.__table__),
    sqlite=(
        "CREATE TRIGGER own_responses_locked BEFORE UPDATE ON own_responses WHEN OLD.state <> 'draft' "
        "BEGIN SELECT RAISE(ABORT, 'own_responses_locked'); END",
        "CREATE TRIGGER own_responses_kept BEFORE DELETE ON own_responses "
        "BEGIN SELECT RAISE(ABORT, 'own_responses_locked'); END",
    ),
    postgresql=(
        "CREATE FUNCTION own_responses_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' OR OLD.state <> 'draft' THEN RAISE EXCEPTION 'own_responses_locked' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER own_responses_locked BEFORE UPDATE OR DELETE ON own_responses "
        "FOR EACH ROW EXECUTE FUNCTION own_responses_locked()",
    ),
)
