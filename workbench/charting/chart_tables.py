"""Rows of what is stated of a patient and may change: diagnoses, medications, allergies, risk. Append-only versions.

Each statement is a line; what it says from then on is its highest edition. Nothing is overwritten, and all of it is
sealed with the patient's key: not even which code or which substance can be read in the database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class Certainty(StrEnum):
    """How sure a diagnosis is. Stored values."""

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    RULED_OUT = "ruled_out"


class Source(StrEnum):
    """Where a medication is known from. Stored values."""

    TOLD = "told"
    LABEL = "label"
    PRESCRIBER = "prescriber"


class Severity(StrEnum):
    """How bad a reaction was. Stored values."""

    UNKNOWN = "unknown"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class RiskLevel(StrEnum):
    """Stored values, as the note templates name them."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    IMMINENT = "imminent"


@dataclass(frozen=True)
class Diagnosis:
    """An ICD-10-CM code with its point. rank: 1 is the principal one. until: the first day it holds no more.

    why: why it ended, in words; empty while it holds.
    """

    code: str
    rank: int
    certainty: Certainty
    since: date
    until: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Medication:
    """What somebody takes, with the dose as it was said. until: the first day they take it no more.

    reviewed_on: when it was last gone through with them.
    """

    name: str
    dose: str
    prescriber: str
    source: Source
    reviewed_on: date
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Allergy:
    """A substance and what it does to them; or, `is_none_known`, that they know of none.

    said_on: the day they said so. withdrawn: why it is said no more; empty while it stands.
    """

    substance: str
    reaction: str
    severity: Severity
    said_on: date
    is_none_known: bool = False
    withdrawn: str = ""


@dataclass(frozen=True)
class Risk:
    """How great the risk of harm is judged to be, and why."""

    level: RiskLevel
    rationale: str


class LineVersion:
    """What one line of a list says from then on. said_by: a member of staff."""

    __tablename__: str
    line_id: Mapped[str]
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    edition: Mapped[int]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[bytes] = mapped_column(Envelope)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """Two people who say something of one line at once do not both say the next."""
        return (Index(f"uq_{cls.__tablename__}", "line_id", "edition", unique=True),)


class DiagnosisVersion(LineVersion, Base):
    """Of the diagnoses."""

    __tablename__ = "diagnosis_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dgv"))
    told = SealedDocument(Diagnosis, owner="patient_id")


class MedicationVersion(LineVersion, Base):
    """Of the medications."""

    __tablename__ = "medication_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mdv"))
    told = SealedDocument(Medication, owner="patient_id")


class AllergyVersion(LineVersion, Base):
    """Of the allergies."""

    __tablename__ = "allergy_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("agv"))
    told = SealedDocument(Allergy, owner="patient_id")


class RiskVersion(LineVersion, Base):
    """How the risk of one patient is judged; one line a patient, named by the patient's id."""

    __tablename__ = "risk_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rkv"))
    told = SealedDocument(Risk, owner="patient_id")


for _kept in (DiagnosisVersion, MedicationVersion, AllergyVersion, RiskVersion):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
