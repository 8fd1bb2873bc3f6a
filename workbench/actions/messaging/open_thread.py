"""Write to somebody in care first."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import (
    announce,
    begin,
    check_audience,
    check_topic,
    drop_draft,
    put,
    staff_name,
)
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import Author, checked_subject, checked_text, topic_of
from workbench.messaging.threads import NEW
from workbench.people.tables import Patient


@dataclass(frozen=True)
class ThreadOpened:
    """The thread, with its first message."""

    thread_id: str


@action(Permission.ANSWER_MESSAGES, on=Patient)
def open_thread(work: Work, patient: Patient, *, topic: str, subject: str, text: str, audience: str) -> ThreadOpened:
    """audience: the stamp of who reads it, as the writer saw it named.

    Raises:
        MessageUnclear: by field. AudienceChanged: others read it now. NotFound: the topic is not for the actor.
    """
    chosen = topic_of(topic)
    check_topic(work, patient, chosen, Permission.CLINICAL_MESSAGES)
    check_audience(work, patient.id, chosen, audience)
    thread = begin(work, patient, chosen, checked_subject(subject))
    message = put(work, thread, checked_text(text), Author.STAFF, name=staff_name(work, work.actor.person_id))
    drop_draft(work, patient.id, NEW)
    announce(work, message)
    work.record(AuditEvent.MESSAGE_WRITTEN, subject=thread, topic=thread.topic, nth=message.nth)
    return ThreadOpened(thread.id)
