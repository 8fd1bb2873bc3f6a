"""Arrivals."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.attendance import check_others_cannot, check_stale_page_moves_nothing, status_of
from tests.factories.small_practice import People, events, visit
from workbench.actions.scheduling.check_in import check_in
from workbench.gate.action import Gate
from workbench.scheduling.rules import CannotMove, NotToday
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store


@pytest.mark.parametrize("who", ["desk", "manager", "ada", "supervisor"])
def test_an_arrival_is_marked_on_the_day(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    attendance = visit(store, 1, now + timedelta(hours=1))
    moved = check_in(gate, getattr(people, who), attendance, now=now)
    assert (moved.status, moved.version, status_of(store, attendance)) == ("arrived", 2, "arrived")
    assert events(store) == [("attendance.checked_in", "done")]


def test_who_was_given_up_may_still_come(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now - timedelta(minutes=20), status=AttendanceStatus.NO_SHOW)
    assert check_in(gate, people.desk, attendance, now=now).status == "arrived"


def test_tomorrow_is_not_today_even_if_it_is_near(gate: Gate, store: Store, people: People, now: datetime) -> None:
    late = now + timedelta(hours=13, minutes=55)  # 23:55 in the practice
    attendance = visit(store, 1, late + timedelta(minutes=10))
    with pytest.raises(NotToday):
        check_in(gate, people.desk, attendance, now=late)
    assert check_in(gate, people.desk, attendance, now=late + timedelta(minutes=5)).status == "arrived"


def test_twice_is_refused(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now, status=AttendanceStatus.ARRIVED)
    with pytest.raises(CannotMove):
        check_in(gate, people.desk, attendance, now=now)


def test_a_double_click_checks_in_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now)
    once = check_in(gate, people.desk, attendance, now=now, idempotency_key="click-001")
    assert check_in(gate, people.desk, attendance, now=now, idempotency_key="click-001") == once


def test_a_stale_page_moves_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    check_stale_page_moves_nothing(gate, people, visit(store, 1, now), check_in, now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    check_others_cannot(gate, getattr(people, who), visit(store, 1, now), check_in, now)
