"""A device that was stopped reads nothing from that moment on."""

from datetime import datetime

import pytest

from tests.actions.scheduling.feeding import let_in, signed_in
from workbench.actions.scheduling.end_feed import end_feed
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.calendar_feed import feed_owner, own_feeds


def test_it_is_over_at_once_and_stays_as_it_ended(gate: Gate, now: datetime) -> None:
    ada = signed_in(gate, now)
    made = let_in(gate, ada, now)
    assert feed_owner(gate, made.name, made.password, now=now) is not None
    for _ in range(2):
        end_feed(gate, ada, made.name, now=now)
    assert feed_owner(gate, made.name, made.password, now=now) is None
    assert own_feeds(gate, ada, ada.user_id, now=now) == ()


def test_nobody_stops_anothers(gate: Gate, now: datetime) -> None:
    made = let_in(gate, signed_in(gate, now), now)
    with pytest.raises(NotFound):
        end_feed(gate, signed_in(gate, now, "ben"), made.name, now=now)
