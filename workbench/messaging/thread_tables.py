"""Rows of messages between the practice and people in care: threads, messages, who read what, drafts, what was done.

What was written and what was done stays as it is; a thread itself carries only where it stands now.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


@dataclass(frozen=True)
class ThreadTitle:
    """What it is about, in the words of who began it."""

    subject: str = field(repr=False)


@dataclass(frozen=True)
class MessageText:
    """What was written, and by whom, as they were called then. by_basis: by which right a proxy stands in."""

    text: str = field(repr=False)
    by_name: str = field(repr=False)
    by_basis: str = ""


@dataclass(frozen=True)
class DraftText:
    """What somebody has typed and not sent."""

    topic: str = ""
    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)


class MessageThread(Base):
    """What is written about one thing. assigned_to: the member of staff who sees to it, "" for whoever is there.

    last_nth: number of its newest message. waiting_since: when the first message came that nobody has answered yet;
    due_at: until when it is answered in time.
    open_upto: what was written up to this number under a clinical topic is read by who reads the present one.
    broadcast_id: what several people got at once has the same.
    """

    __tablename__ = "message_threads"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mth"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    topic: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_nth: Mapped[int] = mapped_column(default=0)
    is_closed: Mapped[bool] = mapped_column(default=False)
    assigned_to: Mapped[str] = mapped_column(default="")
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_to: Mapped[str] = mapped_column(default="")
    open_upto: Mapped[int] = mapped_column(default=0)
    broadcast_id: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    title = SealedDocument(ThreadTitle, owner="patient_id")

    __table_args__ = (Index(None, "patient_id"), Index(None, "is_closed", "topic"), Index(None, "due_at"))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ThreadMessage(Base):
    """One message or, with `is_remark`, a remark of staff among themselves. topic: the one it was written under."""

    __tablename__ = "thread_messages"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("msg"))
    thread_id: Mapped[str] = mapped_column(ForeignKey("message_threads.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    nth: Mapped[int]
    topic: Mapped[str]
    author: Mapped[str]
    person_id: Mapped[str]
    is_remark: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(MessageText, owner="patient_id")

    __table_args__ = (Index("uq_thread_messages_nth", "thread_id", "nth", unique=True),)


class MessageRead(Base):
    """Somebody has read a message."""

    __tablename__ = "message_reads"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mrd"))
    message_id: Mapped[str] = mapped_column(ForeignKey("thread_messages.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    person_id: Mapped[str]
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("uq_message_reads_once", "message_id", "person_id", unique=True),)


class MessageAttachment(Base):
    """A document of the record that came, or went, with a message."""

    __tablename__ = "message_attachments"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mat"))
    message_id: Mapped[str] = mapped_column(ForeignKey("thread_messages.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("patient_documents.id"), index=True)


class ThreadEvent(Base):
    """Something done with a thread. value: a topic, a member of staff, a role. by_id: the account, or the job.

    waited_minutes: of business, where it ended somebody's waiting; is_late: too long.
    """

    __tablename__ = "thread_events"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mev"))
    thread_id: Mapped[str] = mapped_column(ForeignKey("message_threads.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    nth: Mapped[int]
    happened: Mapped[str]
    topic: Mapped[str]
    value: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[str]
    waited_minutes: Mapped[int | None]
    is_late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("uq_thread_events_nth", "thread_id", "nth", unique=True), Index(None, "at"))


class MessageDraft(Base):
    """What somebody is writing. place: the thread, or `new`. Sent, it is empty."""

    __tablename__ = "message_drafts"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("mdr"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    person_id: Mapped[str]
    place: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    draft = SealedDocument(DraftText, owner="patient_id")

    __table_args__ = (Index("uq_message_drafts_place", "patient_id", "person_id", "place", unique=True),)


for _kept in (ThreadMessage, MessageRead, MessageAttachment, ThreadEvent):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")

guard(
    cast(Table, MessageThread.__table__),
    sqlite=(
        "CREATE TRIGGER message_threads_kept BEFORE DELETE ON message_threads "
        "BEGIN SELECT RAISE(ABORT, 'message_threads_kept'); END",
        "CREATE TRIGGER message_threads_whose BEFORE UPDATE ON message_threads "
        "WHEN NEW.patient_id <> OLD.patient_id OR NEW.opened_at <> OLD.opened_at OR NEW.sealed <> OLD.sealed "
        "BEGIN SELECT RAISE(ABORT, 'message_threads_whose'); END",
    ),
    postgresql=(
        "CREATE FUNCTION message_threads_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' OR NEW.patient_id <> OLD.patient_id OR NEW.opened_at <> OLD.opened_at "
        "OR NEW.sealed <> OLD.sealed THEN RAISE EXCEPTION 'message_threads_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER message_threads_kept BEFORE UPDATE OR DELETE ON message_threads "
        "FOR EACH ROW EXECUTE FUNCTION message_threads_kept()",
    ),
)
