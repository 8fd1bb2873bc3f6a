"""A closed practice offers nothing, and what is booked into it is counted."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.test_add_time_away import HOUR, no_such_span
from tests.actions.scheduling.test_set_hours import offered
from tests.factories.small_practice import People, events, every_row, visit
from workbench.actions.scheduling.close_practice import close_practice
from workbench.actions.scheduling.withdraw_time_away import withdraw_time_away
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.scheduling.availability import HoursWrong


def test_a_closed_practice_offers_nothing_at_all(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now + 2 * HOUR)
    closed = close_practice(gate, people.desk, now=now, starts_at=now, ends_at=now + timedelta(days=1), label="storm")
    assert closed.booked == 1
    assert events(gate.store)[-1] == ("practice.closed", "done")
    assert offered(gate, people, now, days=1) == []
    assert offered(gate, people, now, days=1, clinician_id="") == []
    assert offered(gate, people, now)[0] == "03-10 10:00"
    with pytest.raises(NotFound):  # nobody's own
        withdraw_time_away(gate, people.ada, closed.away_id, now=now)
    withdraw_time_away(gate, people.manager, closed.away_id, now=now)
    assert offered(gate, people, now, days=1)


@no_such_span
def test_what_cannot_be_is_refused_and_changes_nothing(
    gate: Gate, people: People, now: datetime, starts_in: int, ends_in: int, label: str
) -> None:
    before = every_row(gate.store)
    span = {"starts_at": now + starts_in * HOUR, "ends_at": now + ends_in * HOUR, "label": label}
    with pytest.raises(HoursWrong):
        close_practice(gate, people.manager, now=now, **span)
    assert every_row(gate.store) == before


def test_others_cannot(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.biller, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            close_practice(gate, who, now=now, starts_at=now, ends_at=now + HOUR, label="x")
