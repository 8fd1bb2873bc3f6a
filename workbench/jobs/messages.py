"""Messages in the background: whoever waits too long is called for, and word goes out that something waits."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import select

from workbench.actions.messaging.begin_notice import begin_notice
from workbench.actions.messaging.escalate_thread import escalate_thread
from workbench.actions.messaging.settle_notice import settle_notice
from workbench.gate.action import Gate
from workbench.gate.permissions import Permission
from workbench.jobs.handing_over import handed_over
from workbench.jobs.handlers import Handler, JobRun
from workbench.jobs.reminders import AT_ONCE
from workbench.messaging.inbox_tables import MessageNotice
from workbench.messaging.post import Post
from workbench.messaging.reminder_rules import ReminderState
from workbench.messaging.tables import Channel
from workbench.messaging.thread_tables import MessageThread


def message_handlers(posts: Mapping[Channel, Post], link: str) -> tuple[Handler, ...]:
    """What escalates, and what sends by each way but the voice. link: where the site is; it names nobody."""
    written = {channel: post for channel, post in posts.items() if channel is not Channel.VOICE}
    return (
        Handler("escalate_messages", frozenset({Permission.ESCALATE_MESSAGES}), _escalate, wanted=_overdue),
        *(
            Handler(
                f"send_notice_{channel}", frozenset({Permission.SEND_REMINDERS}), _sender(post, link),
                wanted=partial(_to_send, channel),
            )
            for channel, post in written.items()
        ),
    )  # fmt: skip


def _escalate(job: JobRun) -> None:
    thread_id = str(job.payload["id"]).partition(".")[0]
    escalate_thread(job.gate, job.actor, thread_id, now=job.now, idempotency_key=job.job_id)


def _overdue(gate: Gate, now: datetime) -> Iterable[str]:
    """Each that is overdue and nobody was called for; moved or waiting anew, it is another piece of work."""
    query = select(MessageThread.id, MessageThread.version).where(
        MessageThread.due_at <= now, MessageThread.escalated_at.is_(None), MessageThread.is_closed.is_(False)
    )
    with gate.store.reading() as session:
        rows = session.execute(query.order_by(MessageThread.due_at).limit(AT_ONCE))
        return tuple(f"{one}.{version}" for one, version in rows)


def _sender(post: Post, link: str) -> Callable[[JobRun], None]:
    def send(job: JobRun) -> None:
        notice_id = str(job.payload["id"]).partition(".")[0]
        # Without a key, as with reminders: begun again after a kill it must say that the letter may be gone.
        begun = begin_notice(job.gate, job.actor, notice_id, now=job.now, service=post.service, link=link)
        if begun.letter is None:
            return
        outcome = handed_over(post, begun.letter)
        settle_notice(job.gate, job.actor, notice_id, now=job.now, outcome=outcome)

    return send


def _to_send(channel: Channel, gate: Gate, now: datetime) -> Iterable[str]:
    """What is due by this way, with how often it was begun."""
    query = select(MessageNotice.id, MessageNotice.attempts).where(
        MessageNotice.state == ReminderState.PLANNED, MessageNotice.due_at <= now, MessageNotice.channel == channel
    )
    with gate.store.reading() as session:
        rows = session.execute(query.order_by(MessageNotice.due_at, MessageNotice.id).limit(AT_ONCE))
        return tuple(f"{one}.{attempts}" for one, attempts in rows)
