"""Read by staff: each person for themselves."""

from datetime import datetime

import pytest

from tests.factories.messages import wrote
from tests.factories.portal import in_care
from tests.factories.small_practice import People
from workbench.actions.messaging.mark_thread_read import mark_thread_read
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.messages_waiting import messages_unread
from workbench.screens.own_messages import own_thread


def test_what_one_has_read_is_still_new_to_another(gate: Gate, people: People, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    assert own_thread(gate, in_care(), thread_id, now=now).seen == frozenset()
    assert mark_thread_read(gate, people.ada, thread_id, now=now, upto=1).messages == 1
    assert mark_thread_read(gate, people.ada, thread_id, now=now, upto=1).messages == 0
    assert messages_unread(gate, people.ada, now=now) == 0
    assert messages_unread(gate, people.supervisor, now=now) == 1
    assert own_thread(gate, in_care(), thread_id, now=now).seen == {1}
    with pytest.raises(NotFound):
        mark_thread_read(gate, people.biller, thread_id, now=now, upto=1)
