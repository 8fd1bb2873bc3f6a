"""Word that something waits: never what, by consent, once, and not to who has read it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.actions.messaging.reminding import ADDRESS, SENDER, Reminding
from tests.factories.messages import CANARY, stamp_for
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, people
from tests.jobs.reminder_work import work
from workbench.actions.messaging.begin_notice import begin_notice
from workbench.actions.messaging.mark_own_read import mark_own_read
from workbench.actions.messaging.open_thread import open_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.jobs.messages import message_handlers
from workbench.jobs.runner import Runner
from workbench.messaging.inbox_tables import MessageNotice
from workbench.messaging.notice_words import BODY, SUBJECT
from workbench.messaging.outbox import Outbox
from workbench.messaging.tables import Channel
from workbench.messaging.wording import telling


@pytest.fixture
def remind(gate: Gate, now: datetime) -> Reminding:
    return Reminding(gate, now)


def opened(gate: Gate, now: datetime, subject: str = CANARY) -> str:
    seen = stamp_for(gate, people().ada, now, "clinical")
    return open_thread(gate, people().ada, FERN, now=now, topic="clinical", subject=subject, text=CANARY,
                       audience=seen).thread_id  # fmt: skip


def notices(gate: Gate) -> list[MessageNotice]:
    with gate.store.reading() as session:
        rows = list(session.scalars(select(MessageNotice).order_by(MessageNotice.id)))
        session.expunge_all()
        return rows


def test_several_messages_are_one_letter_that_says_nothing(
    remind: Reminding, gate: Gate, now: datetime, tmp_path
) -> None:
    outbox = Outbox(tmp_path, gate.store.vault)
    opened(gate, now)
    opened(gate, now, "Again")
    later = now + timedelta(minutes=5)
    runner = Runner(gate, message_handlers({Channel.EMAIL: outbox, Channel.VOICE: outbox}, "https://x.test"),
                    clock=lambda: later, name="test")  # fmt: skip
    work(runner)
    work(runner)
    (letter,) = outbox.letters()
    assert (letter.to, letter.sender, letter.subject) == (ADDRESS, "Juniper", SUBJECT)
    assert "https://x.test" in letter.body
    assert CANARY not in letter.body + letter.subject
    assert "Byron" not in letter.body
    assert [one.state for one in notices(gate)] == ["sent"]


def test_the_words_tell_nobody_what_the_practice_is() -> None:
    assert telling(f"{SUBJECT} {BODY}") == ()


def test_what_was_read_meanwhile_is_not_announced(remind: Reminding, gate: Gate, now: datetime, tmp_path: Path) -> None:
    thread_id = opened(gate, now)
    mark_own_read(gate, in_care(), thread_id, now=now, upto=1)
    outbox = Outbox(tmp_path, gate.store.vault)
    handlers = message_handlers({Channel.EMAIL: outbox}, "https://x.test")
    work(Runner(gate, handlers, clock=lambda: now + timedelta(minutes=5), name="test"))
    assert outbox.letters() == ()
    assert [(one.state, one.why) for one in notices(gate)] == [("dropped", "over")]


def test_without_consent_or_agreement_nothing_goes_out(remind: Reminding, gate: Gate, now: datetime) -> None:
    opened(gate, now)
    (row,) = notices(gate)
    with pytest.raises(NotFound):
        begin_notice(gate, people().manager, row.id, now=now, service="", link="x")
    sender = SENDER
    begun = begin_notice(gate, sender, row.id, now=now, service="mail:nobody.test", link="x")
    assert (begun.state, begun.letter) == ("planned", None)
    remind.consent(is_given=False)
    assert begin_notice(gate, sender, row.id, now=now, service="", link="x").state == "dropped"
