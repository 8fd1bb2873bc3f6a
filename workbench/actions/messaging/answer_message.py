"""Answer in a thread, so that the person in care reads it."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import (
    announce,
    attach,
    check_audience,
    check_topic,
    drop_draft,
    mark_read,
    put,
    staff_name,
    stops_waiting,
)
from workbench.documents.filing import Audience, held_filing
from workbench.documents.filing_tables import PatientDocument
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.messaging.thread_rules import Author, Happened, Topic, checked_text
from workbench.messaging.thread_tables import MessageThread


class ThreadClosed(WorkbenchError):
    """Nobody answers in a closed thread before it is opened again."""

    def __init__(self) -> None:
        super().__init__("This thread is closed. Open it again to answer in it.")


@dataclass(frozen=True)
class MessageAnswered:
    """It can be read."""

    message_id: str


@action(Permission.ANSWER_MESSAGES, on=MessageThread, refuses={"uq_thread_messages_nth": StalePage})
def answer_message(
    work: Work, thread: MessageThread, *, text: str, audience: str, document_id: str = ""
) -> MessageAnswered:
    """audience: the stamp of who reads it, as the writer saw it named. document_id: of the record, to go with it.

    Raises:
        MessageUnclear: by field. AudienceChanged: others read it now. ThreadClosed. NotFound: nothing of it is there.
    """
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    if thread.is_closed:
        raise ThreadClosed
    check_audience(work, thread.patient_id, thread.topic, audience)
    message = put(work, thread, checked_text(text), Author.STAFF, name=staff_name(work, work.actor.person_id))
    if document_id:
        attach(work, message, _of_the_record(work, thread, document_id))
    stops_waiting(work, thread, Happened.ANSWERED)
    mark_read(work, thread, outside=False, upto=message.nth)
    drop_draft(work, thread.patient_id, thread.id)
    announce(work, message)
    work.record(AuditEvent.MESSAGE_WRITTEN, topic=thread.topic, nth=message.nth)
    return MessageAnswered(message.id)


def _of_the_record(work: Work, thread: MessageThread, document_id: str) -> str:
    """The document, if it is in this record and not taken out; one of the chart goes with what is clinical only."""
    row = work.get(PatientDocument, document_id)
    held = held_filing(work, row.id)
    is_too_much = held.audience == Audience.CLINICAL and thread.topic != Topic.CLINICAL
    if row.patient_id != thread.patient_id or held.is_out or is_too_much:
        raise NotFound
    return row.id
