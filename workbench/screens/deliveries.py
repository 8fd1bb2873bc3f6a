"""The outbox: what waits to be sent, what did not get through and why, what was sent. Never what a message says."""

from dataclasses import dataclass

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.how import how_now
from workbench.messaging.reminder_rules import GIVES_UP, ReminderState, may_retry
from workbench.messaging.tables import Reminder
from workbench.screens.reminders import SHOWN_FOR, ReminderShown, reminder_rows

__all__ = ["GIVES_UP", "Deliveries", "ReminderShown", "deliveries"]


@dataclass(frozen=True)
class Deliveries:
    """waiting: by when it goes. stuck: of a week, what did not go out, newest first. sent: of a week, newest first.

    may_retry: the ids of those that can be sent once more now.
    """

    is_on: bool = False
    waiting: tuple[ReminderShown, ...] = ()
    stuck: tuple[ReminderShown, ...] = ()
    sent: tuple[ReminderShown, ...] = ()
    may_retry: frozenset[str] = frozenset()


@view(Permission.SEE_REMINDERS, shows=AuditEvent.DELIVERIES_SEEN)
def deliveries(look: Look) -> Deliveries:
    """Those within reach. One on its way whose worker ended stands among the waiting until it is settled."""
    lately = Reminder.changed_at > look.now - SHOWN_FOR
    still = Reminder.state.in_((ReminderState.PLANNED, ReminderState.SENDING))
    waiting = reminder_rows(look, still, order=Reminder.due_at)
    not_out = Reminder.state.in_((ReminderState.FAILED, ReminderState.UNKNOWN, ReminderState.DROPPED))
    stuck = reminder_rows(look, not_out, lately, order=Reminder.changed_at.desc())
    sent = reminder_rows(look, Reminder.state == ReminderState.SENT, lately, order=Reminder.changed_at.desc())
    look.shown(one.patient_id for one in (*waiting, *stuck, *sent))
    again = frozenset(one.reminder_id for one in stuck if may_retry(one.state, one.why, one.starts_at, look.now))
    return Deliveries(how_now(look).is_on, waiting, stuck, sent, again)
