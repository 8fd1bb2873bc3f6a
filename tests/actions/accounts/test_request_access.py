"""Asking for access: only who may, with a reason, and nothing changes by it."""

from datetime import date, datetime

import pytest

from tests.actions.accounts.granting import House
from tests.factories.small_practice import every_row
from workbench.accounts.access_rules import AccessUnclear, RequestKind, RequestState
from workbench.accounts.carrying_out import terms_of
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.people.rules import NoLongerHere
from workbench.people.tables import Staff


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


def test_a_request_keeps_who_asked_for_whom_why_and_until_when(house: House) -> None:
    manager = house.person("manager", Role.MANAGER)
    request = house.request(house.ask(manager, "fern", Role.BILLER, kind=RequestKind.ACCOUNT, why="Takes over billing"))
    assert (request.state, request.requester_id, request.person_id) == (RequestState.OPEN, "stf_manager", "stf_fern")
    with house.gate.store.reading() as read:
        terms = terms_of(read, request)
        assert terms.words.why == "Takes over billing"
        assert b"billing" not in terms.sealed
    assert (terms.roles, terms.ends_on) == ("biller", date(2027, 3, 9))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OWNER, Role.MANAGER, Role.SUPERVISOR}))
def test_only_owner_manager_and_supervisor_ask(house: House, role: Role) -> None:
    person = house.person("moss", role)
    with pytest.raises(NotFound):
        house.ask(person, "fern", Role.BILLER, kind=RequestKind.ACCOUNT)


def test_what_cannot_be_is_told_by_its_field_and_changes_nothing(house: House) -> None:
    manager = house.person("manager", Role.MANAGER)
    house.person("moss", Role.BILLER)
    house.staff("fern")
    house.ask(manager, "moss", Role.FRONT_DESK)
    before = every_row(house.gate.store)

    def refused(name: str, *roles: Role, **terms: object) -> set[str]:
        with pytest.raises(AccessUnclear) as told:
            house.ask(manager, name, *roles, **terms)  # type: ignore[arg-type]
        return set(told.value.fields)

    assert refused("moss", Role.IT, kind=RequestKind.ACCOUNT) == {"person_id"}
    assert refused("fern", Role.IT, kind=RequestKind.ACCOUNT, email="moss@example.test") == {"email"}
    assert refused("fern", Role.IT) == {"person_id"}
    assert refused("moss", Role.FRONT_DESK) == {"person_id"}  # it waits already
    assert refused("moss", Role.IT, kind=RequestKind.END_ROLE) == {"roles"}
    assert refused("moss", Role.CLINICIAN, supervisor_id="stf_manager") == {"supervisor_id"}
    assert refused("moss", Role.CLINICIAN, supervisor_id="stf_moss") == {"supervisor_id"}
    assert every_row(house.gate.store) == before


def test_who_has_left_gets_nothing(house: House) -> None:
    manager = house.person("manager", Role.MANAGER)
    staff_id = house.staff("fern")
    with house.gate.store.writing() as session:
        session.get_one(Staff, staff_id).ended_on = date(2026, 3, 9)
        session.commit()
    with pytest.raises(NoLongerHere):
        house.ask(manager, "fern", Role.BILLER, kind=RequestKind.ACCOUNT)
