"""The brake: an account stops at once, and never the last one that runs or guards the practice."""

from datetime import datetime

import pytest

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import LastHolder
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import UserSession
from workbench.actions.accounts.disable_account import disable_account
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound

HASH = "a" * 64


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


def open_session(house: House, who: Actor) -> None:
    with house.gate.store.writing() as session:
        session.add(UserSession(token_hash=HASH, user_id=who.user_id, person_id=who.person_id, opened_at=house.now,
                                last_input_at=house.now))  # fmt: skip
        session.commit()


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.COMPLIANCE, Role.IT])
def test_it_stops_the_account_and_its_sessions_at_once(gate: Gate, house: House, now: datetime, role: Role) -> None:
    by, biller = house.person("by", role), house.person("biller", Role.BILLER)
    open_session(house, biller)
    assert set(live_sessions(gate, {HASH}, now)) == {HASH}
    assert disable_account(gate, by, biller.user_id, now=now).ended == (HASH,)
    assert not live_sessions(gate, {HASH}, now)
    user = house.user("biller")
    assert user is not None
    assert user.state == AccountState.DISABLED
    assert disable_account(gate, by, biller.user_id, now=now).ended == ()


def test_anybody_stops_their_own_account_and_nobody_elses(gate: Gate, house: House, now: datetime) -> None:
    biller, desk = house.person("biller", Role.BILLER), house.person("desk", Role.FRONT_DESK)
    with pytest.raises(NotFound):
        disable_account(gate, biller, desk.user_id, now=now)
    disable_account(gate, biller, biller.user_id, now=now)
    user, other = house.user("biller"), house.user("desk")
    assert user is not None
    assert other is not None
    assert (user.state, other.state) == (AccountState.DISABLED, AccountState.ACTIVE)


@pytest.mark.parametrize("role", [Role.OWNER, Role.COMPLIANCE])
def test_the_last_of_a_guarded_role_stays(gate: Gate, house: House, now: datetime, role: Role) -> None:
    it, first = house.person("it", Role.IT), house.person("first", role)
    second = house.person("second", role)
    disable_account(gate, it, first.user_id, now=now)
    open_session(house, second)
    for by in (it, second):
        with pytest.raises(LastHolder, match="This is the last"):
            disable_account(gate, by, second.user_id, now=now)
    assert set(live_sessions(gate, {HASH}, now)) == {HASH}
