"""Whoever waits too long: a role is called, once."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import row_of, wrote
from tests.factories.small_practice import People
from tests.jobs.reminder_work import work
from workbench.actions.messaging.escalate_thread import escalate_thread
from workbench.actions.messaging.set_message_terms import set_message_terms
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.jobs.messages import message_handlers
from workbench.jobs.runner import Runner


def test_the_background_calls_once_for_each_waiting(gate: Gate, people: People, now: datetime) -> None:
    set_message_terms(gate, people.manager, now=now, topic="billing", hours=2, escalate_to="biller", retention_years=7)
    late, fine = (wrote(gate, now, topic=topic).thread_id for topic in ("billing", "clinical"))
    due = row_of(gate, late).due_at
    assert due is not None
    clock = [due - timedelta(seconds=1)]
    runner = Runner(gate, message_handlers({}, "http://here"), clock=lambda: clock[0], name="test")
    work(runner)
    assert row_of(gate, late).escalated_to == ""
    clock[0] = due
    work(runner)
    work(runner)
    row = row_of(gate, late)
    assert (row.escalated_to, row.escalated_at) == ("biller", due)
    assert row_of(gate, fine).escalated_to == ""
    with pytest.raises(NotFound):
        escalate_thread(gate, people.manager, late, now=due)
