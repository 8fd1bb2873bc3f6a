"""Reminders in the background: planned once for each start, sent when their time comes, never twice."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import select

from workbench.actions.messaging.begin_reminder import begin_reminder
from workbench.actions.messaging.plan_reminders import plan_reminders
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.gate.action import Gate
from workbench.gate.permissions import Permission
from workbench.jobs.handing_over import handed_over
from workbench.jobs.handlers import Handler, JobRun
from workbench.messaging.how import how_now
from workbench.messaging.post import Post
from workbench.messaging.reminder_rules import AHEAD, ReminderState
from workbench.messaging.tables import Channel, Reminder
from workbench.scheduling.rules import WAITING
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance

AT_ONCE = 200
KINDS = {Channel.EMAIL: "send_reminder", Channel.TEXT: "send_text", Channel.VOICE: "call_reminder"}


def reminder_handlers(posts: Mapping[Channel, Post], link_base: str) -> tuple[Handler, ...]:
    """What plans, and what sends by each way. link_base: the page that a link opens; the token follows it."""
    return (
        Handler("plan_reminders", frozenset({Permission.PLAN_REMINDERS}), _plan, wanted=_to_plan),
        *(
            Handler(
                KINDS[channel], frozenset({Permission.SEND_REMINDERS}), _sender(post, link_base),
                wanted=partial(_to_send, channel),
            )
            for channel, post in posts.items()
        ),
    )  # fmt: skip


def _sender(post: Post, link_base: str) -> Callable[[JobRun], None]:
    def send(job: JobRun) -> None:
        reminder_id = str(job.payload["id"]).partition(".")[0]
        # Without a key: begun again after a kill it must not answer as it did, but say that the letter may be gone.
        begun = begin_reminder(job.gate, job.actor, reminder_id, now=job.now, service=post.service, link_base=link_base)
        if begun.letter is None:
            return
        outcome = handed_over(post, begun.letter)
        settle_reminder(job.gate, job.actor, reminder_id, now=job.now, outcome=outcome)

    return send


def _plan(job: JobRun) -> None:
    attendance_id = str(job.payload["id"]).partition(".")[0]
    plan_reminders(job.gate, job.actor, attendance_id, now=job.now, idempotency_key=job.job_id)


def _to_plan(gate: Gate, now: datetime) -> Iterable[str]:
    """Every part in an appointment of the next days with its start: moved, it is planned anew."""
    query = select(Attendance.id, Appointment.starts_at).join(Appointment, Appointment.id == Attendance.appointment_id)
    query = query.where(
        Appointment.status == AppointmentStatus.HELD, Attendance.status.in_(WAITING), Appointment.starts_at > now,
        Appointment.starts_at <= now + AHEAD,
    )  # fmt: skip
    with gate.store.reading() as session:
        rows = session.execute(query) if how_now(session).is_on else ()
        return tuple(f"{one}.{int(starts_at.timestamp())}" for one, starts_at in rows)


def _to_send(channel: Channel, gate: Gate, now: datetime) -> Iterable[str]:
    """What is due by this way, with how often it was begun: each try is a piece of work of its own."""
    query = select(Reminder.id, Reminder.attempts).where(
        Reminder.state == ReminderState.PLANNED, Reminder.due_at <= now, Reminder.channel == channel
    )
    with gate.store.reading() as session:
        rows = session.execute(query.order_by(Reminder.due_at, Reminder.id).limit(AT_ONCE))
        return tuple(f"{one}.{attempts}" for one, attempts in rows)
