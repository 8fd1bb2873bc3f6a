"""Working alone: where one person could approve, their own approval counts after a day, in the open."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import AccessUnclear, RequestKind, SamePerson
from workbench.accounts.access_tables import SoloMode
from workbench.actions.accounts.end_working_alone import end_working_alone
from workbench.actions.accounts.work_alone import AloneAlready, NotAlone, work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed
from workbench.kernel.errors import WorkbenchError

DAY = timedelta(hours=24)
TOLD = {"why": "I run this alone", "reviewer_name": "R. Alder", "reviewer_address": "alder@example.test"}


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def owner(house: House) -> Actor:
    return house.person("owner", Role.OWNER)


def test_it_keeps_who_why_and_who_reviews_and_begins_after_a_day(
    gate: Gate, house: House, owner: Actor, now: datetime
) -> None:
    begun = work_alone(gate, owner, now=now, **TOLD)
    with gate.store.reading() as read:
        mode = read.scalars(select(SoloMode)).one()
        assert (mode.words.why, mode.words.reviewer_name) == (TOLD["why"], TOLD["reviewer_name"])
    assert (mode.person_id, begun.effective_at) == ("stf_owner", now + DAY)
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(SamePerson):
        house.approve(owner, request, now=now + DAY - timedelta(seconds=1))
    with pytest.raises(AloneAlready):
        work_alone(gate, owner, now=now, **TOLD)


def test_it_is_refused_while_two_could_approve_and_without_a_reviewer(
    gate: Gate, house: House, owner: Actor, now: datetime
) -> None:
    with pytest.raises(AccessUnclear) as told:
        work_alone(gate, owner, now=now, **{**TOLD, "reviewer_name": " "})
    assert set(told.value.fields) == {"reviewer_name"}
    with pytest.raises(NotAllowed):
        work_alone(gate, house.person("manager", Role.MANAGER), now=now, **TOLD)
    officer = house.person("officer", Role.COMPLIANCE)
    for person in (owner, officer):
        with pytest.raises(NotAlone):
            work_alone(gate, person, now=now, **TOLD)


def test_it_does_not_count_any_more_once_a_second_person_could_approve(
    gate: Gate, house: House, owner: Actor, now: datetime
) -> None:
    work_alone(gate, owner, now=now, **TOLD)
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    officer = house.person("officer", Role.COMPLIANCE)
    with pytest.raises(SamePerson):
        house.approve(owner, request, now=now + DAY)
    assert house.approve(officer, request, now=now + DAY)


def test_nobody_approves_for_themself_even_alone(gate: Gate, house: House, owner: Actor, now: datetime) -> None:
    work_alone(gate, owner, now=now, **TOLD)
    request = house.ask(owner, "owner", Role.IT)
    with pytest.raises(SamePerson):
        house.approve(owner, request, now=now + DAY)


def test_once_ended_nothing_is_approved_alone(gate: Gate, house: House, owner: Actor, now: datetime) -> None:
    begun = work_alone(gate, owner, now=now, **TOLD)
    end_working_alone(gate, owner, begun.solo_id, now=now + DAY)
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    with pytest.raises(WorkbenchError):
        house.approve(owner, request, now=now + 2 * DAY)
