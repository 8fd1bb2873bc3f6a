"""Signing a plan: what it must say, and that a signed version never changes, whatever the door."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.plans import WHOLE, in_force, written
from tests.factories.small_practice import FERN, People, events, every_row
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.charting.plan_tables import PlanText, TreatmentPlan
from workbench.charting.plans import PlanIncomplete, PlanLocked, Review, content_hash
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.treatment_plan import treatment_plan
from workbench.store.engine import Store


def test_the_signature_names_who_as_what_and_when(gate: Gate, store: Store, people: People, now: datetime) -> None:
    done = sign_treatment_plan(gate, people.ada, written(gate, people, now).plan_id, now=now)
    assert (done.signed_as, done.is_locked, done.review_on) == ("Ada Byron, LCSW", True, date(2026, 6, 7))
    assert events(store)[-1] == ("treatment_plan.signed", "done")
    page = treatment_plan(gate, people.ada, FERN, now=now)
    assert page.shown is not None
    assert page.shown.is_unchanged
    assert (page.shown.review_on, page.review, page.draft) == (date(2026, 6, 7), Review.IN_TIME, None)
    assert events(store)[-1] == ("treatment_plan.read", "shown")


def test_a_plan_says_what_payers_ask_for(gate: Gate, store: Store, people: People, now: datetime) -> None:
    begun = write_treatment_plan(gate, people.ada, FERN, now=now, version=0)
    before = every_row(store)
    with pytest.raises(PlanIncomplete) as refused:
        sign_treatment_plan(gate, people.ada, begun.plan_id, now=now)
    ends = sorted(field.rpartition(".")[2] for field in refused.value.fields)
    assert ends == ["discharge", "services", "strengths", "target", "took_part", "words", "words", "words"]
    assert every_row(store) == before
    write_treatment_plan(gate, people.ada, FERN, now=now, version=1, text=replace(WHOLE, problems=()))
    with pytest.raises(PlanIncomplete, match="not ready"):
        sign_treatment_plan(gate, people.ada, begun.plan_id, now=now)


def test_nobody_signs_what_they_have_not_seen(gate: Gate, people: People, now: datetime) -> None:
    saved = written(gate, people, now)
    with pytest.raises(StalePage):
        sign_treatment_plan(gate, people.ada, saved.plan_id, now=now, expected_version=saved.version - 1)


def test_it_is_signed_once(gate: Gate, people: People, now: datetime) -> None:
    plan_id = written(gate, people, now).plan_id
    sign_treatment_plan(gate, people.ada, plan_id, now=now)
    with pytest.raises(PlanLocked):
        sign_treatment_plan(gate, people.ada, plan_id, now=now)


def test_a_review_supersedes_and_the_version_before_stays_readable(gate: Gate, people: People, now: datetime) -> None:
    in_force(gate, people, now)
    later = now + timedelta(days=85)
    begun = write_treatment_plan(gate, people.ada, FERN, now=later, version=0)
    draft = treatment_plan(gate, people.ada, FERN, now=later).draft
    assert draft is not None
    reviewed = replace(draft.text, discharge="GAD-7 below 8 twice")
    write_treatment_plan(gate, people.ada, FERN, now=later, version=begun.version, text=reviewed)
    sign_treatment_plan(gate, people.ada, begun.plan_id, now=later)
    page = treatment_plan(gate, people.ada, FERN, now=later)
    assert page.shown is not None
    assert (page.shown.number, page.is_current, [number for number, _, _ in page.earlier]) == (2, True, [2, 1])
    first = treatment_plan(gate, people.ada, FERN, now=later, number=1)
    assert first.shown is not None
    assert (first.is_current, first.shown.text.discharge, first.shown.is_unchanged) == (
        False, "GAD-7 below 10 twice", True,
    )  # fmt: skip
    with pytest.raises(NotFound):
        treatment_plan(gate, people.ada, FERN, now=later, number=3)


@pytest.mark.parametrize(
    "change",
    ["UPDATE treatment_plans SET number = 7", "UPDATE treatment_plans SET state = 'draft'",
     "DELETE FROM treatment_plans"],
)  # fmt: skip
def test_the_database_keeps_a_signed_version(
    gate: Gate, store: Store, people: People, now: datetime, change: str
) -> None:
    in_force(gate, people, now)
    with pytest.raises(DBAPIError, match=r"treatment_plan_(locked|kept)"), \
            store.engine.begin() as connection:  # fmt: skip
        connection.execute(text(change))
    with store.reading() as session:
        plan = session.get_one(TreatmentPlan, treatment_plan(gate, people.ada, FERN, now=now).shown.plan_id)  # type: ignore[union-attr]
        assert content_hash(plan, plan.text) == plan.content_hash


def test_a_draft_never_goes_either(gate: Gate, store: Store, people: People, now: datetime) -> None:
    written(gate, people, now)
    with pytest.raises(DBAPIError, match="treatment_plan_kept"), store.engine.begin() as connection:
        connection.execute(text("DELETE FROM treatment_plans"))


def test_what_is_not_signed_has_no_hash(now: datetime) -> None:
    with pytest.raises(ValueError, match="not signed"):
        content_hash(TreatmentPlan(patient_id=FERN, number=1, author_id="stf_ada"), PlanText())


@pytest.mark.parametrize("who", ["ben", "desk", "manager", "biller", "it", "compliance"])
def test_others_do_not_sign_or_read(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    plan_id = written(gate, people, now).plan_id
    before = every_row(store)
    with pytest.raises(NotFound):
        sign_treatment_plan(gate, getattr(people, who), plan_id, now=now)
    with pytest.raises(NotFound):
        treatment_plan(gate, getattr(people, who), FERN, now=now)
    assert every_row(store) == before
