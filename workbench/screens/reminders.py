"""Reminders: whom somebody has to call, what goes out next, and what went out; and how they go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.how import How, how_now
from workbench.messaging.reminder_rules import ReminderState, SendingHours, Why
from workbench.messaging.tables import Reminder, ReminderLink
from workbench.messaging.wording import DEFAULT, DEFAULT_DISPLAY, FIELDS, findings_in, rendered, telling
from workbench.people.names import patients_named
from workbench.scheduling.rules import WAITING
from workbench.scheduling.tables import Attendance

__all__ = [
    "DEFAULT", "DEFAULT_DISPLAY", "FIELDS", "How", "ReminderShown", "Reminders", "SendingHours", "Why", "findings_in",
    "reminder_settings", "reminders", "rendered", "telling",
]  # fmt: skip

SHOWN_FOR = timedelta(days=7)
MOST = 500
# Of these a person has to hear in another way; who was moved or cancelled has nothing to hear.
TO_CALL = (Why.NO_CONSENT, Why.NO_ADDRESS, Why.REFUSED, Why.CUT_OFF, Why.TOO_LATE)


@dataclass(frozen=True)
class ReminderShown:
    """One reminder. answered: what was said by its link, "" if nothing yet. attempts: how often it was tried."""

    reminder_id: str
    patient_id: str
    name: str
    phone: str
    starts_at: datetime
    channel: str
    window: str
    due_at: datetime
    state: str
    why: str
    changed_at: datetime
    answered: str
    attempts: int = 0
    version: int = 1


@dataclass(frozen=True)
class Reminders:
    """to_call: of appointments still to come whom nothing has reached, one a person and start."""

    is_on: bool
    to_call: tuple[ReminderShown, ...]
    to_come: tuple[ReminderShown, ...]
    gone_out: tuple[ReminderShown, ...]


@view(Permission.SEE_REMINDERS, shows=AuditEvent.REMINDERS_SEEN)
def reminders(look: Look) -> Reminders:
    """Those within reach: calls by the start, what is to come by its time, what went out in a week, newest first."""
    failed = or_(Reminder.why.in_(TO_CALL), Reminder.state.in_((ReminderState.FAILED, ReminderState.UNKNOWN)))
    still_on = (Reminder.starts_at > look.now, Reminder.state != ReminderState.PLANNED, failed)
    to_call = reminder_rows(look, *still_on, Attendance.status.in_(WAITING), order=Reminder.starts_at)
    to_come = reminder_rows(look, Reminder.state == ReminderState.PLANNED, order=Reminder.due_at)
    since = Reminder.changed_at > look.now - SHOWN_FOR
    gone_out = reminder_rows(look, Reminder.state == ReminderState.SENT, since, order=Reminder.changed_at.desc())
    look.shown(row.patient_id for row in (*to_call, *to_come, *gone_out))
    reached = {(row.patient_id, row.starts_at) for row in gone_out}
    once = {(row.patient_id, row.starts_at): row for row in to_call}
    calls = tuple(row for key, row in once.items() if key not in reached)
    return Reminders(how_now(look).is_on, calls, to_come, gone_out)


@view(Permission.SET_REMINDERS, shows=AuditEvent.REMINDER_SETTINGS_SEEN)
def reminder_settings(look: Look) -> How:
    """How they go out now."""
    return how_now(look)


def reminder_rows(look: Look, *where: ColumnElement[bool], order: Any) -> tuple[ReminderShown, ...]:
    """Those within reach that meet `where`; whoever asks tells the log whom it shows."""
    query = (
        select(Reminder, ReminderLink.answered)
        .join(Attendance, Attendance.id == Reminder.attendance_id)
        .outerjoin(ReminderLink, (ReminderLink.reminder_id == Reminder.id) & (ReminderLink.answered != ""))
        .where(*where)
    )
    if (reach := look.reach()) is not None:
        query = query.where(Reminder.patient_id.in_(reach))
    found = look.execute(query.order_by(order, Reminder.id).limit(MOST)).all()
    people = patients_named(look, {row.patient_id for row, _ in found})
    return tuple(
        ReminderShown(
            row.id, row.patient_id, people[row.patient_id].shown_name, people[row.patient_id].phone, row.starts_at,
            row.channel, row.window, row.due_at, row.state, row.why, row.changed_at, answered or "", row.attempts,
            row.version,
        )
        for row, answered in found
    )  # fmt: skip
