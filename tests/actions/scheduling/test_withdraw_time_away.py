"""A time away is taken back once, by who may, and its hours are offered again."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.test_set_hours import offered
from tests.factories.small_practice import ADA, People, events
from workbench.actions.scheduling.add_time_away import add_time_away
from workbench.actions.scheduling.withdraw_time_away import AwayOver, withdraw_time_away
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.availability import availability

HOUR = timedelta(hours=1)


def test_taken_back_its_hours_are_offered_again_once(gate: Gate, people: People, now: datetime) -> None:
    away = add_time_away(gate, people.ada, ADA, now=now, starts_at=now + HOUR, ends_at=now + 5 * HOUR, label="training")
    with pytest.raises(NotFound):
        withdraw_time_away(gate, people.ben, away.away_id, now=now)
    withdraw_time_away(gate, people.ada, away.away_id, now=now)
    assert events(gate.store)[-1] == ("time_away.withdrawn", "done")
    assert offered(gate, people, now, days=1)[0] == "03-09 10:15"
    assert availability(gate, people.desk, now=now).away == ()
    with pytest.raises(AwayOver):
        withdraw_time_away(gate, people.ada, away.away_id, now=now)
