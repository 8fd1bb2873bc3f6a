"""Who must have approved what: for every set of roles on two persons and more, nothing goes through without them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.accounts.access_rules import (
    APPROVING_ROLES,
    ASKING_ROLES,
    HEALTH_ROLES,
    Change,
    ClearanceItem,
    RequestKind,
    Voice,
    Wanted,
    approvers,
    clearance_needed,
    is_enough,
    latest_end,
    may_decide,
    may_work_alone,
    problems,
)
from workbench.gate.actor import STAFF_ROLES, Role

MONDAY = date(2026, 3, 9)
ROLES = st.frozensets(st.sampled_from(STAFF_ROLES))
PERSONS = ("ada", "ben", "cam", "dee")
PRACTICES = st.fixed_dictionaries(dict.fromkeys(PERSONS, ROLES))
PERSON = st.sampled_from(PERSONS)


def holders(practice: Mapping[str, frozenset[Role]]) -> dict[Role, set[str]]:
    found: dict[Role, set[str]] = defaultdict(set)
    for person, roles in practice.items():
        for role in roles:
            found[role].add(person)
    return found


@given(PRACTICES, PERSON, PERSON, ROLES, st.lists(PERSON, max_size=6))
def test_nothing_is_carried_out_without_the_distinct_approvers_it_needs(practice, asks, concerned, roles, approve):
    change = Change(asks, practice[asks], concerned, roles)
    voices = [Voice(person, practice[person]) for person in approve]
    counted = {p for p in approve if practice[p] & APPROVING_ROLES and p not in (asks, concerned)}
    held = holders(practice)
    if is_enough(change, voices, held):
        assert practice[asks] & ASKING_ROLES
        assert len(counted) >= (2 if roles & {Role.OWNER, Role.COMPLIANCE} else 1)
        if change.is_guarded:
            for role in (Role.OWNER, Role.COMPLIANCE):
                assert not held[role] or counted & held[role]


@given(PRACTICES, PERSON, PERSON, ROLES)
def test_two_persons_with_whatever_roles_never_approve_for_themselves(practice, one, other, roles):
    voices = [Voice(person, practice[person]) for person in {one, other}]
    for asks, concerned in ((one, other), (other, one)):
        assert not is_enough(Change(asks, practice[asks], concerned, roles), voices, holders(practice))
    own = Change(one, practice[one], one, roles)
    assert not is_enough(own, [voice for voice in voices if voice.person_id == one], holders(practice))


@given(PRACTICES, PERSON, PERSON, ROLES, st.lists(PERSON, max_size=6), st.permutations(PERSONS))
def test_neither_the_order_nor_saying_it_twice_changes_the_answer(practice, asks, concerned, roles, approve, order):
    change, held = Change(asks, practice[asks], concerned, roles), holders(practice)
    said = is_enough(change, [Voice(p, practice[p]) for p in approve], held)
    sorted_once = [Voice(p, practice[p]) for p in order if p in approve]
    assert is_enough(change, sorted_once, held) is said
    assert is_enough(change, sorted_once * 2, held) is said


@given(PRACTICES, PERSON, ROLES)
def test_alone_one_never_decides_about_oneself(practice, asks, roles):
    change = Change(asks, practice[asks], asks, roles)
    assert not is_enough(change, [Voice(asks, practice[asks], is_alone=True)], holders(practice))
    assert not may_decide(change, asks, alone=True)


@given(PRACTICES)
def test_working_alone_is_for_practices_with_one_approver(practice):
    assert may_work_alone(holders(practice)) is (sum(bool(r & APPROVING_ROLES) for r in practice.values()) == 1)
    assert approvers(holders(practice)) == {p for p, roles in practice.items() if roles & APPROVING_ROLES}


def test_alone_one_persons_approval_of_what_they_asked_is_enough():
    change = Change("ada", frozenset({Role.OWNER}), "ben", frozenset({Role.COMPLIANCE}))
    held = {Role.OWNER: {"ada"}}
    assert not is_enough(change, [Voice("ada", frozenset({Role.OWNER}))], held)
    assert is_enough(change, [Voice("ada", frozenset({Role.OWNER}), is_alone=True)], held)


def test_two_owners_make_the_first_compliance_officer():
    change = Change("mel", frozenset({Role.MANAGER}), "cam", frozenset({Role.COMPLIANCE}))
    owner = frozenset({Role.OWNER})
    voices = [Voice("ada", owner), Voice("ben", owner)]
    assert is_enough(change, voices, {Role.OWNER: {"ada", "ben"}})
    assert not is_enough(change, voices[:1], {Role.OWNER: {"ada", "ben"}})
    assert not is_enough(change, voices, {Role.OWNER: {"ada", "ben"}, Role.COMPLIANCE: {"dee"}})


@given(PRACTICES, PERSON, PERSON, st.lists(PERSON, max_size=6))
def test_a_new_factor_takes_two_others_than_its_person_and_never_waits_for_them(practice, asks, concerned, approve):
    change = Change(asks, practice[asks], concerned, practice[concerned], is_new_factor=True)
    others = {p for p in PERSONS if practice[p] & APPROVING_ROLES} - {asks, concerned}
    counted = others & set(approve)
    if is_enough(change, [Voice(p, practice[p]) for p in approve], holders(practice)):
        assert practice[asks] & ASKING_ROLES
        assert counted
        assert len(counted) > 1 or not change.is_guarded or len(others) == 1
    if others and practice[asks] & ASKING_ROLES:
        assert is_enough(change, [Voice(p, practice[p]) for p in others], holders(practice))


def test_every_role_but_it_reaches_health_data_and_waits_for_the_clearance():
    assert set(STAFF_ROLES) - HEALTH_ROLES == {Role.IT}
    assert clearance_needed([Role.IT]) == set()
    assert clearance_needed([Role.BILLER, Role.IT]) == set(ClearanceItem) - {ClearanceItem.LICENCE}
    assert clearance_needed([Role.CLINICIAN]) == set(ClearanceItem)


@pytest.mark.parametrize(("roles", "covers", "days"), [
    ({Role.BILLER}, False, 365), ({Role.AUDITOR}, False, 30), ({Role.AUDITOR, Role.BILLER}, False, 30),
    ({Role.CLINICIAN}, True, 14),
])  # fmt: skip
def test_grants_end_by_themselves(roles, covers, days):
    latest = latest_end(roles, is_covering=covers, today=MONDAY)
    assert latest == MONDAY + timedelta(days=days)
    at_most = Wanted(frozenset(roles), "why", latest, is_covering=covers)
    assert problems(RequestKind.ADD_ROLE, at_most, MONDAY) == {}
    too_long = Wanted(frozenset(roles), "why", latest + timedelta(days=1), is_covering=covers)
    assert set(problems(RequestKind.ADD_ROLE, too_long, MONDAY)) == {"ends_on"}


def test_every_field_that_cannot_be_used_is_named_at_once():
    nothing = Wanted(frozenset(), " ", MONDAY, "not an address", "stf_sage")
    assert set(problems(RequestKind.ACCOUNT, nothing, MONDAY)) == {"roles", "why", "email", "ends_on", "supervisor_id"}
    portal = Wanted(frozenset({Role.PATIENT}), "x" * 2000)
    assert set(problems(RequestKind.ADD_ROLE, portal, MONDAY)) == {"roles", "why"}
