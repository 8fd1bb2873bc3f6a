"""What a plan must say, when it is reviewed, what its parts are called for ever, and what its hash covers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.plan_tables import Goal, Objective, ObjectiveState, PlanText, Problem, TreatmentPlan
from workbench.charting.plans import (
    MOST_OBJECTIVES,
    ObjectiveTakenAway,
    PlanUnclear,
    Review,
    active_objectives,
    check_keeps,
    checked,
    content_hash,
    ids_of,
    missing_to_sign,
    objectives_of,
    review_of,
    review_on,
    with_days,
    with_ids,
)

DAY = date(2026, 3, 9)
words = st.text("ab ", max_size=6)
objectives = st.builds(Objective, words=words, target=words, state=st.sampled_from(ObjectiveState))
goals = st.builds(Goal, words=words, objectives=st.lists(objectives, max_size=3).map(tuple))
problems = st.builds(Problem, words=words, goals=st.lists(goals, max_size=2).map(tuple))
plans = st.builds(PlanText, st.lists(problems, max_size=3).map(tuple), words, words, words, words)


def plan(*objectives: Objective) -> PlanText:
    return PlanText((Problem("prb_1", "Worry", ("F41.1",), (Goal("gol_1", "Calm", objectives),)),), "a", "b", "c", "d")


@given(st.integers(0, 400))
def test_a_review_is_due_after_ninety_days_and_told_two_weeks_before(days: int) -> None:
    state = review_of(DAY, DAY + timedelta(days=days))
    assert state is (Review.OVERDUE if days > 90 else Review.SOON if days >= 76 else Review.IN_TIME)
    assert review_on(DAY) == date(2026, 6, 7)
    assert review_of(None, DAY) is Review.NONE


@given(plans)
def test_every_part_has_an_id_of_its_own_and_keeps_it(text: PlanText) -> None:
    once = with_ids(checked(text), frozenset())
    parts = len(text.problems) + sum(len(one.goals) for one in text.problems) + sum(1 for _ in objectives_of(text))
    assert len(ids_of(once)) == parts
    assert with_ids(once, ids_of(once)) == once
    doubled = with_ids(replace(once, problems=once.problems * 2), ids_of(once))
    assert doubled.problems[: len(once.problems)] == once.problems
    assert len(ids_of(doubled)) == 2 * parts


@given(plans, plans)
def test_what_is_aimed_at_is_never_just_gone(before: PlanText, after: PlanText) -> None:
    before, after = (with_ids(one, frozenset()) for one in (before, after))
    joined = replace(after, problems=(*after.problems, *before.problems))
    check_keeps(joined, before)
    check_keeps(after, None)
    if active_objectives(before):
        with pytest.raises(ObjectiveTakenAway):
            check_keeps(after, before)


@given(plans)
def test_only_what_is_settled_has_the_day_it_was(text: PlanText) -> None:
    known = with_ids(text, frozenset())
    first = with_days(known, None, DAY)
    later = with_days(first, first, DAY + timedelta(days=9))
    for one, again in zip(objectives_of(first), objectives_of(later), strict=True):
        assert one[2].settled_on == (None if one[2].state is ObjectiveState.ACTIVE else DAY)
        assert again[2].settled_on == one[2].settled_on
    reopened = replace(known, problems=())
    assert with_days(reopened, first, DAY) == reopened


def test_an_objective_that_is_aimed_at_again_has_no_day() -> None:
    met = plan(Objective("obj_1", "Sleeps", state=ObjectiveState.MET, settled_on=DAY))
    again = plan(Objective("obj_1", "Sleeps", settled_on=DAY))
    assert next(objectives_of(with_days(again, met, DAY)))[2].settled_on is None


def test_a_signature_needs_words_and_a_target_for_each() -> None:
    assert missing_to_sign(plan(Objective("obj_1", "Sleeps", target="Five nights"))) == {}
    assert missing_to_sign(plan(Objective("obj_1", "Sleeps", measure="gad7", score=9))) == {}
    assert set(missing_to_sign(plan(Objective("obj_1")))) == {"obj_1.words", "obj_1.target"}
    assert set(missing_to_sign(PlanText())) == {"strengths", "services", "discharge", "took_part", "problems"}


@given(plans)
def test_what_is_kept_is_kept_the_same_again(text: PlanText) -> None:
    assert checked(checked(text)) == checked(text)


def test_more_than_can_be_kept_is_refused() -> None:
    many = tuple(Objective(f"obj_{number}") for number in range(MOST_OBJECTIVES + 1))
    with pytest.raises(PlanUnclear) as refused:
        checked(plan(*many))
    assert set(refused.value.fields) == {"problems"}
    one = Objective("obj_1", measure="gad7", score=2_000, interventions=("x",) * 13)
    with pytest.raises(PlanUnclear) as refused:
        checked(plan(one))
    assert set(refused.value.fields) == {"obj_1.score", "obj_1.interventions"}
    codes = tuple(f"F{number}" for number in range(10, 23))
    with pytest.raises(PlanUnclear):
        checked(PlanText((Problem("prb_1", diagnoses=codes),)))


@given(plans, plans)
def test_the_hash_is_of_the_whole_text(one: PlanText, other: PlanText) -> None:
    row = TreatmentPlan(patient_id="pat_1", number=1, author_id="stf_1", signed_as="Ada",
                        signed_at=datetime(2026, 3, 9, tzinfo=UTC))  # fmt: skip
    assert (content_hash(row, one) == content_hash(row, other)) is (one == other)


def test_what_was_signed_has_this_hash_for_ever() -> None:
    row = TreatmentPlan(id="tpl_1", patient_id="pat_1", number=1, author_id="stf_1", signed_as="Ada",
                        signed_at=datetime(2026, 3, 9, tzinfo=UTC))  # fmt: skip
    one = Objective("obj_1", "Sleeps", measure="gad7", score=0, by=DAY, interventions=("CBT-I",))
    assert content_hash(row, plan(one)) == "e29c722f9baba85c7b79444cd4da54965a3667f1f636e0800b8ddef38bc2f039"
