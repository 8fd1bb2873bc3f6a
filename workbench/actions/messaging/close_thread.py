"""Close a thread, or open it again."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, note, stops_waiting
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import Happened
from workbench.messaging.thread_tables import MessageThread


@dataclass(frozen=True)
class ThreadClosing:
    """Whether it is closed now."""

    is_closed: bool


@action(Permission.ANSWER_MESSAGES, on=MessageThread)
def close_thread(work: Work, thread: MessageThread, *, is_closed: bool) -> ThreadClosing:
    """Closed without an answer, its waiting ends and is counted as it was. Whoever writes in it opens it again.

    Raises:
        NotFound: the topic is not for the actor.
    """
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    if thread.is_closed != is_closed:
        thread.is_closed = is_closed
        if is_closed:
            stops_waiting(work, thread, Happened.CLOSED)
        else:
            note(work, thread, Happened.REOPENED)
    work.flush()
    work.record(AuditEvent.MESSAGE_THREAD_CLOSED, closed=is_closed)
    return ThreadClosing(is_closed)
