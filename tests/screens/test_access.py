"""What the pages of access are told: people with their roles, requests with who may decide, working alone."""

from datetime import date, datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_work_alone import DAY, TOLD
from tests.factories.small_practice import events
from workbench.accounts.access_rules import ClearanceItem, RequestKind, RequestState
from workbench.accounts.awaiting import awaiting
from workbench.actions.accounts.refuse_access import refuse_access
from workbench.actions.accounts.state_self_approvals import state_self_approvals
from workbench.actions.accounts.work_alone import work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotAllowed
from workbench.jobs.handlers import HANDLERS
from workbench.screens.access_people import access_people
from workbench.screens.access_requests import access_requests
from workbench.screens.role_preview import role_preview
from workbench.screens.working_alone import working_alone

JOB = next(handler.actor for handler in HANDLERS if handler.kind == "state_self_approvals")


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


def test_people_are_shown_with_roles_clearance_and_factors(gate: Gate, house: House, now: datetime) -> None:
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    house.person("sage", Role.SUPERVISOR)
    house.clear("fern", manager)
    house.staff("moss")
    request = house.ask(
        manager, "fern", Role.CLINICIAN, kind=RequestKind.ACCOUNT, supervisor_id="stf_sage", ends_on=date(2026, 3, 20)
    )
    house.approve(owner, request)
    people = {one.staff_id: one for one in access_people(gate, owner, now=now)}
    fern, moss = people["stf_fern"], people["stf_moss"]
    assert (fern.state, moss.state, people["stf_owner"].state) == ("invited", "none", "active")
    assert [(one.role, one.supervisor, one.ends_soon, one.is_asked) for one in fern.roles] == [
        (Role.CLINICIAN, "sage Test", True, True)
    ]
    assert fern.is_cleared
    assert not people["stf_owner"].is_cleared
    assert people["stf_owner"].has_app
    assert [one.item for one in fern.clearance if one.is_needed] == list(ClearanceItem)


def test_a_request_says_for_whom_it_waits_and_who_asked_may_change_it(gate: Gate, house: House, now: datetime) -> None:
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    officer = house.person("officer", Role.COMPLIANCE)
    house.clear("fern", manager)
    request = house.ask(manager, "fern", Role.OWNER, kind=RequestKind.ACCOUNT)
    (seen,) = access_requests(gate, owner, now=now)
    assert (seen.may_approve, seen.may_change, seen.is_guarded) == (True, False, True)
    assert set(seen.deciders) == {"officer Test", "owner Test"}
    house.approve(owner, request)
    (seen,) = access_requests(gate, owner, now=now)
    assert (seen.may_approve, seen.deciders) == (False, ("officer Test",))
    assert access_requests(gate, manager, now=now)[0].may_change
    assert [one.request_id for one in awaiting(gate, officer, now)] == [request]
    assert awaiting(gate, owner, now) == awaiting(gate, manager, now) == ()
    refuse_access(gate, officer, request, now=now, why="No")
    (closed,) = access_requests(gate, owner, now=now)
    assert (closed.state, closed.decisions[-1].why) == (RequestState.REFUSED, "No")


@pytest.mark.parametrize("role", [Role.BILLER, Role.FRONT_DESK, Role.CLINICIAN, Role.AUDITOR, Role.IT])
def test_access_is_nobody_elses_to_see(gate: Gate, house: House, now: datetime, role: Role) -> None:
    person = house.person("moss", role)
    for read in (access_people, access_requests):
        with pytest.raises(NotAllowed):
            read(gate, person, now=now)
    with pytest.raises(NotAllowed):
        role_preview(gate, person, now=now, role=Role.OWNER)


def test_the_reviewer_reads_every_act_of_one_person_alone(gate: Gate, house: House, now: datetime) -> None:
    owner, auditor = house.person("owner", Role.OWNER), house.person("auditor", Role.AUDITOR)
    assert working_alone(gate, owner, now=now).may_begin
    work_alone(gate, owner, now=now, **TOLD)
    house.approve(owner, house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT), now=now + DAY)
    state_self_approvals(gate, JOB, now=now + timedelta(days=7))
    shown = working_alone(gate, auditor, now=now + timedelta(days=7))
    (mode,), (statement,) = shown.modes, shown.statements
    assert (mode.is_in_force, mode.is_mine, mode.reviewer_name) == (True, False, TOLD["reviewer_name"])
    assert [(act.what, act.person, act.roles) for act in statement.acts] == [
        ("work_alone", "owner Test", ()), ("account", "fern Test", ("it",)),
    ]  # fmt: skip
    assert statement.count == len(statement.acts)
    assert not shown.may_begin


def test_looking_as_another_role_is_written_down(gate: Gate, house: House, now: datetime) -> None:
    owner = house.person("owner", Role.OWNER)
    assert role_preview(gate, owner, now=now, role=Role.BILLER).role is Role.BILLER
    assert events(gate.store)[-1] == ("role.previewed", "shown")
