"""Have a reminder sent once more after its address was put right."""

from dataclasses import dataclass
from datetime import datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.how import how_now
from workbench.messaging.reminder_rules import CannotRetry, ReminderState, Why, check_retry, next_allowed
from workbench.messaging.tables import Reminder
from workbench.people.rules import zone_of
from workbench.people.tables import Patient


@dataclass(frozen=True)
class ReminderRetried:
    """When it is tried."""

    due_at: datetime


@action(Permission.HANDLE_REMINDER, on=Reminder)
def retry_reminder(work: Work, reminder: Reminder) -> ReminderRetried:
    """Now, or when somebody may be written to next. Consent, address and appointment are looked at again when it goes.

    Raises:
        CannotRetry: it may have gone out, is no such one, or the appointment begins before it could go.
    """
    check_retry(reminder.state, reminder.why, reminder.starts_at, work.now)
    zone = zone_of(work.get(Patient, reminder.patient_id).details, work.zone)
    due_at = next_allowed(work.now, how_now(work).hours, zone)
    if due_at >= reminder.starts_at:
        raise CannotRetry("Nobody may be written to before the appointment begins. Please call them instead.")
    # Counted, so that this try is another piece of work than the one that failed.
    reminder.attempts, reminder.due_at = reminder.attempts + 1, due_at
    reminder.state, reminder.why, reminder.changed_at = ReminderState.PLANNED, Why.NOTHING, work.now
    work.flush()
    work.record(AuditEvent.REMINDER_RETRIED, attempt=reminder.attempts)
    return ReminderRetried(due_at)
