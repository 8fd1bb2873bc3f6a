"""Remarks among colleagues: no byte of one reaches the patient."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import CANARY, row_of, wrote
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.messaging.remark_on_thread import remark_on_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import MessageUnclear
from workbench.screens.message_thread import message_thread
from workbench.screens.messages_waiting import own_messages_unread
from workbench.screens.own_messages import own_messages, own_thread


def test_colleagues_read_it_and_the_patient_never(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now, topic="billing", text="Why this sum?")
    remark_on_thread(gate, people.biller, done.thread_id, now=now + timedelta(hours=1), text=CANARY)
    assert own_messages(gate, in_care(), FERN, now=now).threads[0].last_at == now
    assert own_thread(gate, in_care(), done.thread_id, now=now).last_nth == 1
    assert message_thread(gate, people.desk, done.thread_id, now=now).messages[-1].is_remark
    shown = own_thread(gate, in_care(), done.thread_id, now=now)
    assert CANARY not in repr([(one.text, one.by_name) for one in shown.messages])
    assert own_messages_unread(gate, in_care(), FERN, now=now) == 0
    assert row_of(gate, done.thread_id).waiting_since == now
    with pytest.raises(MessageUnclear):
        remark_on_thread(gate, people.biller, done.thread_id, now=now, text=" ")
    with pytest.raises(NotFound):
        remark_on_thread(gate, in_care(), done.thread_id, now=now, text="x")
