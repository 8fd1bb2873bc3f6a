"""The job runner of one practice: which handlers it has, and how it lives in a thread beside the server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from dashboards.answering import PATH
from workbench.cli.opening import OpenPractice
from workbench.demo.payer import KIND, PERMISSIONS, answer_batch, unanswered
from workbench.gate.actor import SystemActor
from workbench.gate.audit_seal import seal_log
from workbench.gate.permissions import Permission
from workbench.jobs.handlers import HANDLERS, Handler, JobRun
from workbench.jobs.messages import message_handlers
from workbench.jobs.reminders import reminder_handlers
from workbench.jobs.runner import Runner
from workbench.messaging.outbox import Outbox
from workbench.messaging.post import Post
from workbench.messaging.smtp import MailServer, SmtpPost
from workbench.messaging.tables import Channel
from workbench.messaging.texts import TextGateway, TextPost, VoicePost


def handlers_of(practice: OpenPractice) -> tuple[Handler, ...]:
    """What the background does for this practice; only a synthetic one has a payer in the house."""
    settings = practice.settings
    origin = settings.origin or f"http://localhost:{settings.port}"
    posts = posts_of(practice)
    usual = (*HANDLERS, *reminder_handlers(posts, origin + PATH), *message_handlers(posts, origin))
    return (*usual, SYNTHETIC_PAYER) if practice.is_synthetic else usual


def posts_of(practice: OpenPractice) -> dict[Channel, Post]:
    """What carries mail, texts and calls: what the settings name, or a folder. An invented practice writes to nobody.

    Raises:
        BadSetting: the settings name something that is none.
    """
    settings = practice.settings
    folder = Outbox(settings.home, practice.gate.store.vault)
    gateway = gateway_of(practice)
    mail = SmtpPost(MailServer.of(settings.smtp)) if settings.smtp and not practice.is_synthetic else folder
    texts, calls = (TextPost(gateway), VoicePost(gateway)) if gateway else (folder, folder)
    return {Channel.EMAIL: mail, Channel.TEXT: texts, Channel.VOICE: calls}


def gateway_of(practice: OpenPractice) -> TextGateway | None:
    """The gateway of texts, for a real practice that has one.

    Raises:
        BadSetting: the settings name none.
    """
    texts = practice.settings.texts
    return TextGateway.of(texts) if texts and not practice.is_synthetic else None


def _answer(job: JobRun) -> None:
    actor = SystemActor(KIND, PERMISSIONS)
    answer_batch(job.gate, actor, str(job.payload["id"]), now=job.now)


SYNTHETIC_PAYER = Handler(KIND, PERMISSIONS, _answer, wanted=unanswered)


def seal_at_end(practice: OpenPractice, clock: Callable[[], datetime]) -> None:
    """Sign what was written in the last minutes, so that a stop leaves no event without a head over it."""
    seal_log(practice.gate, SystemActor("seal_at_end", frozenset({Permission.SEAL_AUDIT})), now=clock())


@contextmanager
def working(practice: OpenPractice, clock: Callable[[], datetime], name: str) -> Iterator[Runner]:
    """A runner at work in a thread of its own; what it is doing at the end is ended first.

    Raises:
        NoHandler, NoPermission, TwoHandlers: it could not do everything that may come.
    """
    runner = Runner(practice.gate, handlers_of(practice), clock=clock, name=name)
    runner.check()
    thread = threading.Thread(target=runner.run, name="jobs", daemon=True)
    thread.start()
    try:
        yield runner
    finally:
        runner.stop()
        thread.join(timeout=10)
        seal_at_end(practice, clock)
