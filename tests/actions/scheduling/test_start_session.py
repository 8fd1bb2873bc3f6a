"""Beginning a session."""

from datetime import datetime

import pytest

from tests.actions.scheduling.attendance import check_others_cannot, check_stale_page_moves_nothing
from tests.factories.small_practice import People, events, visit
from workbench.actions.scheduling.start_session import start_session
from workbench.gate.action import Gate
from workbench.scheduling.rules import CannotMove
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store

ARRIVED = AttendanceStatus.ARRIVED


def test_who_has_arrived_can_begin(gate: Gate, store: Store, people: People, now: datetime) -> None:
    assert start_session(gate, people.ada, visit(store, 1, now, status=ARRIVED), now=now).status == "in_session"
    assert events(store) == [("attendance.started", "done")]


def test_nobody_begins_without_having_arrived(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(CannotMove):
        start_session(gate, people.ada, visit(store, 1, now), now=now)


def test_a_stale_page_moves_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    check_stale_page_moves_nothing(gate, people, visit(store, 1, now, status=ARRIVED), start_session, now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    check_others_cannot(gate, getattr(people, who), visit(store, 1, now, status=ARRIVED), start_session, now)
