"""Leave a remark among colleagues. Nobody outside the practice ever reads it in the thread."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, put, staff_name
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import Author, checked_text
from workbench.messaging.thread_tables import MessageThread


@dataclass(frozen=True)
class Remarked:
    """It stands among the messages, for staff."""

    message_id: str


@action(Permission.ANSWER_MESSAGES, on=MessageThread, refuses={"uq_thread_messages_nth": StalePage})
def remark_on_thread(work: Work, thread: MessageThread, *, text: str) -> Remarked:
    """It answers nobody: the clock goes on.

    Raises:
        MessageUnclear: by field. NotFound: the topic is not for the actor.
    """
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    name = staff_name(work, work.actor.person_id)
    message = put(work, thread, checked_text(text), Author.STAFF, name=name, is_remark=True)
    work.record(AuditEvent.MESSAGE_REMARKED, topic=thread.topic, nth=message.nth)
    return Remarked(message.id)
