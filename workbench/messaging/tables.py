"""Rows of messages that leave the practice: consents, how reminders go out, each reminder, its link, agreements."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.messaging.reminder_rules import ReminderState
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class Channel(StrEnum):
    """How somebody is reached. Stored values."""

    EMAIL = "email"
    TEXT = "text"
    VOICE = "voice"


class ConsentSource(StrEnum):
    """Where the practice has a consent, or its end, from. Stored values."""

    AT_DESK = "at_desk"
    FORM = "form"
    PHONE = "phone"
    MESSAGE = "message"


@dataclass(frozen=True)
class ConsentAddress:
    """The address that was consented to, as it was then. Another address needs a consent of its own."""

    address: str = field(repr=False)


class ContactConsent(Base):
    """A patient's yes or no to be written to at an address, on a day, by what way. Append-only: the last said counts.

    nth: 1, 2, 3 … of this patient and channel, since clocks are set back and two may speak in one instant.
    """

    __tablename__ = "contact_consents"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cns"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    channel: Mapped[str]
    nth: Mapped[int] = mapped_column(server_default="0")
    is_given: Mapped[bool]
    source: Mapped[str]
    given_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    to = SealedDocument(ConsentAddress, owner="patient_id")

    __table_args__ = (Index("uq_contact_consents_nth", "patient_id", "channel", "nth", unique=True),)


class ReminderSettings(Base):
    """How reminders go out from `set_at` on. Append-only: the greatest `nth` counts, and a sent one names which."""

    __tablename__ = "reminder_settings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rst"))
    nth: Mapped[int] = mapped_column(server_default="0")
    is_on: Mapped[bool]
    display: Mapped[str]
    body: Mapped[str]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    on_weekends: Mapped[bool]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]

    __table_args__ = (Index("uq_reminder_settings_nth", "nth", unique=True),)


class Reminder(Base):
    """One reminder of one patient's part in an appointment, for one window before one start.

    starts_at: the start it reminds of; when the appointment is elsewhere by then, it is dropped. why: of what was not
    sent. attempts: how often sending was begun. settings_id: the wording that was sent.
    """

    __tablename__ = "reminders"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rem"))
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    window: Mapped[str]
    channel: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default=ReminderState.PLANNED)
    why: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settings_id: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("attendance_id", "window", "channel", "starts_at", name="uq_reminders_once"),
        Index(None, "state", "due_at"),
        Index(None, "changed_at"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReminderLink(Base):
    """The link in a reminder: to confirm or cancel that appointment, until it begins. Only a hash of it is kept."""

    __tablename__ = "reminder_links"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rml"))
    reminder_id: Mapped[str] = mapped_column(ForeignKey("reminders.id"), index=True)
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Agreement(Base):
    """A business associate agreement with whoever carries something for the practice (45 CFR 164.504(e)).

    service: what it lets out and through whom, such as `mail:smtp.example.com`. It counts from its approval by another
    person than asked, while its days last.
    """

    __tablename__ = "agreements"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("agr"))
    vendor: Mapped[str]
    service: Mapped[str]
    signed_on: Mapped[date]
    ends_on: Mapped[date]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by: Mapped[str]
    requester_id: Mapped[str]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str] = mapped_column(default="")
    approver_id: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("ends_on > signed_on", name="ends_after_signed"),
        CheckConstraint("approver_id <> requester_id", name="by_another"),
        Index(None, "service"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


for _kept in (ContactConsent, ReminderSettings):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
