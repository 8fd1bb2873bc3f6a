"""Writing a plan: one draft a patient, nobody's page overwrites another's, and objectives keep their ids."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.plans import SLEEP, WHOLE, in_force, written
from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.charting.plan_tables import Goal, ObjectiveState, PlanText, Problem, TreatmentPlan
from workbench.charting.plans import ObjectiveTakenAway, PlanUnclear, objectives_of
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.treatment_plan import treatment_plan
from workbench.store.engine import Store


def test_a_draft_is_begun_with_one_empty_line_of_each_and_saved(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    begun = write_treatment_plan(gate, people.ada, FERN, now=now, version=0)
    saved = write_treatment_plan(gate, people.ada, FERN, now=now, version=begun.version, text=WHOLE)
    assert (begun.plan_id, begun.number, begun.version, saved.version) == (saved.plan_id, 1, 1, 2)
    with store.reading() as session:
        plan = session.get_one(TreatmentPlan, saved.plan_id)
        (problem,) = plan.text.problems
        (goal,) = problem.goals
        assert (plan.state, problem.diagnoses, goal.words) == ("draft", ("F41.1",), "I want my nights back")
        first, second = goal.objectives
        assert (first.measure, first.score, second.measure, second.score) == ("", None, "gad7", 9)
        assert len({problem.id, goal.id, first.id, second.id}) == 4
    assert events(store) == [("treatment_plan.written", "done")] * 2


def test_two_pages_cannot_both_begin_or_both_save(gate: Gate, store: Store, people: People, now: datetime) -> None:
    begun = write_treatment_plan(gate, people.ada, FERN, now=now, version=0)
    write_treatment_plan(gate, people.supervisor, FERN, now=now, version=begun.version, text=WHOLE)
    before = every_row(store)
    for version in (0, begun.version):
        with pytest.raises(StalePage):
            write_treatment_plan(gate, people.ada, FERN, now=now, version=version, text=WHOLE)
    assert every_row(store) == before


def test_the_database_keeps_one_draft_a_patient(gate: Gate, store: Store, people: People, now: datetime) -> None:
    written(gate, people, now)
    with pytest.raises(DBAPIError, match=r"uq_treatment_plans_one_open|treatment_plans\.patient_id"), \
            store.writing() as session:  # fmt: skip
        second = TreatmentPlan(patient_id=FERN, number=9, author_id="stf_ada", begun_at=now, saved_at=now, text=WHOLE)
        session.add(second)
        session.commit()


def test_a_review_begins_with_the_plan_in_force_and_keeps_its_ids(gate: Gate, people: People, now: datetime) -> None:
    ids = in_force(gate, people, now)
    begun = write_treatment_plan(gate, people.ada, FERN, now=now + timedelta(days=80), version=0)
    draft = treatment_plan(gate, people.ada, FERN, now=now).draft
    assert draft is not None
    assert {one.words: one.id for _, _, one in objectives_of(draft.text)} == ids
    assert begun.number == 2


def test_an_objective_that_is_aimed_at_is_settled_and_not_taken_away(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    ids = in_force(gate, people, now)
    later = now + timedelta(days=30)
    begun = write_treatment_plan(gate, people.ada, FERN, now=later, version=0)
    with pytest.raises(ObjectiveTakenAway):
        write_treatment_plan(gate, people.ada, FERN, now=later, version=begun.version, text=WHOLE)
    done = replace(SLEEP, id=ids["Sleeps six hours"], state=ObjectiveState.MET)
    worry = replace(WHOLE.problems[0].goals[0].objectives[1], id=ids["Worries less"])
    text = replace(WHOLE, problems=(Problem(words="Worry", goals=(Goal(words="Nights", objectives=(done, worry)),)),))
    saved = write_treatment_plan(gate, people.ada, FERN, now=later, version=begun.version, text=text)
    with store.reading() as session:
        first, _ = (one for _, _, one in objectives_of(session.get_one(TreatmentPlan, saved.plan_id).text))
        assert (first.state, first.settled_on) == (ObjectiveState.MET, later.date())


def test_an_id_of_somebody_elses_plan_is_no_id_here(gate: Gate, store: Store, people: People, now: datetime) -> None:
    ids = in_force(gate, people, now)
    goal = Goal(words="Mine", objectives=(replace(SLEEP, id=ids["Sleeps six hours"]),))
    text = PlanText((Problem(words="Theirs", goals=(goal,)),))
    begun = write_treatment_plan(gate, people.ada, MOSS, now=now, version=0)
    write_treatment_plan(gate, people.ada, MOSS, now=now, version=begun.version, text=text)
    with store.reading() as session:
        plan = session.scalars(select(TreatmentPlan).where(TreatmentPlan.patient_id == MOSS)).one()
        assert not {one.id for _, _, one in objectives_of(plan.text)} & set(ids.values())


def test_what_cannot_be_kept_is_refused_by_field(gate: Gate, store: Store, people: People, now: datetime) -> None:
    begun = write_treatment_plan(gate, people.ada, FERN, now=now, version=0)
    before = every_row(store)
    goal = Goal("gol_1", "x" * 2_001, (replace(SLEEP, id="obj_1", measure="PHQ-9"),))
    text = PlanText((Problem("prb_1", "Worry", ("anxious",), (goal,)),))
    with pytest.raises(PlanUnclear) as refused:
        write_treatment_plan(gate, people.ada, FERN, now=now, version=begun.version, text=text)
    assert set(refused.value.fields) == {"prb_1.diagnoses", "gol_1.words", "obj_1.score"}
    unknown = PlanText((Problem(goals=(Goal(objectives=(replace(SLEEP, id="obj_1", measure="ABC-1", score=3),)),)),))
    with pytest.raises(PlanUnclear) as refused:
        write_treatment_plan(gate, people.ada, FERN, now=now, version=begun.version, text=unknown)
    assert set(refused.value.fields) == {"obj_1.measure"}
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ben", "desk", "manager", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotFound):
        write_treatment_plan(gate, getattr(people, who), FERN, now=now, version=0)
    assert every_row(store) == before


def test_a_press_sent_twice_is_one_save(gate: Gate, people: People, now: datetime) -> None:
    once = write_treatment_plan(gate, people.ada, FERN, now=now, version=0, idempotency_key="begin-0001")
    assert write_treatment_plan(gate, people.ada, FERN, now=now, version=0, idempotency_key="begin-0001") == once


def test_after_a_signature_the_next_draft_is_another_version(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    sign_treatment_plan(gate, people.ada, written(gate, people, now).plan_id, now=now)
    with pytest.raises(StalePage):
        write_treatment_plan(gate, people.ada, FERN, now=now, version=3, text=WHOLE)
    assert write_treatment_plan(gate, people.ada, FERN, now=now, version=0).number == 2
