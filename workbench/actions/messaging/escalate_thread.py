"""Call a role to a thread that waits too long. The system does it by itself."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import note
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import Happened, Topic
from workbench.messaging.thread_tables import MessageThread
from workbench.messaging.threads import terms_now


@dataclass(frozen=True)
class ThreadEscalated:
    """role: that was called; "" where nobody waits too long any more, or somebody was called before."""

    role: str


@action(Permission.ESCALATE_MESSAGES, on=MessageThread)
def escalate_thread(work: Work, thread: MessageThread) -> ThreadEscalated:
    """Once for each waiting. The role is the one that the terms of the topic name now."""
    is_due = thread.due_at is not None and thread.due_at <= work.now and thread.escalated_at is None
    role = terms_now(work)[Topic(thread.topic)].escalate_to.value if is_due else ""
    if role:
        thread.escalated_at, thread.escalated_to = work.now, role
        note(work, thread, Happened.ESCALATED, role)
    work.flush()
    work.record(AuditEvent.MESSAGE_THREAD_ESCALATED, role=role)
    return ThreadEscalated(role)
