"""The table of permissions: whole, readable, and the one place that says who may."""

from itertools import chain

import pytest

from workbench.gate.actor import Role
from workbench.gate.grants import JOBS_ONLY, row
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.table import MEANINGS, Cell, acts

REQUESTS_AND_APPROVALS = [("a01", "a02"), ("a08", "a09"), ("d05", "d06"), ("d09", "d10")]


def test_the_table_has_every_act_once_and_a_letter_for_every_role():
    assert len(acts()) == 71
    assert all(set(act.cells) == set(Role) for act in acts().values())
    assert set(MEANINGS) == set(Cell)


def test_every_permission_is_answered_by_the_table_or_is_for_jobs_alone():
    assert set(POLICY) == set(Permission)
    for grant in chain.from_iterable(POLICY.values()):
        if grant.cell is Cell.BREAK_GLASS:
            assert grant.roles == acts()["c10"].roles(Cell.EVERYWHERE)
        else:
            assert any(act.roles(grant.cell) == grant.roles for act in acts().values())


def test_no_person_holds_what_is_for_jobs():
    assert {permission for permission, grants in POLICY.items() if grants == JOBS_ONLY} == {
        Permission.ANSWER_REMINDER,
        Permission.CARRY_OUT_ACCESS,
        Permission.COMPLETE_DEPARTURE,
        Permission.ESCALATE_MESSAGES,
        Permission.EXPIRE_KEPT_ANSWERS,
        Permission.GO_ON_FROM_BACKUP,
        Permission.LAPSE_REQUEST,
        Permission.LAPSE_WAIT,
        Permission.LOAD_SYNTHETIC_PRACTICE,
        Permission.OPEN_QUARTERLY_REVIEW,
        Permission.HEAR_TEXT,
        Permission.PLAN_REMINDERS,
        Permission.PROVISION_USER,
        Permission.REMIND_EMERGENCY_REVIEW,
        Permission.SEAL_AUDIT,
        Permission.SEND_REMINDERS,
        Permission.SIGN_IN,
        Permission.STATE_SELF_APPROVALS,
        Permission.WATCH_GRANTS,
    }


def test_letters_that_are_not_named_hold_nothing():
    held = {role for grant in row("d01", "YPS") for role in grant.roles}
    assert held == {Role.OWNER, Role.MANAGER, Role.BILLER, Role.CLINICIAN, Role.SUPERVISOR}


@pytest.mark.parametrize(("asks", "approves"), REQUESTS_AND_APPROVALS)
def test_whoever_approves_something_has_somebody_else_to_ask_for_it(asks: str, approves: str):
    approvers = acts()[approves].roles(Cell.APPROVE)
    askers = frozenset(role for role, cell in acts()[asks].cells.items() if cell is not Cell.DENIED)
    assert approvers
    assert askers - approvers or len(askers) > 1


@pytest.mark.parametrize("code", [code for code in acts() if code[0] in "bcd"])
def test_it_reaches_no_care_and_no_money(code: str):
    assert acts()[code].cells[Role.IT] is Cell.DENIED


def test_psychotherapy_notes_belong_to_who_writes_them():
    assert set(acts()["c06"].cells.values()) == {Cell.OWN, Cell.DENIED}


def test_emergencies_are_for_those_who_may_open_one_and_reviewed_by_others():
    may_open = acts()["c10"].roles(Cell.EVERYWHERE)
    for act in acts().values():
        assert act.roles(Cell.BREAK_GLASS) <= may_open
    assert acts()["c11"].roles(Cell.APPROVE) == {Role.OWNER, Role.COMPLIANCE}


@pytest.mark.parametrize("code", ["c06", "c03", "d04"])
def test_no_emergency_opens_psychotherapy_notes_or_what_the_table_does_not_open(code: str):
    with pytest.raises(ValueError, match=f"no emergency opens {code}"):
        row(code, "UB")
