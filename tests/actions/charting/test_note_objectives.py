"""A note names the objectives it served: part of what is signed, found by the golden thread, kept by the database."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.plans import in_force
from tests.actions.charting.test_sign_note import WHOLE
from tests.factories.small_practice import FERN, MOSS, People, events, put, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.charting.plan_tables import NoteObjective
from workbench.charting.plans import NotAnObjective
from workbench.charting.rules import content_hash, signature_of
from workbench.charting.tables import Note
from workbench.gate.action import Gate
from workbench.measures.tables import MeasureAnswers, MeasureResult
from workbench.screens.golden_thread import GapKind, golden_thread
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.note_paper import note_paper
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def ids(gate: Gate, people: People, now: datetime) -> dict[str, str]:
    """The objectives of a plan signed two days ago, by their words."""
    return in_force(gate, people, now - timedelta(days=2))


@pytest.fixture
def session_id(store: Store, now: datetime) -> str:
    """Ada saw Fern an hour ago."""
    return visit(store, 1, now - HOUR)


def named(store: Store) -> dict[str, bool]:
    with store.reading() as session:
        return {one.objective_id: one.is_named for one in session.scalars(select(NoteObjective))}


def test_what_a_draft_names_may_change_until_it_is_signed(
    gate: Gate, store: Store, people: People, now: datetime, ids: dict[str, str], session_id: str
) -> None:
    sleep, worry = ids["Sleeps six hours"], ids["Worries less"]
    for version, some in enumerate([(worry, sleep), (sleep,), (), (worry,)]):
        saved = write_note(gate, people.ada, session_id, now=now, version=version, objectives=some, **WHOLE)
        assert {key for key, holds in named(store).items() if holds} == set(some)
    with store.reading() as session:
        assert session.get_one(Note, saved.note_id).text.objectives == (worry,)
    sign_note(gate, people.ada, saved.note_id, now=now)
    for change in ("INSERT INTO note_objectives SELECT 'nob_x', note_id, 'obj_x', plan_id, patient_id, is_named "
                   "FROM note_objectives LIMIT 1", "UPDATE note_objectives SET objective_id = 'obj_x'",
                   "UPDATE note_objectives SET note_id = 'nte_x'", "DELETE FROM note_objectives"):  # fmt: skip
        with pytest.raises(DBAPIError, match="note_objectives_kept"), store.engine.begin() as connection:
            connection.execute(text(change))


def test_what_is_named_is_part_of_what_is_signed(
    gate: Gate, store: Store, people: People, now: datetime, ids: dict[str, str], session_id: str
) -> None:
    saved = write_note(gate, people.ada, session_id, now=now, version=0, objectives=tuple(ids.values()), **WHOLE)
    sign_note(gate, people.ada, saved.note_id, now=now)
    with store.reading() as session:
        note = session.get_one(Note, saved.note_id)
        assert content_hash(signature_of(note), note.text) == note.content_hash
        bare = type(note.text)(note.text.subjective, note.text.objective, note.text.assessment, note.text.plan,
                               note.text.diagnoses)  # fmt: skip
        assert content_hash(signature_of(note), bare) != note.content_hash
    page = note_for_attendance(gate, people.ada, session_id, now=now)
    assert page.is_unchanged
    assert [one.words for one in page.aimed.objectives] == ["Sleeps six hours", "Worries less"]
    (shown,) = patient_chart(gate, people.ada, FERN, now=now).notes
    assert shown.served == ("Sleeps six hours", "Worries less")
    (told,) = [one.extract_text() for one in PdfReader(io.BytesIO(note_paper(
        gate, people.ada, saved.note_id, now=now).content)).pages]  # fmt: skip
    assert "Sleeps six hours" in told
    assert "Version 1" in told


def test_only_this_patients_objectives_are_named(
    gate: Gate, store: Store, people: People, now: datetime, ids: dict[str, str]
) -> None:
    for number, (patient_id, some) in enumerate([(MOSS, tuple(ids.values())), (FERN, ("obj_none",))], start=7):
        with pytest.raises(NotAnObjective):
            write_note(gate, people.ada, visit(store, number, now - HOUR * number, patient_id=patient_id), now=now,
                       version=0, objectives=some)  # fmt: skip
    assert named(store) == {}


def test_the_writer_is_told_what_is_missing_before_the_signature(
    gate: Gate, people: People, now: datetime, ids: dict[str, str], session_id: str
) -> None:
    page = note_for_attendance(gate, people.ada, session_id, now=now)
    assert page.aimed.told == ("This note names no objective of the treatment plan.",)
    late = now + timedelta(days=100)
    write_note(gate, people.ada, session_id, now=late, version=0, objectives=(ids["Worries less"],))
    page = note_for_attendance(gate, people.ada, session_id, now=late)
    assert page.aimed.told == ("The plan was due for review by Jun 5, 2026.",)
    assert [one.is_named for one in page.aimed.objectives] == [False, True]


def test_the_thread_runs_from_the_plan_to_the_notes(
    gate: Gate, store: Store, people: People, now: datetime, ids: dict[str, str], session_id: str
) -> None:
    total = MeasureResult(patient_id=FERN, rule="gad7@1", taken_at=now - HOUR, recorded_at=now, recorded_by="usr_ada",
                          result=MeasureAnswers((1,) * 7, 7))  # fmt: skip
    put(store, [total])
    sleep, worry = ids["Sleeps six hours"], ids["Worries less"]
    draft = write_note(gate, people.ada, session_id, now=now, version=0, objectives=(worry,), **WHOLE)
    assert golden_thread(gate, people.ada, FERN, now=now).notes == {sleep: (), worry: ()}
    sign_note(gate, people.ada, draft.note_id, now=now)
    bare = write_note(gate, people.ada, visit(store, 2, now - HOUR * 3), now=now, version=0, **WHOLE)
    sign_note(gate, people.ada, bare.note_id, now=now)
    thread = golden_thread(gate, people.ada, FERN, now=now)
    assert [one.attendance_id for one in thread.notes[worry]] == [session_id]
    assert [one.attendance_id for one in thread.aimless] == ["att_2"]
    aim = thread.aims[worry]
    assert (aim.measure, aim.score, aim.total, aim.is_reached) == ("GAD-7", 9, 7, True)
    assert {gap.kind for gap in thread.gaps} == {GapKind.ASSESSMENT, GapKind.NOTE}
    late = golden_thread(gate, people.ada, FERN, now=now + timedelta(days=60))
    assert {gap.about for gap in late.gaps if gap.kind is GapKind.OBJECTIVE} == {sleep, worry}
    assert events(store)[-1] == ("thread.read", "shown")


def test_a_review_keeps_the_thread(
    gate: Gate, people: People, now: datetime, ids: dict[str, str], session_id: str
) -> None:
    saved = write_note(gate, people.ada, session_id, now=now, version=0, objectives=(ids["Worries less"],), **WHOLE)
    sign_note(gate, people.ada, saved.note_id, now=now)
    write_treatment_plan(gate, people.ada, FERN, now=now, version=0)
    assert len(golden_thread(gate, people.ada, FERN, now=now).notes[ids["Worries less"]]) == 1
