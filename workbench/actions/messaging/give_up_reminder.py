"""Leave a reminder: it is not sent, or not called for, any more."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.reminder_rules import ReminderState, Why, check_give_up
from workbench.messaging.tables import Reminder


@dataclass(frozen=True)
class ReminderGivenUp:
    """How it stood before."""

    was: str


@action(Permission.HANDLE_REMINDER, on=Reminder)
def give_up_reminder(work: Work, reminder: Reminder) -> ReminderGivenUp:
    """It never goes out, and nobody is asked to call because of it. The log keeps how it stood.

    Raises:
        CannotGiveUp: it is on its way, was sent, or is over.
    """
    was = reminder.state
    check_give_up(was)
    reminder.state, reminder.why, reminder.changed_at = ReminderState.DROPPED, Why.GIVEN_UP, work.now
    work.flush()
    work.record(AuditEvent.REMINDER_GIVEN_UP, was=was)
    return ReminderGivenUp(was)
