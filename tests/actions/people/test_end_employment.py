"""The end of somebody's employment: their account is over at that very instant, now or to come."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_disable_account import HASH, open_session
from tests.factories.small_practice import put
from workbench.accounts.access_rules import LastHolder
from workbench.accounts.queries import live_sessions
from workbench.actions.people.end_employment import end_employment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.people.departures import Departure, EndIsPast, LeavingAlready, NotTheirColleague, OwnDeparture
from workbench.people.rules import NoLongerHere
from workbench.people.tables import Staff


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def manager(house: House) -> Actor:
    return house.person("manager", Role.MANAGER)


def test_now_ends_every_session_at_once(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    biller = house.person("biller", Role.BILLER)
    open_session(house, biller)
    assert end_employment(gate, manager, "stf_biller", now=now).ended == (HASH,)
    assert not live_sessions(gate, {HASH}, now)


def test_to_come_closes_the_account_at_that_very_instant(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    biller = house.person("biller", Role.BILLER)
    open_session(house, biller)
    end = now + timedelta(minutes=10)
    assert end_employment(gate, manager, "stf_biller", now=now, ends_at=end).ended == ()
    assert live_sessions(gate, {HASH}, end - timedelta(microseconds=1))
    assert not live_sessions(gate, {HASH}, end)


def test_it_happens_once_in_the_future_and_to_somebody_else(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    house.person("biller", Role.BILLER)
    with pytest.raises(OwnDeparture):
        end_employment(gate, manager, "stf_manager", now=now)
    with pytest.raises(EndIsPast):
        end_employment(gate, manager, "stf_biller", now=now, ends_at=now - timedelta(seconds=1))
    with pytest.raises(NotTheirColleague):
        end_employment(gate, manager, "stf_biller", now=now, handed_to="stf_biller")
    end_employment(gate, manager, "stf_biller", now=now, ends_at=now + timedelta(days=3))
    with pytest.raises((LeavingAlready, NoLongerHere)):
        end_employment(gate, manager, "stf_biller", now=now)


def test_the_last_owner_cannot_leave(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    house.person("owner", Role.OWNER)
    with pytest.raises(LastHolder):
        end_employment(gate, manager, "stf_owner", now=now)
    house.person("second", Role.OWNER)
    end_employment(gate, manager, "stf_owner", now=now)


@pytest.mark.parametrize("wrong", [{"requested_by": "stf_biller"}, {"handed_to": "stf_biller"}])
def test_the_database_knows_who_may_not(gate: Gate, house: House, now: datetime, wrong: dict[str, str]) -> None:
    house.staff("biller")
    row = {"staff_id": "stf_biller", "ends_at": now, "requested_by": "stf_manager", "requested_at": now, **wrong}
    with pytest.raises(DBAPIError, match="_another"):
        put(gate.store, [Departure(**row)])


def test_somebody_without_an_account_can_leave_too(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    house.staff("fern")
    end_employment(gate, manager, "stf_fern", now=now)
    with gate.store.reading() as read:
        assert read.get_one(Staff, "stf_fern").ended_on is not None
