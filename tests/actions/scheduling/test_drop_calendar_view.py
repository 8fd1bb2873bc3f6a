"""One's own view is dropped; another's is not there."""

from datetime import datetime

import pytest

from tests.factories.small_practice import People, events
from workbench.actions.scheduling.drop_calendar_view import drop_calendar_view
from workbench.actions.scheduling.keep_calendar_view import keep_calendar_view
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.calendar_views import calendar_views


def test_it_is_offered_no_more_and_another_one_can_open(gate: Gate, people: People, now: datetime) -> None:
    view = keep_calendar_view(gate, people.desk, now=now, name="Mine", sight="day", is_default=True).view_id
    with pytest.raises(NotFound):
        drop_calendar_view(gate, people.manager, view, now=now)
    drop_calendar_view(gate, people.desk, view, now=now)
    assert events(gate.store)[-1] == ("calendar_view.retired", "done")
    drop_calendar_view(gate, people.desk, view, now=now)
    assert calendar_views(gate, people.desk, now=now) == ()
    keep_calendar_view(gate, people.desk, now=now, name="Mine", sight="day", is_default=True)
