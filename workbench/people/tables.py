"""Rows of people and places. What identifies a person is in the sealed document; the columns beside it do not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, LargeBinary, Table
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.changes import follow
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class PatientDetails:
    """What identifies a patient. `sex` is the administrative one that claims ask for (F, M, U).

    `zone`: where their clock is another one than the practice's (IANA), else "".
    """

    given_name: str
    family_name: str
    born_on: date
    preferred_name: str = ""
    pronouns: str = ""
    sex: str = "U"
    phone: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    zone: str = ""

    @property
    def shown_name(self) -> str:
        """How staff see the person in lists: the preferred given name first."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Given and family name by which a text may mean the person."""
        return (self.given_name, self.family_name), (self.preferred_name, self.family_name)


@dataclass(frozen=True)
class StaffDetails:
    """A member of staff. `npi` is the 10-digit national provider identifier of those who render care, else empty."""

    given_name: str
    family_name: str
    credentials: str = ""
    email: str = ""
    npi: str = ""

    @property
    def shown_name(self) -> str:
        """Name with credentials, as on a note: `Ada Byron, LCSW`."""
        return f"{self.given_name} {self.family_name}" + (f", {self.credentials}" if self.credentials else "")


@dataclass(frozen=True)
class PracticeDetails:
    """The practice as claims name it. `npi` is the billing provider's; `tax_id` has nine digits."""

    name: str
    npi: str
    tax_id: str
    street: str
    city: str
    state: str
    zip_code: str
    phone: str


class Practice(Base):
    """The one practice of this store: its zone, its words, its hours, whether it is synthetic.

    notice_hours: a cancellation later than this before the start is late. opens_hour and closes_hour: the wall clock
    between which slots are offered, Monday to Friday, until clinicians have hours of their own.
    """

    __tablename__ = "practice"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("prc"))
    zone: Mapped[str]
    patient_word: Mapped[str] = mapped_column(default="client")
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    notice_hours: Mapped[int] = mapped_column(default=24)
    opens_hour: Mapped[int] = mapped_column(default=8)
    closes_hour: Mapped[int] = mapped_column(default=18)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(PracticeDetails, owner=PRACTICE)


class Location(Base):
    """A place of service: an office, or the patient's home by video. `place_code` is the claim's place of service.

    What else is known of it, and what was said before, is in `PlaceVersion`. Retired, never deleted.
    """

    __tablename__ = "locations"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("loc"))
    name: Mapped[str]
    place_code: Mapped[str]
    is_telehealth: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Staff(Base):
    """A member of staff. `ended_on`: the first day they no longer work here."""

    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("stf"))
    is_clinician: Mapped[bool] = mapped_column(default=False)
    weekly_hours: Mapped[int] = mapped_column(default=0)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(StaffDetails, owner=PRACTICE)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def staff_concerned(self) -> frozenset[str]:
        """One's own staff record."""
        return frozenset({self.id})


class Patient(Base):
    """A person in care. `number` is what the practice calls the file; it says nothing about the person."""

    __tablename__ = "patients"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pat"))
    number: Mapped[int] = mapped_column(unique=True)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(PatientDetails, owner="id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def patients_concerned(self, session: Session) -> frozenset[str]:  # noqa: ARG002
        """The patient."""
        return frozenset({self.id})


class PatientRevision(Base):
    """What a file said before it was corrected. Append-only. `fields`: the names of what was changed then."""

    __tablename__ = "patient_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("prv"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    nth: Mapped[int]
    fields: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(PatientDetails, owner="patient_id")
    __table_args__ = (Index("uq_patient_revisions_nth", "patient_id", "nth", unique=True),)


class PatientToken(Base):
    """A blind token of something a patient can be found by: `name` (a prefix or a sound), `born`, `phone`."""

    __tablename__ = "patient_tokens"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    token: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (Index(None, "token", "patient_id"), Index(None, "patient_id"))


append_only(cast(Table, PatientRevision.__table__), "patient_revisions_append_only")
for _followed in (Location, Staff, Patient):
    follow(cast(Table, _followed.__table__))
