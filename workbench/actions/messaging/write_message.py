"""Write to the practice: somebody in care, or who stands in for them."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.actions.messaging._answering_for import answer_for_who_is_away
from workbench.actions.messaging._threads import (
    attach,
    begin,
    check_topic,
    drop_draft,
    mark_read,
    note,
    put,
    starts_waiting,
)
from workbench.documents.filing import Audience, checked, file, held_filing, keep
from workbench.documents.filing_tables import PatientDocument
from workbench.documents.tables import sha256_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.messaging.audience import proxies_reading
from workbench.messaging.thread_rules import Author, Happened, Topic, checked_subject, checked_text, topic_of
from workbench.messaging.thread_tables import MessageThread
from workbench.messaging.threads import NEW
from workbench.people.tables import Patient


@dataclass(frozen=True)
class MessageWritten:
    """It is with the practice. is_answered_for: somebody is away, and what they left to be said was answered."""

    thread_id: str
    message_id: str
    is_answered_for: bool


@action(Permission.OWN_MESSAGES, on=Patient, refuses={"uq_thread_messages_nth": StalePage})
def write_message(
    work: Work, patient: Patient, *, text: str, thread_id: str = "", topic: str = "", subject: str = "",
    attachment: bytes = b"",
) -> MessageWritten:  # fmt: skip
    """Into a thread, or with `topic` and `subject` as a new one. A closed thread opens again.

    Raises:
        MessageUnclear, NotAFileWeKeep: by field. NotFound: no such thread is there for them.
    """
    thread = _thread(work, patient, thread_id, topic, subject)
    name, basis = _named(work, patient, thread.topic)
    message = put(work, thread, checked_text(text), Author.PROXY if basis else Author.PATIENT, name=name, basis=basis)
    if attachment:
        attach(work, message, _filed(work, patient, thread, attachment))
    if thread.is_closed:
        thread.is_closed = False
        note(work, thread, Happened.REOPENED)
    starts_waiting(work, thread)
    is_answered_for = answer_for_who_is_away(work, thread)
    mark_read(work, thread, outside=True, upto=message.nth - 1)
    drop_draft(work, patient.id, thread_id or NEW)
    work.record(AuditEvent.MESSAGE_WRITTEN, subject=thread, topic=thread.topic, nth=message.nth)
    return MessageWritten(thread.id, message.id, is_answered_for)


def _thread(work: Work, patient: Patient, thread_id: str, topic: str, subject: str) -> MessageThread:
    if not thread_id:
        chosen = topic_of(topic)
        check_topic(work, patient, chosen, Permission.OWN_CLINICAL_MESSAGES)
        return begin(work, patient, chosen, checked_subject(subject))
    thread = work.get(MessageThread, thread_id)
    if thread.patient_id != patient.id:
        raise NotFound
    check_topic(work, patient, thread.topic, Permission.OWN_CLINICAL_MESSAGES)
    return thread


def _named(work: Work, patient: Patient, topic: str) -> tuple[str, str]:
    """As whom: the patient, or the proxy by name and by which right."""
    if work.actor.person_id == patient.id:
        return patient.details.shown_name, ""
    links = proxies_reading(work, patient.id, topic, Moment(work.now, work.today))
    mine: ProxyLink = next(link for link in links if link.proxy_id == work.actor.person_id)
    return mine.person.shown_name, mine.basis


def _filed(work: Work, patient: Patient, thread: MessageThread, content: bytes) -> str:
    """The document of the record these bytes are; where it holds them already, they are kept once."""
    same = (PatientDocument.patient_id == patient.id, PatientDocument.sha256 == sha256_of(content))
    there: PatientDocument | None = work.scalar(select(PatientDocument).where(*same))
    if there is not None and not held_filing(work, there.id).is_out:
        return there.id
    audience = Audience.CLINICAL if thread.topic == Topic.CLINICAL else Audience.OFFICE
    row = keep(work, patient.id, content)
    file(work, row, checked("Sent with a message", "correspondence", audience), category="correspondence",
         audience=audience)  # fmt: skip
    work.record(AuditEvent.DOCUMENT_UPLOADED, subject=row, sha256=row.sha256, bytes=row.byte_count,
                media_type=row.media_type, category="correspondence", audience=audience)  # fmt: skip
    return row.id
