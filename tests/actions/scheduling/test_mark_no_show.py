"""No-shows."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.attendance import check_others_cannot, check_stale_page_moves_nothing
from tests.factories.small_practice import People, events, visit
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.gate.action import Gate
from workbench.scheduling.rules import CannotMove, NotYet
from workbench.scheduling.tables import Appointment, AttendanceStatus
from workbench.store.engine import Store


def test_who_did_not_come_is_marked_and_the_time_stays_held(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    assert mark_no_show(gate, people.desk, visit(store, 1, now), now=now).status == "no_show"
    assert events(store) == [("attendance.missed", "done")]
    with store.reading() as session:
        assert session.get_one(Appointment, "apt_1").status == "held"


def test_not_before_the_session_begins(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(NotYet):
        mark_no_show(gate, people.desk, visit(store, 1, now + timedelta(seconds=1)), now=now)


@pytest.mark.parametrize("status", ["arrived", "in_session", "completed", "no_show", "cancelled"])
def test_not_who_was_here_or_had_cancelled(
    gate: Gate, store: Store, people: People, now: datetime, status: str
) -> None:
    with pytest.raises(CannotMove):
        mark_no_show(gate, people.desk, visit(store, 1, now, status=AttendanceStatus(status)), now=now)


def test_a_stale_page_moves_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    check_stale_page_moves_nothing(gate, people, visit(store, 1, now), mark_no_show, now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    check_others_cannot(gate, getattr(people, who), visit(store, 1, now), mark_no_show, now)
