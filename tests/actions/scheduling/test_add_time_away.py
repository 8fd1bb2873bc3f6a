"""Time away: what it takes from what is offered, and what stands in it."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.test_set_hours import offered
from tests.factories.small_practice import ADA, BEN, People, events, every_row, visit
from workbench.actions.scheduling.add_time_away import add_time_away
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.availability import HoursWrong
from workbench.screens.availability import availability

HOUR = timedelta(hours=1)
no_such_span = pytest.mark.parametrize(
    ("starts_in", "ends_in", "label"),
    [(2, 2, "x"), (3, 2, "x"), (-5, -1, "x"), (0, 24 * 367, "x"), (1, 2, "   "), (1, 2, "x" * 81)],
)
"""Hours from now and a reason that no time away has: no length, backwards, over, too long, no words, too many."""


def test_nothing_is_offered_in_it_and_what_is_booked_stays_and_is_counted(
    gate: Gate, people: People, now: datetime
) -> None:
    visit(gate.store, 1, now + 2 * HOUR)
    visit(gate.store, 2, now + 2 * HOUR, clinician_id=BEN)
    away = add_time_away(
        gate, people.ada, ADA, now=now, starts_at=now + HOUR, ends_at=now + 5 * HOUR, label="  a  training "
    )
    assert away.booked == 1
    today = offered(gate, people, now, days=1)
    assert today[0] == "03-09 15:00"
    assert events(gate.store)[0] == ("time_away.added", "done")
    (row,) = availability(gate, people.desk, now=now).away
    assert (row.staff_id, row.label, row.name) == (ADA, "a training", "Ada Byron, LCSW")


@no_such_span
def test_what_cannot_be_is_refused_and_changes_nothing(
    gate: Gate, people: People, now: datetime, starts_in: int, ends_in: int, label: str
) -> None:
    before = every_row(gate.store)
    span = {"starts_at": now + starts_in * HOUR, "ends_at": now + ends_in * HOUR, "label": label}
    with pytest.raises(HoursWrong):
        add_time_away(gate, people.manager, ADA, now=now, **span)
    assert every_row(gate.store) == before


def test_others_cannot(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.biller, people.it, people.compliance):
        with pytest.raises(NotFound):
            add_time_away(gate, who, ADA, now=now, starts_at=now, ends_at=now + HOUR, label="x")
