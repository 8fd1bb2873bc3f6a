"""Completing a session."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.attendance import check_others_cannot, check_stale_page_moves_nothing
from tests.factories.small_practice import People, events, visit
from workbench.actions.scheduling.complete_session import complete_session
from workbench.gate.action import Gate
from workbench.scheduling.rules import CannotMove, NotYet
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store


@pytest.mark.parametrize("status", ["booked", "confirmed", "arrived", "in_session"])
def test_a_session_that_began_is_completed(
    gate: Gate, store: Store, people: People, now: datetime, status: str
) -> None:
    attendance = visit(store, 1, now, status=AttendanceStatus(status))
    assert complete_session(gate, people.ada, attendance, now=now).status == "completed"
    assert events(store) == [("attendance.completed", "done")]


def test_not_before_it_begins(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(NotYet):
        complete_session(gate, people.ada, visit(store, 1, now + timedelta(seconds=1)), now=now)


@pytest.mark.parametrize("status", ["completed", "no_show", "late_cancelled", "cancelled"])
def test_what_is_over_stays_as_it_is(gate: Gate, store: Store, people: People, now: datetime, status: str) -> None:
    with pytest.raises(CannotMove):
        complete_session(gate, people.ada, visit(store, 1, now, status=AttendanceStatus(status)), now=now)


def test_a_stale_page_moves_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    check_stale_page_moves_nothing(gate, people, visit(store, 1, now), complete_session, now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    check_others_cannot(gate, getattr(people, who), visit(store, 1, now), complete_session, now)
