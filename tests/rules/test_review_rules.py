"""An access review proposes to take away only what nobody would miss."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.accounts.review_rules import (
    Because,
    DecisionUnclear,
    HeldRole,
    Proposal,
    checked,
    propose,
    quarter_of,
    rights_of,
)
from workbench.gate.actor import STAFF_ROLES, Role

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
EVERY = sorted(set().union(*(rights_of(role) for role in STAFF_ROLES)))
EVERYBODYS = frozenset.intersection(*(rights_of(role) for role in STAFF_ROLES))

held_roles = st.lists(
    st.builds(
        HeldRole,
        st.sampled_from(STAFF_ROLES),
        st.sampled_from([LONG_AGO, NOW - timedelta(days=3)]),
        st.sampled_from([None, NOW + timedelta(days=5), NOW + timedelta(days=200)]),
        st.booleans(),
    ),
    unique_by=lambda one: one.role,
    max_size=5,
)
used_rights = st.frozensets(st.sampled_from(EVERY), max_size=12)


def staying(held: list[HeldRole], used: frozenset) -> list[HeldRole]:
    said = propose(held, used, NOW)
    return [one for one in held if said[one.role].proposal is Proposal.KEEP]


@given(held_roles, used_rights)
def test_what_was_used_stays_held_after_every_proposal_is_followed(held: list[HeldRole], used: frozenset):
    before = set().union(*(rights_of(one.role) for one in held)) & used
    after = set().union(*(rights_of(one.role) for one in staying(held, used)))
    assert before - after <= EVERYBODYS


@given(held_roles, used_rights)
def test_new_ending_and_last_roles_are_never_proposed(held: list[HeldRole], used: frozenset):
    said = propose(held, used, NOW)
    for one in held:
        soon = one.until is not None and one.until <= NOW + timedelta(days=30)
        if one.is_last or soon or one.since > NOW - timedelta(days=14):
            assert said[one.role].proposal is Proposal.KEEP


@given(held_roles, used_rights, st.randoms())
def test_the_order_says_nothing_and_a_second_look_finds_nothing_more(held: list[HeldRole], used: frozenset, chance):
    said, shuffled = propose(held, used, NOW), list(held)
    chance.shuffle(shuffled)
    assert propose(shuffled, used, NOW) == said
    left = staying(held, used)
    assert staying(left, used) == left


def test_of_two_that_give_the_same_one_stays_and_the_reason_says_so():
    supervisor, clinician = HeldRole(Role.SUPERVISOR, LONG_AGO), HeldRole(Role.CLINICIAN, LONG_AGO)
    shared = frozenset(sorted((rights_of(Role.SUPERVISOR) & rights_of(Role.CLINICIAN)) - EVERYBODYS)[:1])
    said = propose([supervisor, clinician], shared, NOW)
    gone = [one for one in said.values() if one.proposal is Proposal.TAKE_AWAY]
    assert [one.because for one in gone] == [Because.COVERED]
    said = propose([HeldRole(Role.BILLER, LONG_AGO)], frozenset(), NOW)
    assert (said[Role.BILLER].proposal, said[Role.BILLER].because) == (Proposal.TAKE_AWAY, Because.NEVER_USED)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026-Q1"), (date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"),
     (date(2026, 12, 31), "2026-Q4")],
)  # fmt: skip
def test_quarters(day: date, quarter: str):
    assert quarter_of(day) == quarter


@pytest.mark.parametrize(("decision", "reason"), [("perhaps", "x"), ("keep", " "), ("keep", "x" * 1001)])
def test_going_against_the_proposal_needs_a_reason(decision: str, reason: str):
    with pytest.raises(DecisionUnclear):
        checked(decision, reason, "take_away")
    assert checked("take_away", " ", "take_away") == (Proposal.TAKE_AWAY, "")
