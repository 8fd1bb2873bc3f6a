"""The inbox of staff: threads by topic with how long they wait, and how fast the practice answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import Moment
from workbench.gate.view import Look, view
from workbench.messaging.thread_rules import Topic
from workbench.messaging.thread_tables import MessageThread, ThreadEvent
from workbench.messaging.threads import is_open_to, terms_now
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Patient
from workbench.screens.message_lines import first_messages, unread_counts
from workbench.screens.messages_within import threads_within

__all__ = ["InboxLine", "MessageInbox", "Topic", "TopicReport", "message_inbox"]
MOST: Final = 300
REPORT_DAYS: Final = 90


@dataclass(frozen=True)
class InboxLine:
    """One thread. patient_name and subject are empty for who sees the queue and no words."""

    thread_id: str
    patient_id: str
    patient_name: str
    number: int
    topic: str
    subject: str = field(repr=False)
    assigned_to: str
    assigned_name: str
    last_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    is_overdue: bool
    escalated_to: str
    unread: int
    is_closed: bool


@dataclass(frozen=True)
class TopicReport:
    """Of the last 90 days: how many were answered, in which median time of business, how many too late."""

    topic: Topic
    hours: int
    answered: int
    median_minutes: int | None
    late: int
    waiting: int
    overdue: int


@dataclass(frozen=True)
class MessageInbox:
    """lines: what waits first, the most pressing first; then the newest. may_answer: the actor reads words."""

    lines: tuple[InboxLine, ...] = ()
    reports: tuple[TopicReport, ...] = ()
    may_answer: bool = False


@view(Permission.SEE_MESSAGES, shows=AuditEvent.MESSAGES_SEEN)
def message_inbox(look: Look, *, is_closed: bool = False) -> MessageInbox:
    """300 at most. Of somebody's own record nothing is among them."""
    within = threads_within(look.actor, Moment(look.now, look.today))
    query = select(MessageThread).where(within, MessageThread.is_closed.is_(is_closed))
    query = query.order_by(MessageThread.due_at.is_(None), MessageThread.due_at, MessageThread.last_at.desc())
    rows = list(look.scalars(query.limit(MOST)))
    may_answer = look.allowed(Permission.ANSWER_MESSAGES)
    return MessageInbox(_lines(look, rows, may_answer=may_answer), _reports(look), may_answer)


def _lines(look: Look, rows: list[MessageThread], *, may_answer: bool) -> tuple[InboxLine, ...]:
    names = patients_named(look, {row.patient_id for row in rows}) if may_answer else {}
    look.shown(names)
    staff = staff_named(look, {row.assigned_to for row in rows})
    numbered = select(Patient.id, Patient.number).where(Patient.id.in_({row.patient_id for row in rows}))
    numbers = {row.id: row.number for row in look.execute(numbered)}
    firsts = first_messages(look, [row.id for row in rows])
    unread = unread_counts(look, outside=False)

    def subject(row: MessageThread) -> str:
        reads = look.allowed(Permission.CLINICAL_MESSAGES, row)
        may = may_answer and is_open_to(firsts[row.id], row, reads_clinical=reads)
        return row.title.subject if may else ""

    return tuple(
        InboxLine(
            thread_id=row.id, patient_id=row.patient_id,
            patient_name=names[row.patient_id].shown_name if row.patient_id in names else "",
            number=numbers[row.patient_id], topic=row.topic, subject=subject(row), assigned_to=row.assigned_to,
            assigned_name=staff[row.assigned_to].shown_name if row.assigned_to in staff else "",
            last_at=row.last_at, waiting_since=row.waiting_since, due_at=row.due_at,
            is_overdue=row.due_at is not None and row.due_at < look.now, escalated_to=row.escalated_to,
            unread=unread.get(row.id, 0), is_closed=row.is_closed,
        )
        for row in rows
    )  # fmt: skip


def _reports(look: Look) -> tuple[TopicReport, ...]:
    moment = Moment(look.now, look.today)
    ended = select(ThreadEvent.topic, ThreadEvent.waited_minutes, ThreadEvent.is_late).where(
        ThreadEvent.waited_minutes.is_not(None), ThreadEvent.at > look.now - timedelta(days=REPORT_DAYS),
        threads_within(look.actor, moment, ThreadEvent),
    )  # fmt: skip
    now = select(MessageThread.topic, MessageThread.due_at).where(
        MessageThread.waiting_since.is_not(None), threads_within(look.actor, moment)
    )
    done, waiting, terms = look.execute(ended).all(), look.execute(now).all(), terms_now(look)

    def report(topic: Topic) -> TopicReport:
        mine = [(int(minutes or 0), is_late) for of, minutes, is_late in done if of == topic]
        open_ones = [due for of, due in waiting if of == topic]
        return TopicReport(
            topic, terms[topic].hours, len(mine), round(median(one for one, _ in mine)) if mine else None,
            sum(is_late for _, is_late in mine), len(open_ones),
            sum(due is not None and due < look.now for due in open_ones),
        )  # fmt: skip

    return tuple(report(topic) for topic in Topic)
