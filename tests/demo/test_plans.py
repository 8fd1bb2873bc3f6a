"""The plans of the synthetic practice are signed, reviewed and served, and some are not, so that gaps are seen."""

from collections import Counter

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from workbench.charting.plan_tables import NoteObjective, TreatmentPlan
from workbench.charting.plans import active_objectives, content_hash
from workbench.charting.tables import Note
from workbench.gate.actor import Actor, Role
from workbench.screens.golden_thread import golden_thread
from workbench.screens.treatment_plans_due import Review, treatment_plans_due


@pytest.fixture
def clinician(made):
    """Somebody who wrote a plan."""
    with made.store.reading() as session:
        author = session.scalars(select(TreatmentPlan.author_id)).first()
    return Actor("usr_look", author, frozenset({Role.CLINICIAN}))


def test_every_signed_version_is_what_was_signed_and_its_notes_name_what_stood_in_it(made):
    with made.store.reading() as session:
        plans = {plan.id: plan for plan in session.scalars(select(TreatmentPlan))}
        assert len(plans) > 60
        for plan in plans.values():
            assert content_hash(plan, plan.text) == plan.content_hash
            assert plan.signed_at < NOW
        named = session.scalars(select(NoteObjective)).all()
        assert len(named) > 300
        notes = {note.id: note for note in session.scalars(select(Note))}
        for row in named:
            plan, note = plans[row.plan_id], notes[row.note_id]
            assert row.objective_id in active_objectives(plan.text)
            assert row.objective_id in note.text.objectives
            assert (plan.patient_id, note.text.plan_id) == (note.patient_id, plan.id)
            assert plan.signed_at < note.started_at
        versions = Counter(plan.patient_id for plan in plans.values())
        assert set(versions.values()) >= {1, 2, 3}


def test_most_plans_are_in_time_and_some_are_missing_or_late(made, clinician):
    due = Counter(one.review for one in treatment_plans_due(made, clinician, now=NOW))
    assert due[Review.NONE] > 0
    assert sum(due.values()) < 20


def test_a_thread_has_notes_and_gaps(made, clinician):
    with made.store.reading() as session:
        patient = session.scalars(
            select(TreatmentPlan.patient_id).where(TreatmentPlan.author_id == clinician.person_id)
        ).first()
    thread = golden_thread(made, clinician, patient, now=NOW)
    assert thread.plan is not None
    assert any(thread.notes.values())
    assert thread.gaps
