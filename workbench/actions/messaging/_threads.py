"""What the verbs of threads share: who may have to do with one, a message put down, what was done noted."""

from datetime import timedelta

from sqlalchemy import select

from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, Moment
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.messaging.audience import proxies_reading, stamp_of
from workbench.messaging.inbox_tables import MessageNotice
from workbench.messaging.reminder_rules import ReminderState
from workbench.messaging.tables import Channel, ContactConsent
from workbench.messaging.thread_rules import (
    AudienceChanged,
    Author,
    Business,
    Happened,
    Topic,
    due_at,
    waited,
)
from workbench.messaging.thread_tables import (
    DraftText,
    MessageAttachment,
    MessageDraft,
    MessageRead,
    MessageText,
    MessageThread,
    ThreadEvent,
    ThreadMessage,
    ThreadTitle,
)
from workbench.messaging.threads import draft_of, terms_now
from workbench.people.tables import Patient, Practice, Staff
from workbench.scheduling.tables import TimeAway
from workbench.store.base import Base
from workbench.store.newest import next_nth

_NOTICE_AFTER = timedelta(minutes=2)
"""So that several messages in a row are one notice."""


def check_topic(work: Work, row: Base, topic: str, clinical: Permission) -> None:
    """Whether the actor has to do with what this topic holds of this record.

    Raises:
        NotFound.
    """
    if topic == Topic.CLINICAL and not work.allowed(clinical, row):
        raise NotFound


def check_audience(work: Work, patient_id: str, topic: str, seen: str) -> None:
    """Whether those read it whom the writer saw named.

    Raises:
        AudienceChanged.
    """
    if seen != stamp_of(topic, proxies_reading(work, patient_id, topic, Moment(work.now, work.today))):
        raise AudienceChanged


def business(work: Work) -> Business:
    """The practice's hours, and when it is closed besides."""
    practice: Practice = work.scalars(select(Practice)).one()
    away = select(TimeAway).where(TimeAway.staff_id.is_(None), TimeAway.withdrawn_at.is_(None))
    closed = tuple(Span(one.starts_at, one.ends_at) for one in work.scalars(away))
    return Business(practice.opens_hour, practice.closes_hour, work.zone, closed)


def begin(work: Work, patient: Patient, topic: Topic, subject: str, *, broadcast_id: str = "") -> MessageThread:
    """A new thread; what is clinical is for the one who has the patient in care first."""
    thread = MessageThread(
        patient_id=patient.id, topic=topic, opened_at=work.now, opened_by=work.actor.user_id, last_at=work.now,
        assigned_to=first_clinician(work, patient.id) if topic is Topic.CLINICAL else "", broadcast_id=broadcast_id,
        title=ThreadTitle(subject),
    )  # fmt: skip
    work.add(thread)
    work.flush()
    note(work, thread, Happened.OPENED)
    return thread


def first_clinician(work: Work, patient_id: str) -> str:
    """Who cares for the patient first today; "" if nobody does."""
    team = select(CareTeamMember.staff_id).where(
        CareTeamMember.patient_id == patient_id, CareTeamMember.from_on <= work.today,
        CareTeamMember.until_on.is_(None) | (CareTeamMember.until_on > work.today),
    )  # fmt: skip
    return work.scalar(team.order_by(CareTeamMember.is_primary.desc(), CareTeamMember.from_on).limit(1)) or ""


def put(
    work: Work, thread: MessageThread, text: str, author: Author, *, name: str, basis: str = "", person_id: str = "",
    is_remark: bool = False,
) -> ThreadMessage:  # fmt: skip
    """The next message of a thread. person_id: in whose name, if not the actor's.

    A remark leaves no trace in what the person in care sees of the thread, so its day is not moved either.
    """
    thread.last_nth += 1
    if not is_remark:
        thread.last_at = work.now
    message = ThreadMessage(
        thread_id=thread.id, patient_id=thread.patient_id, nth=thread.last_nth, topic=thread.topic, author=author,
        person_id=person_id or work.actor.person_id, is_remark=is_remark, written_at=work.now,
        written_by=work.actor.user_id, words=MessageText(text, name, basis),
    )  # fmt: skip
    work.add(message)
    work.flush()
    return message


def attach(work: Work, message: ThreadMessage, document_id: str) -> None:
    """A document of the record goes with it."""
    work.add(MessageAttachment(message_id=message.id, patient_id=message.patient_id, document_id=document_id))


def starts_waiting(work: Work, thread: MessageThread) -> None:
    """Somebody outside wrote: the clock runs, unless it does already."""
    if thread.waiting_since is None:
        thread.waiting_since = work.now
        set_due(work, thread)


def set_due(work: Work, thread: MessageThread) -> None:
    """Until when it is answered in time, by the terms of its topic."""
    if thread.waiting_since is not None:
        hours = terms_now(work)[Topic(thread.topic)].hours
        thread.due_at = due_at(thread.waiting_since, hours, business(work))


def stops_waiting(work: Work, thread: MessageThread, happened: Happened) -> None:
    """Somebody saw to it: the clock stands, and how long it ran is kept."""
    if thread.waiting_since is None:
        if happened is not Happened.ANSWERED:
            note(work, thread, happened)
        return
    minutes = waited(thread.waiting_since, work.now, business(work))
    is_late = thread.due_at is not None and work.now > thread.due_at
    note(work, thread, happened, minutes=minutes, is_late=is_late)
    thread.waiting_since = thread.due_at = thread.escalated_at = None
    thread.escalated_to = ""


def note(
    work: Work, thread: MessageThread, happened: Happened, value: str = "", *, minutes: int | None = None,
    is_late: bool = False,
) -> None:  # fmt: skip
    """What was done with it, for good."""
    work.add(ThreadEvent(
        thread_id=thread.id, patient_id=thread.patient_id,
        nth=next_nth(work, ThreadEvent.nth, ThreadEvent.thread_id == thread.id), happened=happened,
        topic=thread.topic, value=value, at=work.now, by_id=work.actor.user_id, waited_minutes=minutes,
        is_late=is_late,
    ))  # fmt: skip
    work.flush()


def staff_name(work: Work, staff_id: str) -> str:
    """As it stands on what they write."""
    row: Staff | None = work.scalar(select(Staff).where(Staff.id == staff_id))
    return row.details.shown_name if row is not None else ""


def keep_draft(work: Work, patient_id: str, place: str, words: DraftText) -> None:
    """What the actor has typed so far."""
    row = draft_of(work, patient_id, work.actor.person_id, place)
    if row is None:
        row = MessageDraft(patient_id=patient_id, person_id=work.actor.person_id, place=place, saved_at=work.now,
                           draft=words)  # fmt: skip
        work.add(row)
    else:
        row.saved_at, row.draft = work.now, words
    work.flush()


def drop_draft(work: Work, patient_id: str, place: str) -> None:
    """It was sent."""
    if draft_of(work, patient_id, work.actor.person_id, place) is not None:
        keep_draft(work, patient_id, place, DraftText())


def mark_read(work: Work, thread: MessageThread, *, outside: bool, upto: int) -> int:
    """The actor has read what stands in it up to this number; how many of these were new to them."""
    person_id = work.actor.person_id
    known = select(MessageRead.message_id).where(MessageRead.person_id == person_id)
    fresh = select(ThreadMessage.id).where(
        ThreadMessage.thread_id == thread.id, ThreadMessage.person_id != person_id, ThreadMessage.nth <= upto,
        ThreadMessage.id.not_in(known),
    )  # fmt: skip
    if outside:
        fresh = fresh.where(ThreadMessage.is_remark.is_(False))
    elif not work.allowed(Permission.CLINICAL_MESSAGES, thread):
        # What was not shown is not read, and the person in care is not told so.
        fresh = fresh.where((ThreadMessage.topic != Topic.CLINICAL) | (ThreadMessage.nth <= thread.open_upto))
    found = list(work.scalars(fresh))
    work.add(*(MessageRead(message_id=one, patient_id=thread.patient_id, person_id=person_id, read_at=work.now)
               for one in found))  # fmt: skip
    work.flush()
    return len(found)


def announce(work: Work, message: ThreadMessage) -> None:
    """Tell the patient outside that something waits: once, by each way they agreed to, and never what."""
    for channel in (Channel.EMAIL, Channel.TEXT):
        agreed = select(ContactConsent.id).where(
            ContactConsent.patient_id == message.patient_id, ContactConsent.channel == channel
        )
        planned = select(MessageNotice.id).where(
            MessageNotice.patient_id == message.patient_id, MessageNotice.channel == channel,
            MessageNotice.state == ReminderState.PLANNED,
        )  # fmt: skip
        if work.scalar(agreed.limit(1)) and not work.scalar(planned.limit(1)):
            work.add(MessageNotice(
                patient_id=message.patient_id, message_id=message.id, channel=channel,
                due_at=work.now + _NOTICE_AFTER, changed_at=work.now,
            ))  # fmt: skip
    work.flush()
