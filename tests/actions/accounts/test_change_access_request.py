"""Changing a request: by who asked, while it is open, and kept beside the old version."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import RequestClosed, RequestKind, Wanted
from workbench.accounts.access_tables import AccessTerms
from workbench.actions.accounts.change_access_request import change_access_request
from workbench.actions.accounts.withdraw_access_request import withdraw_access_request
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound

SHORTER = Wanted(frozenset({Role.BILLER}), "Shorter", date(2026, 5, 1), "fern@example.test")


def test_a_new_version_stands_beside_the_old_one(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    manager, other = house.person("manager", Role.MANAGER), house.person("other", Role.MANAGER)
    request = house.ask(manager, "fern", Role.BILLER, kind=RequestKind.ACCOUNT)
    with pytest.raises(NotFound):
        change_access_request(gate, other, request, now=now, wanted=SHORTER)
    assert change_access_request(gate, manager, request, now=now, wanted=SHORTER).number == 2
    with gate.store.reading() as read:
        kept = read.execute(select(AccessTerms.number, AccessTerms.ends_on).order_by(AccessTerms.number)).all()
    assert [tuple(row) for row in kept] == [(1, date(2027, 3, 9)), (2, date(2026, 5, 1))]
    withdraw_access_request(gate, manager, request, now=now)
    with pytest.raises(RequestClosed):
        change_access_request(gate, manager, request, now=now, wanted=SHORTER)
