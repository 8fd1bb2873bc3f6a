"""Refusing a request: with a reason that whoever asked can read, by somebody who may approve."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from tests.actions.accounts.signing_in import told
from workbench.accounts.access_rules import AccessUnclear, RequestClosed, RequestKind, RequestState, SamePerson
from workbench.accounts.access_tables import AccessDecision
from workbench.accounts.notices import NoticeKind
from workbench.actions.accounts.refuse_access import refuse_access
from workbench.gate.action import Gate
from workbench.gate.actor import Role


def test_a_refusal_closes_it_with_its_reason(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    request = house.ask(manager, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(AccessUnclear):
        refuse_access(gate, owner, request, now=now, why=" ")
    refuse_access(gate, owner, request, now=now, why="Not before June")
    assert house.request(request).state == RequestState.REFUSED
    with gate.store.reading() as read:
        assert read.scalars(select(AccessDecision)).one().words.why == "Not before June"
    assert told(gate) == [NoticeKind.ACCESS_REQUEST_REFUSED]
    with pytest.raises(RequestClosed):
        refuse_access(gate, owner, request, now=now, why="Again")


def test_an_approval_is_taken_back_by_refusing_and_nobody_refuses_what_they_asked(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    owner, officer = house.person("owner", Role.OWNER), house.person("officer", Role.COMPLIANCE)
    manager = house.person("manager", Role.MANAGER)
    house.clear("fern", manager)
    request = house.ask(manager, "fern", Role.OWNER, kind=RequestKind.ACCOUNT)
    house.approve(owner, request)
    refuse_access(gate, owner, request, now=now, why="I was wrong")
    with pytest.raises(RequestClosed):
        house.approve(officer, request)
    own = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(SamePerson):
        refuse_access(gate, owner, own, now=now, why="Mine")
