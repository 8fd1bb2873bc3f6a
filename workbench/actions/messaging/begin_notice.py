"""Begin to send word that something waits: look once more whether it may go out, and write that it is on its way."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.agreements import is_agreed
from workbench.messaging.consents import address_of, may_write_to
from workbench.messaging.how import how_now
from workbench.messaging.inbox_tables import MessageNotice
from workbench.messaging.notice_words import SUBJECT, notice
from workbench.messaging.post import Letter
from workbench.messaging.reminder_rules import ReminderState, Why, again_at, next_allowed
from workbench.messaging.tables import Channel
from workbench.messaging.thread_tables import MessageThread, ThreadMessage
from workbench.messaging.threads import unread_by
from workbench.people.rules import zone_of
from workbench.people.tables import Patient, Practice

MOST_ATTEMPTS = 40
_GIVES_UP_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class NoticeBegun:
    """letter: to be handed over now; None if nothing is to be sent. state: where the notice stands."""

    state: str
    letter: Letter | None = field(default=None, repr=False)


@action(Permission.SEND_REMINDERS, on=MessageNotice)
def begin_notice(work: Work, row: MessageNotice, *, service: str, link: str) -> NoticeBegun:
    """The letter, if it may go out now. What was read meanwhile is not announced any more.

    service: what carries it (`Post.service`); unless that is "", an agreement must be in force. link: of the site.
    """
    if row.state == ReminderState.SENDING:
        return _kept(work, row, ReminderState.UNKNOWN, Why.CUT_OFF)
    if row.state != ReminderState.PLANNED:
        return _kept(work, row, ReminderState(row.state), Why(row.why))
    patient, channel, how = work.get(Patient, row.patient_id), Channel(row.channel), how_now(work)
    to = address_of(patient.details, channel)
    if why := _stands_in_the_way(work, row, channel, to):
        return _kept(work, row, ReminderState.DROPPED, why)
    zone = zone_of(patient.details, work.zone)
    has_no_way = not how.is_on or (bool(service) and not is_agreed(work, service, work.today))
    at = again_at(work.now, MOST_ATTEMPTS, how.hours, zone) if has_no_way else next_allowed(work.now, how.hours, zone)
    row.attempts += 1
    if at > work.now:
        row.due_at = at
        return _kept(work, row, ReminderState.PLANNED, Why.NO_WAY_OUT if has_no_way else Why.NOTHING)
    begun = _kept(work, row, ReminderState.SENDING, Why.NOTHING)
    phone = work.scalars(select(Practice)).one().details.phone
    said = notice(channel, display=how.display, link=link, phone=phone)
    return NoticeBegun(begun.state, Letter(f"{row.id}.{row.attempts}", to, how.display, SUBJECT, said))


def _stands_in_the_way(work: Work, row: MessageNotice, channel: Channel, to: str) -> Why:
    message = work.get(ThreadMessage, row.message_id)
    theirs = select(MessageThread.id).where(MessageThread.patient_id == row.patient_id)
    unread = unread_by(row.patient_id, outside=True).where(ThreadMessage.thread_id.in_(theirs))
    if work.execute(unread.limit(1)).first() is None:
        return Why.OVER
    if work.now > message.written_at + _GIVES_UP_AFTER:
        return Why.TOO_LATE
    return may_write_to(work, row.patient_id, channel, to)


def _kept(work: Work, row: MessageNotice, state: ReminderState, why: Why) -> NoticeBegun:
    row.state, row.why, row.changed_at = state, why, work.now
    work.flush()
    work.record(AuditEvent.NOTICE_SETTLED, state=row.state, why=row.why, attempt=row.attempts)
    return NoticeBegun(row.state)
