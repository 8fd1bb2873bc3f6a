"""Say that one has read what stands in a thread: somebody in care, or who stands in for them."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, mark_read
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_tables import MessageThread


@dataclass(frozen=True)
class OwnMarkedRead:
    """messages: that were new."""

    messages: int


@action(Permission.OWN_MESSAGES, on=MessageThread)
def mark_own_read(work: Work, thread: MessageThread, *, upto: int) -> OwnMarkedRead:
    """upto: number of the last message that was shown.

    Raises:
        NotFound: the topic is not for the actor.
    """
    check_topic(work, thread, thread.topic, Permission.OWN_CLINICAL_MESSAGES)
    count = mark_read(work, thread, outside=True, upto=upto)
    work.record(AuditEvent.MESSAGE_MARKED_READ, messages=count)
    return OwnMarkedRead(count)
