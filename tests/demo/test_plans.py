"""Assessments and plans of the synthetic practice are signed, reviewed and served, and some are not: gaps are seen."""

from collections import Counter

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from workbench.charting.plan_tables import NoteObjective, TreatmentPlan
from workbench.charting.plans import active_objectives, content_hash
from workbench.charting.tables import Note
from workbench.forms.signing import content_hash as form_hash
from workbench.forms.signing import filled
from workbench.forms.tables import FormResponse, FormVersion
from workbench.gate.actor import Actor, Role
from workbench.gate.relations import Moment, patients_cared_for
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


def test_threads_have_notes_and_some_have_gaps(made, clinician):
    with made.store.reading() as session:
        query = select(TreatmentPlan.patient_id).where(TreatmentPlan.author_id == clinician.person_id)
        near = set(session.scalars(query)) & set(
            session.scalars(patients_cared_for(clinician.person_id, Moment(NOW, NOW.date())))
        )
    threads = [golden_thread(made, clinician, patient, now=NOW) for patient in sorted(near)]
    assert sum(any(thread.notes.values()) for thread in threads) > 5
    assert sum(thread.assessed is not None for thread in threads) > 5
    found = [bool(thread.gaps) for thread in threads]
    assert 0 < sum(found) < len(found)


def test_most_in_care_were_assessed_and_the_form_is_whole(made):
    with made.store.reading() as session:
        rows = session.scalars(select(FormResponse).where(FormResponse.state == "locked")).all()
        assert len(rows) > 30
        for row in rows:
            assert form_hash(row, row.answered.response) == row.content_hash
        told = filled(session.get_one(FormVersion, rows[0].version_id), rows[0].answered.response, NOW.date())
        assert (told.problems, told.parked) == ({}, ())
