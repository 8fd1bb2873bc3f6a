"""Read by who is in care."""

from datetime import datetime

import pytest

from tests.factories.messages import stamp_for
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.messaging.mark_own_read import mark_own_read
from workbench.actions.messaging.open_thread import open_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.message_thread import message_thread
from workbench.screens.messages_waiting import own_messages_unread


def test_it_is_no_longer_new_and_staff_see_that(gate: Gate, people: People, now: datetime) -> None:
    seen = stamp_for(gate, people.ada, now, "clinical")
    done = open_thread(gate, people.ada, FERN, now=now, topic="clinical", subject="s", text="t", audience=seen)
    assert own_messages_unread(gate, in_care(), FERN, now=now) == 1
    with pytest.raises(NotFound):
        mark_own_read(gate, in_care(MOSS), done.thread_id, now=now, upto=1)
    assert mark_own_read(gate, in_care(), done.thread_id, now=now, upto=1).messages == 1
    assert own_messages_unread(gate, in_care(), FERN, now=now) == 0
    assert message_thread(gate, people.ada, done.thread_id, now=now).messages[0].read_by == {FERN}
