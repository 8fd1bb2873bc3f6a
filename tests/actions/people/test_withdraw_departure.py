"""Taking back an end that has not come."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_disable_account import HASH, open_session
from workbench.accounts.queries import live_sessions
from workbench.actions.people.end_employment import end_employment
from workbench.actions.people.withdraw_departure import withdraw_departure
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.people.departures import GoneAlready, OwnDeparture


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


def test_who_stays_goes_on_as_before_and_may_leave_later(gate: Gate, house: House, now: datetime) -> None:
    manager, biller = house.person("manager", Role.MANAGER), house.person("biller", Role.BILLER)
    open_session(house, biller)
    end = now + timedelta(minutes=5)
    set_ = end_employment(gate, manager, "stf_biller", now=now, ends_at=end)
    withdraw_departure(gate, manager, set_.departure_id, now=now)
    assert live_sessions(gate, {HASH}, end)
    end_employment(gate, manager, "stf_biller", now=now, ends_at=end)


def test_an_end_that_has_come_stays(gate: Gate, house: House, now: datetime) -> None:
    manager = house.person("manager", Role.MANAGER)
    house.person("biller", Role.BILLER)
    done = end_employment(gate, manager, "stf_biller", now=now)
    with pytest.raises(GoneAlready):
        withdraw_departure(gate, manager, done.departure_id, now=now + timedelta(seconds=1))


def test_nobody_takes_back_their_own(gate: Gate, house: House, now: datetime) -> None:
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    done = end_employment(gate, owner, "stf_manager", now=now, ends_at=now + timedelta(days=1))
    with pytest.raises(OwnDeparture):
        withdraw_departure(gate, manager, done.departure_id, now=now)
