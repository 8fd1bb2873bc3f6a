"""Withdrawing a request: by who asked, and for good."""

from datetime import datetime

import pytest

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import RequestClosed, RequestKind, RequestState
from workbench.actions.accounts.withdraw_access_request import withdraw_access_request
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound


def test_only_who_asked_withdraws_and_nothing_can_be_approved_after_it(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    request = house.ask(manager, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(NotFound):
        withdraw_access_request(gate, owner, request, now=now)
    withdraw_access_request(gate, manager, request, now=now)
    assert house.request(request).state == RequestState.WITHDRAWN
    with pytest.raises(RequestClosed):
        house.approve(owner, request)
    with pytest.raises(RequestClosed):
        withdraw_access_request(gate, manager, request, now=now)
    assert house.user("fern") is None
    # Asked again, it begins at nothing.
    assert house.approve(owner, house.ask(manager, "fern", Role.IT, kind=RequestKind.ACCOUNT))
