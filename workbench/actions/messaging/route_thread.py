"""Say who sees to a thread, and what it is about."""

from dataclasses import dataclass

from workbench.accounts.holding import holding
from workbench.actions.messaging._threads import check_audience, check_topic, note, set_due
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.messaging.audience import OFFICE, staff_reading
from workbench.messaging.thread_rules import Happened, Topic, topic_of
from workbench.messaging.thread_tables import MessageThread


class NotTheirs(WorkbenchError):
    """Whoever is to see to it may not read it."""

    def __init__(self) -> None:
        super().__init__("Whoever is to see to it may not read this topic of this person. Choose somebody who does.")
        self.fields = {"assigned_to": str(self)}


@dataclass(frozen=True)
class ThreadRouted:
    """Where it stands now."""

    topic: str
    assigned_to: str


@action(Permission.ANSWER_MESSAGES, on=MessageThread)
def route_thread(
    work: Work, thread: MessageThread, *, topic: str, assigned_to: str, audience: str = "", hand_over: bool = False
) -> ThreadRouted:
    """Moved to clinical, the office reads it no more. Moved from clinical, the office reads what comes from then on,
    and what was written before only with `hand_over`; who stands in for the patient never reads it without the right.

    assigned_to: a member of staff, or "" for whoever is there. audience: of the new topic, as the mover saw it named.

    Raises:
        MessageUnclear, NotTheirs: by field. AudienceChanged: others would read it. NotFound: not for the actor.
    """
    check_topic(work, thread, thread.topic, Permission.CLINICAL_MESSAGES)
    chosen = topic_of(topic)
    office = holding(work, work.now).anyone_of(*OFFICE)
    reading = staff_reading(work, thread.patient_id, chosen, office, Moment(work.now, work.today))
    if assigned_to and assigned_to not in reading:
        raise NotTheirs
    if chosen != thread.topic:
        check_audience(work, thread.patient_id, chosen, audience)
        _move(work, thread, chosen, hand_over=hand_over)
    if assigned_to != thread.assigned_to:
        thread.assigned_to = assigned_to
        note(work, thread, Happened.ASSIGNED, assigned_to)
    work.flush()
    work.record(AuditEvent.MESSAGE_THREAD_ROUTED, topic=chosen, assigned_to=assigned_to, handed_over=hand_over)
    return ThreadRouted(chosen, assigned_to)


def _move(work: Work, thread: MessageThread, chosen: Topic, *, hand_over: bool) -> None:
    was_clinical, thread.topic = thread.topic == Topic.CLINICAL, chosen
    # Its clock goes by the new topic from when somebody began to wait, and whoever was called is not meant any more.
    thread.escalated_at, thread.escalated_to = None, ""
    set_due(work, thread)
    note(work, thread, Happened.MOVED, chosen)
    if was_clinical and hand_over:
        thread.open_upto = thread.last_nth
        note(work, thread, Happened.HANDED_OVER, str(thread.last_nth))
