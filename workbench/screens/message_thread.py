"""One thread as staff read it: the messages, remarks among colleagues, who reads it, and what was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.holding import holding
from workbench.accounts.tables import User
from workbench.gate.actor import JOB_PREFIX
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import Moment
from workbench.gate.view import Look, view
from workbench.messaging.audience import OFFICE, proxies_reading, staff_reading, stamp_of
from workbench.messaging.thread_rules import Topic, sounds_clinical
from workbench.messaging.thread_tables import DraftText, MessageThread, ThreadEvent
from workbench.messaging.threads import NEW, drafted, is_open_to
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.account_names import account_names
from workbench.screens.message_lines import MessageShown, messages_of, shown_messages

__all__ = [
    "AudienceShown", "EventShown", "MessageShown", "NewThread", "ReaderShown", "ThreadShown", "Topic", "message_thread",
    "new_thread", "sounds_clinical",
]  # fmt: skip


@dataclass(frozen=True)
class ReaderShown:
    """Somebody who stands in for the patient and reads this."""

    name: str
    basis: str


@dataclass(frozen=True)
class AudienceShown:
    """Who reads a topic of this patient, besides the patient. stamp: stands for it when something is sent."""

    stamp: str
    proxies: tuple[ReaderShown, ...]
    staff: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EventShown:
    """Something that was done. by: "" where the system did it; `is_outside`: somebody in care, or their proxy."""

    happened: str
    value: str
    at: datetime
    by: str
    is_outside: bool


@dataclass(frozen=True)
class ThreadShown:
    """hidden: messages that were clinical when they were written and are not for the actor."""

    thread_id: str
    patient_id: str
    patient_name: str
    topic: str
    subject: str = field(repr=False)
    is_closed: bool
    assigned_to: str
    waiting_since: datetime | None
    due_at: datetime | None
    is_overdue: bool
    escalated_to: str
    messages: tuple[MessageShown, ...]
    hidden: int
    events: tuple[EventShown, ...]
    audiences: Mapping[Topic, AudienceShown]
    draft: DraftText
    has_account: bool
    last_nth: int

    @property
    def audience(self) -> AudienceShown:
        """Who reads it now."""
        return self.audiences[Topic(self.topic)]


@dataclass(frozen=True)
class NewThread:
    """For a first message to somebody. topics: those the actor writes about."""

    patient_id: str
    patient_name: str
    topics: tuple[Topic, ...]
    audiences: Mapping[Topic, AudienceShown]
    draft: DraftText
    has_account: bool


@view(Permission.ANSWER_MESSAGES, shows=AuditEvent.MESSAGE_THREAD_READ, on=MessageThread)
def message_thread(look: Look, thread: MessageThread) -> ThreadShown:
    """The thread.

    Raises:
        NotFound: it is clinical, and the actor does not read that of this patient.
    """
    reads_clinical = look.allowed(Permission.CLINICAL_MESSAGES, thread)
    if thread.topic == Topic.CLINICAL and not reads_clinical:
        raise NotFound
    look.shown(thread.patient_id)
    rows = messages_of(look, thread)
    opened = [row for row in rows if is_open_to(row, thread, reads_clinical=reads_clinical)]
    patient = look.get(Patient, thread.patient_id)
    return ThreadShown(
        thread_id=thread.id, patient_id=thread.patient_id, patient_name=patient.details.shown_name,
        topic=thread.topic, subject=thread.title.subject if opened and opened[0].nth == 1 else "",
        is_closed=thread.is_closed, assigned_to=thread.assigned_to, waiting_since=thread.waiting_since,
        due_at=thread.due_at, is_overdue=thread.due_at is not None and thread.due_at < look.now,
        escalated_to=thread.escalated_to, messages=shown_messages(look, opened), hidden=len(rows) - len(opened),
        events=_events(look, thread), audiences=_audiences(look, thread.patient_id),
        draft=drafted(look, thread.patient_id, look.actor.person_id, thread.id),
        has_account=_has_account(look, thread.patient_id), last_nth=thread.last_nth,
    )  # fmt: skip


@view(Permission.ANSWER_MESSAGES, shows=AuditEvent.MESSAGES_SEEN, on=Patient)
def new_thread(look: Look, patient: Patient) -> NewThread:
    """Who would read it, and what was begun and not sent."""
    look.shown(patient.id)
    reads_clinical = look.allowed(Permission.CLINICAL_MESSAGES, patient)
    topics = tuple(one for one in Topic if reads_clinical or one is not Topic.CLINICAL)
    return NewThread(
        patient.id, patient.details.shown_name, topics, _audiences(look, patient.id),
        drafted(look, patient.id, look.actor.person_id, NEW), _has_account(look, patient.id),
    )  # fmt: skip


def _audiences(look: Look, patient_id: str) -> dict[Topic, AudienceShown]:
    moment, office = Moment(look.now, look.today), holding(look, look.now).anyone_of(*OFFICE)
    staff = {topic: staff_reading(look, patient_id, topic, office, moment) for topic in Topic}
    names = staff_named(look, {one for found in staff.values() for one in found})

    def shown(topic: Topic) -> AudienceShown:
        links = proxies_reading(look, patient_id, topic, moment)
        people = tuple(ReaderShown(link.person.shown_name, link.basis) for link in links)
        by_name = sorted((names[one].shown_name, one) for one in staff[topic] if one in names)
        return AudienceShown(stamp_of(topic, links), people, tuple((one, name) for name, one in by_name))

    return {topic: shown(topic) for topic in Topic}


def _events(look: Look, thread: MessageThread) -> tuple[EventShown, ...]:
    query = select(ThreadEvent).where(ThreadEvent.thread_id == thread.id).order_by(ThreadEvent.nth.desc())
    rows = list(look.scalars(query))
    names = account_names(look, {row.by_id for row in rows})
    staff = staff_named(look, {row.value for row in rows})
    return tuple(
        EventShown(row.happened, staff[row.value].shown_name if row.value in staff else row.value, row.at,
                   names.get(row.by_id, ""),
                   row.by_id not in names and not row.by_id.startswith(JOB_PREFIX))
        for row in rows
    )  # fmt: skip


def _has_account(look: Look, patient_id: str) -> bool:
    return look.scalar(select(User.id).where(User.person_id == patient_id).limit(1)) is not None
