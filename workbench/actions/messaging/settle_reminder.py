"""Write down what became of a reminder that was handed over."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.how import how_now
from workbench.messaging.reminder_rules import ReminderState, Why, again_at
from workbench.messaging.tables import Reminder
from workbench.people.rules import zone_of
from workbench.people.tables import Patient


@dataclass(frozen=True)
class ReminderSettled:
    """Where it stands now; `planned` if it is tried again."""

    state: str


@action(Permission.SEND_REMINDERS, on=Reminder)
def settle_reminder(work: Work, reminder: Reminder, *, outcome: str) -> ReminderSettled:
    """outcome: `sent`, `failed`, `unknown`, or `planned` where nobody took it and it is to be tried again.

    One that is not on its way (a worker that came too late says so) stays as it is.
    """
    if reminder.state == ReminderState.SENDING:
        _settle(work, reminder, ReminderState(outcome))
    work.flush()
    work.record(AuditEvent.REMINDER_SETTLED, state=reminder.state, why=reminder.why)
    return ReminderSettled(reminder.state)


def _settle(work: Work, reminder: Reminder, state: ReminderState) -> None:
    why = {ReminderState.FAILED: Why.REFUSED, ReminderState.UNKNOWN: Why.CUT_OFF}.get(state, Why.NOTHING)
    if state is ReminderState.PLANNED:
        zone = zone_of(work.get(Patient, reminder.patient_id).details, work.zone)
        reminder.due_at = again_at(work.now, reminder.attempts, how_now(work).hours, zone)
        if reminder.due_at >= reminder.starts_at:
            state, why = ReminderState.DROPPED, Why.TOO_LATE
    reminder.state, reminder.why, reminder.changed_at = state, why, work.now
