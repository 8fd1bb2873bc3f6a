"""Leaving: the end of somebody's employment, what happens at it, and the certificate that says so.

45 CFR 164.308(a)(3)(ii)(C): access ends when the employment does. The account's own end (`users.ends_at`) closes it at
that very instant; the job that follows tidies up and writes the certificate.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


class OwnDeparture(WorkbenchError):
    """Nobody ends their own employment here."""

    def __init__(self) -> None:
        super().__init__("Somebody else enters your own leaving.")


class LeavingAlready(WorkbenchError):
    """An end is set already."""

    def __init__(self) -> None:
        super().__init__("An end is set for this person already. Take it back first, then set another.")


class EndIsPast(WorkbenchError):
    """The end lies in the past."""

    def __init__(self) -> None:
        super().__init__("This end lies in the past. Choose now, or a time to come.")


class NotTheirColleague(WorkbenchError):
    """Whoever takes over must be somebody else who works here."""

    def __init__(self) -> None:
        super().__init__("Choose a colleague who sees clients and works here beyond that day.")


class GoneAlready(WorkbenchError):
    """The end has come; it cannot be taken back."""

    def __init__(self) -> None:
        super().__init__("This person has left already. To come back, an account is asked for again.")


class Departure(Base):
    """One end of employment. handed_to: who takes over the patients, if named. withdrawn_at: taken back in time."""

    __tablename__ = "departures"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dep"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_to: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("requested_by <> staff_id", name="by_another"),
        CheckConstraint("handed_to <> staff_id", name="to_another"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


_STANDS = Departure.__table__.c.withdrawn_at.is_(None)
# Two who enter the same leaver at once would otherwise both be right.
Index("uq_departures_one", Departure.staff_id, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)


@dataclass(frozen=True)
class CertificateLine:
    """One thing that ended, was handed over or is still open; `owner` is who sees to what is open, by name."""

    what: str
    count: int
    how: str
    owner: str = ""


@dataclass(frozen=True)
class Certificate:
    """Who left when, by whose word, and line by line what became of what they had."""

    name: str
    ends_at: str
    requested_by: str
    completed_at: str
    lines: tuple[CertificateLine, ...]


class DepartureCertificate(Base):
    """The certificate as it was written, for good. `digest`: SHA-256 (hex) of its JSON; the audit log has it too."""

    __tablename__ = "departure_certificates"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dpc"))
    departure_id: Mapped[str] = mapped_column(ForeignKey("departures.id"), unique=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    certificate = SealedDocument(Certificate, owner=PRACTICE)


append_only(cast(Table, DepartureCertificate.__table__), "departure_certificates_append_only")
