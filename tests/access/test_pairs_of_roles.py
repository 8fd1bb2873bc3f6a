"""Every pair of roles on one person: together they let nobody do what takes two."""

from contextlib import suppress
from datetime import datetime
from itertools import combinations, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.accounts.granting import House
from tests.factories.small_practice import events
from workbench.accounts.access_rules import APPROVING_ROLES, ASKING_ROLES, RequestKind
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


ROLES = st.frozensets(st.sampled_from(STAFF_ROLES))


def test_two_persons_with_whatever_roles_get_through_only_what_takes_two(gate: Gate, now: datetime) -> None:
    house, numbers = House(gate, now), count()
    manager = house.person("manager", Role.MANAGER)

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(ROLES, ROLES)
    def attempt(one_holds: frozenset[Role], other_holds: frozenset[Role]) -> None:
        number = next(numbers)
        one, other = house.person(f"one_{number}", *one_holds), house.person(f"other_{number}", *other_holds)
        for role, new in ((Role.IT, f"it_{number}"), (Role.OWNER, f"owner_{number}")):
            asked = ""
            house.clear(new, manager)
            with suppress(WorkbenchError):
                asked = house.ask(one, new, role, kind=RequestKind.ACCOUNT)
            for approver in (one, other, one):
                with suppress(WorkbenchError):
                    house.approve(approver, asked)
            may = bool(one_holds & ASKING_ROLES and other_holds & APPROVING_ROLES)
            # An owner takes two approvers, and of these two persons one has asked.
            assert (house.user(new) is not None) is (may and role is Role.IT)

    attempt()
