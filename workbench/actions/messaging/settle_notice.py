"""Write down what became of a notice that was handed over."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.how import how_now
from workbench.messaging.inbox_tables import MessageNotice
from workbench.messaging.reminder_rules import ReminderState, Why, again_at
from workbench.people.rules import zone_of
from workbench.people.tables import Patient


@dataclass(frozen=True)
class NoticeSettled:
    """Where it stands now; `planned` if it is tried again."""

    state: str


@action(Permission.SEND_REMINDERS, on=MessageNotice)
def settle_notice(work: Work, row: MessageNotice, *, outcome: str) -> NoticeSettled:
    """outcome: `sent`, `failed`, `unknown`, or `planned` where nobody took it. One not on its way stays as it is."""
    if row.state == ReminderState.SENDING:
        row.state, row.changed_at = ReminderState(outcome), work.now
        row.why = {ReminderState.FAILED: Why.REFUSED, ReminderState.UNKNOWN: Why.CUT_OFF}.get(row.state, Why.NOTHING)
        if row.state == ReminderState.PLANNED:
            zone = zone_of(work.get(Patient, row.patient_id).details, work.zone)
            row.due_at = again_at(work.now, row.attempts, how_now(work).hours, zone)
    work.flush()
    work.record(AuditEvent.NOTICE_SETTLED, state=row.state, why=row.why)
    return NoticeSettled(row.state)
