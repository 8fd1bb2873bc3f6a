"""Beginning a form: once by one press, with what the record has of what it asks, and marked until it is changed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.actions.charting.plans import WHOLE, written
from tests.actions.forms.having import fill_in, published, take_in
from tests.factories.small_practice import FERN, MOSS, People, put, visit
from tests.forms.building import questionnaire
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.forms.start_form import NotPublished, start_form
from workbench.actions.forms.take_templates import take_templates
from workbench.charting.tables import Note, NoteState, NoteText
from workbench.forms.outline import items_of
from workbench.forms.tables import FormResponse
from workbench.gate.action import Gate
from workbench.measures.tables import MeasureAnswers, MeasureResult
from workbench.screens.form_responses import form_response, patient_forms
from workbench.screens.forms import forms
from workbench.store.engine import Store


def outlined(gate: Gate, people: People, now: datetime, outline: str) -> str:
    """A published form of this outline."""
    return published(gate, people, now, questionnaire(*items_of(outline, {})))


def answered(store: Store, response_id: str) -> str:
    with store.reading() as session:
        return session.get_one(FormResponse, response_id).answered.response


def test_a_double_press_begins_one(gate: Gate, people: People, now: datetime) -> None:
    version_id = published(gate, people, now)
    ids = {
        start_form(gate, people.ada, FERN, now=now, version_id=version_id, idempotency_key="one press").response_id
        for _ in range(2)
    }
    assert len(ids) == len(patient_forms(gate, people.ada, FERN, now=now).responses) == 1


def test_what_is_asked_of_the_record_is_filled_in_and_marked(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    version_id = outlined(gate, people, now, (
        "a short^patient.legal_name: Name\nb day^patient.birth_date!: Born\nc short^practice.name: Practice\n"
        "d short^author.name: Author\ne day^today: Today\nf short^patient.address: Address\ng long: Own"
    ))  # fmt: skip
    begun = start_form(gate, people.ada, FERN, now=now, version_id=version_id)
    told = answered(store, begun.response_id)
    for words in ("Fern", "Ada", "2026-03-09"):
        assert words in told
    page = form_response(gate, people.ada, begun.response_id, now=now)
    assert begun.filled_in == 5
    assert page.fields.count("From the record.") == 4  # what cannot be changed needs no mark
    fill_in(gate, people, now, begun.response_id)


def test_the_last_scores_and_diagnoses_are_filled_in(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now - timedelta(days=1))
    put(store, [
        *(MeasureResult(
            patient_id=patient, attendance_id=None, rule="phq9@1", taken_at=now - timedelta(days=days),
            recorded_at=now, recorded_by="usr_ada", result=MeasureAnswers((), Decimal(total), band),
        ) for patient, days, total, band in ((FERN, 30, 20, "severe"), (FERN, 2, 9, "mild"), (MOSS, 1, 27, "severe"))),
        Note(attendance_id=attendance, patient_id=FERN, author_id="stf_ada", state=NoteState.LOCKED,
             service_on=date(2026, 3, 8), started_at=now, signed_at=now, signed_as="Ada", content_hash=b"x",
             text=NoteText("s", "o", "a", "p", ("F41.1", "F32.1"))),
    ])  # fmt: skip
    version_id = outlined(gate, people, now, "a long^score.phq9: A\nb long^scores: B\nc long^last_note.diagnoses: C")
    told = answered(store, start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id)
    assert told.count("PHQ-9: 9, mild (2026-03-07)") == 2
    assert "27" not in told
    assert "F41.1, F32.1" in told


def test_a_note_begins_with_the_objectives_of_the_signed_plan_and_carries_only_what_may_be(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    take_templates(gate, people.manager, now=now, keys=("treatment-plan", "soap"))
    versions = {one.title: one.newest.version_id for one in forms(gate, people.manager, now=now)}
    note = versions["Progress note, SOAP"]
    assert "objectives" not in answered(store, start_form(gate, people.ada, FERN, now=now, version_id=note).response_id)
    plan = start_form(gate, people.ada, FERN, now=now, version_id=versions["Treatment plan"]).response_id
    fill_in(gate, people, now, plan)
    unsigned = start_form(gate, people.ada, FERN, now=now, version_id=note).response_id
    assert '"objectives"' not in answered(store, unsigned)
    sign_form(gate, people.ada, plan, now=now)
    first = start_form(gate, people.ada, FERN, now=now, version_id=note).response_id
    assert '"objectives"' in answered(store, first)
    assert '"objectives"' not in answered(
        store, start_form(gate, people.ada, MOSS, now=now, version_id=note).response_id
    )
    fill_in(gate, people, now, first)
    sign_form(gate, people.ada, first, now=now)
    second = start_form(gate, people.ada, FERN, now=now, version_id=note).response_id
    told = answered(store, second)
    assert '"homework"' in told
    assert not [
        key for key in ("suicidal", "risk_level", "ms_mood", "response", "began", "ended") if f'"{key}"' in told
    ]
    assert "Carried forward from last time." in form_response(gate, people.ada, second, now=now).fields


def test_what_is_asked_of_the_plan_comes_from_the_signed_one_in_the_chart_and_else_from_its_form(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    outline = "a long^plan.objectives: A\nb long^last.treatment-plan.goal: B\nc long^plan.diagnoses: C"
    version_id = outlined(gate, people, now, outline)
    take_templates(gate, people.manager, now=now, keys=("treatment-plan",))
    form = next(one.newest for one in forms(gate, people.manager, now=now) if one.title == "Treatment plan")
    written_by_hand = start_form(gate, people.ada, FERN, now=now, version_id=form.version_id).response_id
    fill_in(gate, people, now, written_by_hand)
    sign_form(gate, people.ada, written_by_hand, now=now)
    by_form = answered(store, start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id)
    assert '"a"' in by_form
    draft = written(gate, people, now).plan_id
    assert answered(store, start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id) == by_form
    sign_treatment_plan(gate, people.ada, draft, now=now)
    told = answered(store, start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id)
    problem = WHOLE.problems[0]
    for words in (problem.goals[0].words, problem.goals[0].objectives[0].words, "F41.1"):
        assert words in told
    assert told != by_form
    of_somebody_else = start_form(gate, people.ada, MOSS, now=now, version_id=version_id).response_id
    assert '"a"' not in answered(store, of_somebody_else)


def test_a_draft_is_not_begun(gate: Gate, people: People, now: datetime) -> None:
    version_id = outlined(gate, people, now, "a short: A")
    again = forms(gate, people.manager, now=now)[0]
    assert again.newest.version_id == version_id
    draft = take_in(gate, people, now, questionnaire(*items_of("b short: B", {})), template_id=again.template_id)
    with pytest.raises(NotPublished):
        start_form(gate, people.ada, FERN, now=now, version_id=draft.version_id)
