"""Rows of how the practice sees to its messages: terms by topic, who is away, notices that something waits, cases."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.messaging.reminder_rules import ReminderState
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class AwayWords:
    """What is answered while somebody is away, in their own words."""

    text: str


@dataclass(frozen=True)
class DisclosureWords:
    """What somebody wrote about a disclosure."""

    words: str = field(repr=False)


class MessageTerms(Base):
    """Within which hours of business a topic is answered, who is told when it is not. The greatest `nth` counts."""

    __tablename__ = "message_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mtm"))
    topic: Mapped[str]
    nth: Mapped[int]
    hours: Mapped[int]
    escalate_to: Mapped[str]
    retention_years: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]

    __table_args__ = (Index("uq_message_terms_nth", "topic", "nth", unique=True),)


class OutOfOffice(Base):
    """When a member of staff answers nobody, both days included. The greatest `nth` counts, if it `is_on`."""

    __tablename__ = "out_of_office"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ooo"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    nth: Mapped[int]
    is_on: Mapped[bool]
    from_on: Mapped[date]
    until_on: Mapped[date]
    cover_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    away = SealedDocument(AwayWords, owner=PRACTICE)

    __table_args__ = (
        Index("uq_out_of_office_nth", "staff_id", "nth", unique=True),
        CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
        CheckConstraint("cover_id <> staff_id", name="another_covers"),
    )


class MessageNotice(Base):
    """Word to a patient, outside, that something waits on the site: never what. As a reminder goes out, so does it."""

    __tablename__ = "message_notices"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mno"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    message_id: Mapped[str] = mapped_column(ForeignKey("thread_messages.id"))
    channel: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default=ReminderState.PLANNED)
    why: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "patient_id"))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DisclosureCase(Base):
    """Something was written that should not have been, or to the wrong reader: for the privacy officer to look at."""

    __tablename__ = "disclosure_cases"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dsc"))
    thread_id: Mapped[str] = mapped_column(ForeignKey("message_threads.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_by: Mapped[str]
    reporter_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    reason = SealedDocument(DisclosureWords, owner="patient_id")

    __table_args__ = (UniqueConstraint("id", "reporter_id"), Index(None, "thread_id"))


class DisclosureFinding(Base):
    """What the privacy officer found, once and for good. From then on they read the thread no more."""

    __tablename__ = "disclosure_findings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dsf"))
    case_id: Mapped[str] = mapped_column(unique=True)
    reporter_id: Mapped[str]
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    is_breach: Mapped[bool]
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    found_by: Mapped[str]
    finder_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    finding = SealedDocument(DisclosureWords, owner="patient_id")

    __table_args__ = (
        ForeignKeyConstraint(["case_id", "reporter_id"], ["disclosure_cases.id", "disclosure_cases.reporter_id"]),
        CheckConstraint("finder_id <> reporter_id", name="by_another"),
    )


for _kept in (MessageTerms, OutOfOffice, DisclosureCase, DisclosureFinding):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")
