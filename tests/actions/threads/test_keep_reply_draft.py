"""Drafts of staff."""

from datetime import datetime

import pytest

from tests.factories.messages import stamp, wrote
from tests.factories.small_practice import People
from workbench.actions.messaging.answer_message import answer_message
from workbench.actions.messaging.keep_reply_draft import keep_reply_draft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.message_thread import message_thread


def test_a_draft_is_its_writers_until_it_is_sent(gate: Gate, people: People, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    keep_reply_draft(gate, people.ada, thread_id, now=now, text="Let us")
    assert message_thread(gate, people.ada, thread_id, now=now).draft.text == "Let us"
    assert message_thread(gate, people.supervisor, thread_id, now=now).draft.text == ""
    seen = stamp(gate, people.ada, thread_id, now)
    answer_message(gate, people.ada, thread_id, now=now, text="Let us talk", audience=seen)
    assert message_thread(gate, people.ada, thread_id, now=now).draft.text == ""
    with pytest.raises(NotFound):
        keep_reply_draft(gate, people.desk, thread_id, now=now, text="x")
