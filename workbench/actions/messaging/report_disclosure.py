"""Call the privacy officer to a thread in which something was disclosed that should not have been."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, note
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.inbox_tables import DisclosureCase, DisclosureWords
from workbench.messaging.thread_rules import LONGEST_REASON, Happened, MessageUnclear
from workbench.messaging.thread_tables import MessageThread


@dataclass(frozen=True)
class DisclosureReported:
    """From now on the privacy officer reads this thread, until they have said what they found."""

    case_id: str


@action(Permission.REPORT_DISCLOSURE, on=MessageThread)
def report_disclosure(work: Work, thread: MessageThread, *, reason: str) -> DisclosureReported:
    """By who reads the thread.

    Raises:
        MessageUnclear: no reason, or a very long one. NotFound: the thread is not for the actor.
    """
    if not work.allowed(Permission.ANSWER_MESSAGES, thread):
        raise NotFound
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise MessageUnclear({"reason": f"Please say what happened, in at most {LONGEST_REASON:,} letters."})
    case = DisclosureCase(
        thread_id=thread.id, patient_id=thread.patient_id, reported_at=work.now, reported_by=work.actor.user_id,
        reporter_id=work.actor.person_id, reason=DisclosureWords(reason.strip()),
    )  # fmt: skip
    work.add(case)
    work.flush()
    note(work, thread, Happened.REPORTED)
    work.record(AuditEvent.DISCLOSURE_CASE_REPORTED, case=case.id)
    return DisclosureReported(case.id)
