"""How threads stand: terms that count, who is away, drafts, what is unread."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Select, func, select

from workbench.gate.actor import Role
from workbench.messaging.inbox_tables import MessageTerms, OutOfOffice
from workbench.messaging.thread_rules import FROM_OUTSIDE, USUAL_TERMS, Author, Terms, Topic
from workbench.messaging.thread_tables import DraftText, MessageDraft, MessageRead, MessageThread, ThreadMessage
from workbench.store.newest import Rows, last_said

NEW = "new"
"""Where the draft of a thread stands that is not there yet."""


def terms_now(rows: Rows) -> Mapping[Topic, Terms]:
    """What counts for each topic: what was set last, or what is usual."""
    said = last_said(MessageTerms, MessageTerms.topic, MessageTerms.nth, list(Topic))
    found = {
        Topic(row.topic): Terms(row.hours, Role(row.escalate_to), row.retention_years) for row in rows.scalars(said)
    }
    return {**USUAL_TERMS, **found}


def away_on(rows: Rows, staff_ids: Collection[str], on: date) -> dict[str, OutOfOffice]:
    """Who of these is away on that day."""
    said = last_said(OutOfOffice, OutOfOffice.staff_id, OutOfOffice.nth, [one for one in staff_ids if one])
    return {row.staff_id: row for row in rows.scalars(said) if row.is_on and row.from_on <= on <= row.until_on}


def draft_of(rows: Rows, patient_id: str, person_id: str, place: str) -> MessageDraft | None:
    """What somebody is writing there."""
    mine = (MessageDraft.patient_id == patient_id, MessageDraft.person_id == person_id, MessageDraft.place == place)
    found: MessageDraft | None = rows.scalars(select(MessageDraft).where(*mine)).first()
    return found


def drafted(rows: Rows, patient_id: str, person_id: str, place: str) -> DraftText:
    """Its words; none where nothing was typed."""
    row = draft_of(rows, patient_id, person_id, place)
    return row.draft if row is not None else DraftText()


def unread_by(person_id: str, *, outside: bool) -> Select[str, int]:
    """A SELECT of threads and how many of their messages the person has not read.

    outside: they are in care or stand in for somebody, and remarks of staff are not there for them; else they are
    staff, and what colleagues wrote is nothing new.
    """
    read = select(MessageRead.message_id).where(MessageRead.person_id == person_id)
    query = select(ThreadMessage.thread_id, func.count()).where(
        ThreadMessage.person_id != person_id, ThreadMessage.id.not_in(read)
    )
    if outside:
        query = query.where(ThreadMessage.is_remark.is_(False), ThreadMessage.author != Author.AUTOMATIC)
    else:
        # What was clinical before a thread was moved to the office's topics is not waited for there.
        shown = (ThreadMessage.topic != Topic.CLINICAL) | (ThreadMessage.nth <= MessageThread.open_upto)
        query = query.join(MessageThread, MessageThread.id == ThreadMessage.thread_id)
        query = query.where(ThreadMessage.author.in_(FROM_OUTSIDE), shown | (MessageThread.topic == Topic.CLINICAL))
    return query.group_by(ThreadMessage.thread_id)


def is_open_to(message: ThreadMessage, thread: MessageThread, *, reads_clinical: bool) -> bool:
    """Whether somebody in the office who may read the thread may read this message: what was clinical stays it."""
    return reads_clinical or message.topic != Topic.CLINICAL or message.nth <= thread.open_upto
