"""A diagnosis ends with a day and a reason; a supervisor may say so, and an old page may not."""

from datetime import datetime

import pytest

from tests.factories.small_practice import FERN, People, events
from workbench.actions.charting.end_diagnosis import end_diagnosis
from workbench.actions.charting.set_diagnosis import set_diagnosis
from workbench.charting.chart_tables import Certainty
from workbench.gate.action import Gate
from workbench.gate.errors import StalePage
from workbench.store.engine import Store


def test_it_holds_until_that_day_and_the_line_stays(gate: Gate, store: Store, people: People, now: datetime) -> None:
    day = now.date()
    kept = set_diagnosis(
        gate, people.ada, FERN, now=now, code="F43.22", rank=1, certainty=Certainty.PROVISIONAL, since=day
    )
    with pytest.raises(StalePage):
        end_diagnosis(gate, people.ada, FERN, now=now, line_id=kept.line_id, edition=2, until=day, why="It passed")
    done = end_diagnosis(
        gate, people.supervisor, FERN, now=now, line_id=kept.line_id, edition=1, until=day, why="It passed"
    )
    assert (done.line_id, done.edition) == (kept.line_id, 2)
    assert events(store)[-1] == ("diagnosis.ended", "done")
