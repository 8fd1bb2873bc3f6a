"""Every pair of roles on one person: together they let nobody do what takes two."""

from datetime import datetime
from itertools import combinations

import pytest

from tests.actions.accounts.granting import House
from tests.factories.small_practice import events
from workbench.accounts.access_rules import ASKING_ROLES, RequestKind
from workbench.gate.action import Gate
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.kernel.errors import WorkbenchError

pytestmark = pytest.mark.engines("sqlcipher")


def test_nobody_asks_and_approves_whatever_two_roles_they_hold(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    people = [house.person("_".join(pair), *pair) for pair in combinations(STAFF_ROLES, 2)]
    asked = 0
    for number, person in enumerate(people):
        new = f"new_{number}"
        if not person.roles & ASKING_ROLES:
            with pytest.raises(WorkbenchError):
                house.ask(person, new, Role.IT, kind=RequestKind.ACCOUNT)
            continue
        asked += 1
        request = house.ask(person, new, Role.IT, kind=RequestKind.ACCOUNT)
        with pytest.raises(WorkbenchError):
            house.approve(person, request)
        assert house.user(new) is None
    assert asked == 21
    assert ("access.changed", "done") not in events(gate.store)


def test_nobody_approves_what_is_asked_for_them_whatever_two_roles_they_hold(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    manager = house.person("manager", Role.MANAGER)
    for pair in combinations(STAFF_ROLES, 2):
        name = "_".join(pair)
        person = house.person(name, *pair)
        house.clear(name, manager)
        wanted = next(role for role in STAFF_ROLES if role not in pair)
        request = house.ask(manager, name, wanted)
        with pytest.raises(WorkbenchError):
            house.approve(person, request)
        assert set(house.grants(name)) == set(pair)
