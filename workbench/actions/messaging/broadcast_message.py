"""Write the same to several people in care: a thread for each, so that nobody learns of anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.actions.messaging._threads import announce, begin, check_topic, put, staff_name
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import new_id
from workbench.messaging.thread_rules import MOST_AT_ONCE, Author, checked_subject, checked_text, topic_of
from workbench.people.tables import Patient


class TooMany(WorkbenchError):
    """So many are not written to at once, or nobody is."""

    def __init__(self) -> None:
        super().__init__(f"Choose from 1 to {MOST_AT_ONCE} people to write to.")


@dataclass(frozen=True)
class Broadcast:
    """It is with each of them. threads: how many."""

    broadcast_id: str
    threads: int


@action(Permission.ANSWER_MESSAGES)
def broadcast_message(work: Work, *, patient_ids: Sequence[str], topic: str, subject: str, text: str) -> Broadcast:
    """One who is not for the actor refuses it all.

    Raises:
        MessageUnclear: by field. TooMany. NotFound: somebody, or the topic of somebody, is not for the actor.
    """
    chosen, title, words = topic_of(topic), checked_subject(subject), checked_text(text)
    wanted = sorted(set(patient_ids))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise TooMany
    broadcast_id, name = new_id("brd"), staff_name(work, work.actor.person_id)
    for patient_id in wanted:
        patient = work.get(Patient, patient_id)
        if not work.allowed(Permission.ANSWER_MESSAGES, patient):
            raise NotFound
        check_topic(work, patient, chosen, Permission.CLINICAL_MESSAGES)
        thread = begin(work, patient, chosen, title, broadcast_id=broadcast_id)
        announce(work, put(work, thread, words, Author.STAFF, name=name))
        work.record(AuditEvent.MESSAGE_WRITTEN, subject=thread, topic=chosen, broadcast=broadcast_id)
    return Broadcast(broadcast_id, len(wanted))
