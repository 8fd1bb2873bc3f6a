"""Keep what a member of staff is writing in a thread."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, keep_draft
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import LONGEST_TEXT
from workbench.messaging.thread_tables import DraftText, MessageThread


@dataclass(frozen=True)
class ReplyDrafted:
    """It is there when they come back."""

    thread_id: str


@action(Permission.ANSWER_MESSAGES, on=MessageThread)
def keep_reply_draft(work: Work, thread: MessageThread, *, text: str) -> ReplyDrafted:
    """Nobody else sees it.

    Raises:
        NotFound: the topic is not for the actor.
    """
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    keep_draft(work, thread.patient_id, thread.id, DraftText(text=text[:LONGEST_TEXT]))
    work.record(AuditEvent.MESSAGE_DRAFTED)
    return ReplyDrafted(thread.id)
