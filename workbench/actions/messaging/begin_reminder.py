"""Begin to send a reminder: look once more whether it may go out, and write down that it is on its way."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token
from workbench.messaging.agreements import is_agreed
from workbench.messaging.consents import address_of, may_write_to
from workbench.messaging.how import How, how_now
from workbench.messaging.post import Letter
from workbench.messaging.reminder_rules import ReminderState, Why, Window, again_at, is_overtaken, next_allowed
from workbench.messaging.tables import Channel, Reminder, ReminderLink
from workbench.messaging.wording import SPOKEN, SUBJECT, TEXT_ENDS, rendered
from workbench.people.places import place_zones
from workbench.people.rules import zone_of
from workbench.people.tables import Patient, Practice
from workbench.scheduling.rules import WAITING
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance

TOKEN_BYTES = 32
MOST_ATTEMPTS = 40


@dataclass(frozen=True)
class ReminderBegun:
    """letter: to be handed over now; None if nothing is to be sent. state: where the reminder stands."""

    state: str
    letter: Letter | None = field(default=None, repr=False)


@action(Permission.SEND_REMINDERS, on=Reminder)
def begin_reminder(work: Work, reminder: Reminder, *, service: str, link_base: str) -> ReminderBegun:
    """The letter, if it may go out now. Whatever stands in the way is kept with the reminder.

    service: what carries it (`Post.service`); unless that is "", an agreement must be in force. One that was on its way
    already belongs to a worker that is gone: it may have been taken, so it becomes `unknown` and is never sent again.
    """
    if reminder.state == ReminderState.SENDING:
        return _end(work, reminder, ReminderState.UNKNOWN, Why.CUT_OFF)
    if reminder.state != ReminderState.PLANNED:
        return _told(work, reminder)
    how, patient = how_now(work), work.get(Patient, reminder.patient_id)
    zone = zone_of(patient.details, work.zone)
    if why := _stands_in_the_way(work, reminder, patient):
        return _end(work, reminder, ReminderState.DROPPED, why)
    if not how.is_on or (service and not is_agreed(work, service, work.today)):
        return _later(work, reminder, again_at(work.now, MOST_ATTEMPTS, how.hours, zone), Why.NO_WAY_OUT)
    if (allowed := next_allowed(work.now, how.hours, zone)) > work.now:
        return _later(work, reminder, allowed, Why.NOTHING)
    channel = Channel(reminder.channel)
    link = "" if channel is Channel.VOICE else f"{link_base}#{_token(work, reminder)}"
    reminder.state, reminder.why, reminder.changed_at = ReminderState.SENDING, Why.NOTHING, work.now
    reminder.attempts, reminder.settings_id = reminder.attempts + 1, how.settings_id
    work.flush()
    work.record(AuditEvent.REMINDER_BEGUN, window=reminder.window, attempt=reminder.attempts)
    wall = reminder.starts_at.astimezone(_zone_there(work, reminder) or zone)
    body = _said(channel, how, _values(work, wall, how, link))
    to = address_of(patient.details, channel)
    letter = Letter(f"{reminder.id}.{reminder.attempts}", to, how.display, SUBJECT, body)
    return ReminderBegun(reminder.state, letter)


def _zone_there(work: Work, reminder: Reminder) -> ZoneInfo | None:
    """The clock on the wall of where they come to, where it is another one than the practice's."""
    attendance = work.get(Attendance, reminder.attendance_id)
    zone = place_zones(work).get(work.get(Appointment, attendance.appointment_id).location_id)
    return ZoneInfo(zone) if zone else None


def _token(work: Work, reminder: Reminder) -> str:
    """The secret of a link that answers this reminder; only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    work.add(ReminderLink(
        reminder_id=reminder.id, attendance_id=reminder.attendance_id, patient_id=reminder.patient_id,
        token_hash=hash_of_token(token), expires_at=reminder.starts_at,
    ))  # fmt: skip
    return token


def _said(channel: Channel, how: How, values: Mapping[str, str]) -> str:
    if channel is Channel.VOICE:
        return rendered(SPOKEN, values)
    return rendered(how.body, values) + (TEXT_ENDS if channel is Channel.TEXT else "")


def _stands_in_the_way(work: Work, reminder: Reminder, patient: Patient) -> Why:
    attendance = work.get(Attendance, reminder.attendance_id)
    appointment = work.get(Appointment, attendance.appointment_id)
    if attendance.status not in WAITING or appointment.status != AppointmentStatus.HELD:
        return Why.OVER
    if appointment.starts_at != reminder.starts_at:
        return Why.MOVED
    if work.now >= reminder.starts_at:
        return Why.TOO_LATE
    others = work.scalars(select(Reminder.window).where(
        Reminder.attendance_id == reminder.attendance_id, Reminder.starts_at == reminder.starts_at,
        Reminder.channel == reminder.channel,
    ))  # fmt: skip
    if is_overtaken(Window(reminder.window), [Window(one) for one in others], reminder.starts_at, work.now):
        return Why.OVERTAKEN
    channel = Channel(reminder.channel)
    return may_write_to(work, patient.id, channel, address_of(patient.details, channel))


def _later(work: Work, reminder: Reminder, at: datetime, why: Why) -> ReminderBegun:
    if at >= reminder.starts_at:
        return _end(work, reminder, ReminderState.DROPPED, Why.TOO_LATE)
    # Counted, so that the next try is another piece of work than this one.
    reminder.due_at, reminder.why, reminder.attempts = at, why, reminder.attempts + 1
    reminder.changed_at = work.now
    return _told(work, reminder)


def _end(work: Work, reminder: Reminder, state: ReminderState, why: Why) -> ReminderBegun:
    reminder.state, reminder.why, reminder.changed_at = state, why, work.now
    return _told(work, reminder)


def _told(work: Work, reminder: Reminder) -> ReminderBegun:
    work.flush()
    work.record(AuditEvent.REMINDER_SETTLED, state=reminder.state, why=reminder.why)
    return ReminderBegun(reminder.state)


def _values(work: Work, wall: datetime, how: How, link: str) -> dict[str, str]:
    """wall: when it begins on the clock where they come to, else on the patient's own, which the text names."""
    practice: Practice = work.scalars(select(Practice)).one()
    phone = practice.details.phone
    return {
        "display": how.display,
        "date": f"{wall:%a, %b} {wall.day}",
        "time": f"{wall.hour % 12 or 12}:{wall:%M} {'AM' if wall.hour < 12 else 'PM'}",
        "zone": wall.tzname() or "",
        "link": link,
        "phone": f"{phone[:3]}-{phone[3:6]}-{phone[6:]}" if len(phone) == 10 else phone,
    }
