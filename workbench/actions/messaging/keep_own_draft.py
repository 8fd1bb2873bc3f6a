"""Keep what somebody in care, or who stands in for them, is writing."""

from dataclasses import dataclass

from workbench.actions.messaging._threads import check_topic, keep_draft
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.thread_rules import LONGEST_SUBJECT, LONGEST_TEXT, Topic
from workbench.messaging.thread_tables import DraftText, MessageThread
from workbench.messaging.threads import NEW
from workbench.people.tables import Patient


@dataclass(frozen=True)
class OwnDrafted:
    """It is there when they come back."""

    place: str


@action(Permission.OWN_MESSAGES, on=Patient)
def keep_own_draft(
    work: Work, patient: Patient, *, text: str, thread_id: str = "", topic: str = "", subject: str = ""
) -> OwnDrafted:
    """Whatever it is, as it is: only sending asks for more. Nobody else sees it.

    Raises:
        NotFound: no such thread is there for them.
    """
    if thread_id:
        thread = work.get(MessageThread, thread_id)
        if thread.patient_id != patient.id:
            raise NotFound
        check_topic(work, patient, thread.topic, Permission.OWN_CLINICAL_MESSAGES)
    kept_topic = topic if topic in Topic._value2member_map_ else ""
    words = DraftText(kept_topic, subject[:LONGEST_SUBJECT], text[:LONGEST_TEXT])
    keep_draft(work, patient.id, thread_id or NEW, words)
    work.record(AuditEvent.MESSAGE_DRAFTED)
    return OwnDrafted(thread_id or NEW)
