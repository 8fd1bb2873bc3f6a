"""Closing and opening again: what happened stays written."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import row_of, wrote
from tests.factories.portal import in_care
from tests.factories.small_practice import People
from workbench.actions.messaging.close_thread import close_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.message_inbox import message_inbox
from workbench.screens.message_thread import message_thread


def test_closed_without_an_answer_the_waiting_counts(gate: Gate, people: People, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    later = now + timedelta(days=10)
    close_thread(gate, people.ada, thread_id, now=later, is_closed=True)
    inbox = message_inbox(gate, people.ada, now=later)
    assert (inbox.lines, inbox.reports[0].late) == ((), 1)
    assert len(message_inbox(gate, people.ada, now=later, is_closed=True).lines) == 1
    close_thread(gate, people.ada, thread_id, now=later, is_closed=False)
    assert not row_of(gate, thread_id).is_closed
    told = [one.happened for one in message_thread(gate, people.ada, thread_id, now=later).events]
    assert told == ["reopened", "closed", "opened"]
    for who in (people.desk, in_care()):
        with pytest.raises(NotFound):
            close_thread(gate, who, thread_id, now=later, is_closed=True)
