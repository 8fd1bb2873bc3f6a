"""What one person approved alone is carried out by a job after its day, unless something came between."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_work_alone import DAY, TOLD
from tests.factories.small_practice import events
from workbench.accounts.access_rules import RequestKind, RequestState
from workbench.actions.accounts.carry_out_access import carry_out_access
from workbench.actions.accounts.withdraw_access_request import withdraw_access_request
from workbench.actions.accounts.work_alone import work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.runner import Runner

JOB = next(handler.actor for handler in HANDLERS if handler.kind == "carry_out_access")


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def owner(gate: Gate, house: House, now: datetime) -> Actor:
    """The only one who could approve, a day after they said so."""
    owner = house.person("owner", Role.OWNER)
    work_alone(gate, owner, now=now, **TOLD)
    return owner


def test_it_happens_at_its_time_and_not_before(gate: Gate, house: House, owner: Actor, now: datetime) -> None:
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    approved_at = now + DAY
    assert not house.approve(owner, request, now=approved_at)
    early = carry_out_access(gate, JOB, request, now=approved_at + DAY - timedelta(seconds=1))
    assert not early.is_done
    assert events(gate.store)[-1] == ("access.changed", "refused")
    handlers = [handler for handler in HANDLERS if handler.kind == "carry_out_access"]
    late = Runner(gate, handlers, clock=lambda: approved_at + DAY, name="test")
    assert late.run_one()
    assert house.request(request).state == RequestState.DONE
    assert set(house.grants("fern")) == {"it"}
    assert not late.run_one()


def test_a_compliance_officer_is_made_alone_where_nobody_else_could(house: House, owner: Actor, now: datetime) -> None:
    manager = house.person("manager", Role.MANAGER)
    house.clear("fern", manager)
    request = house.ask(manager, "fern", Role.COMPLIANCE, kind=RequestKind.ACCOUNT)
    assert not house.approve(owner, request, now=now + DAY)
    assert carry_out_access(house.gate, JOB, request, now=now + 2 * DAY).is_done


def test_withdrawn_in_between_nothing_happens(gate: Gate, house: House, owner: Actor, now: datetime) -> None:
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    house.approve(owner, request, now=now + DAY)
    withdraw_access_request(gate, owner, request, now=now + DAY)
    assert not carry_out_access(gate, JOB, request, now=now + 3 * DAY).is_done
    assert house.user("fern") is None
    assert events(gate.store)[-1] == ("access.changed", "refused")


def test_a_second_approver_in_between_has_the_word(house: House, owner: Actor, now: datetime) -> None:
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    house.approve(owner, request, now=now + DAY)
    officer = house.person("officer", Role.COMPLIANCE)
    assert not carry_out_access(house.gate, JOB, request, now=now + 3 * DAY).is_done
    assert house.approve(officer, request, now=now + 3 * DAY)


def test_no_person_carries_out(gate: Gate, house: House, owner: Actor, now: datetime) -> None:
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(NotFound):
        carry_out_access(gate, owner, request, now=now)
