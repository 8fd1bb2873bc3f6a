"""Wherever a diagnosis is typed, a code that is none is refused with the nearest named, and nothing is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.actions.charting.plans import WHOLE, written
from tests.factories.small_practice import FERN, People, every_row, put, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.codes import UnknownCode
from workbench.charting.plans import PlanUnclear
from workbench.charting.tables import Note, NoteText
from workbench.gate.action import Gate
from workbench.store.engine import Store


@pytest.mark.parametrize(("code", "near"), [("F41.7", "F41.0 Panic"), ("F32", "more exactly: F32.0"),
                                            ("F50.2", "F50.20"), ("E11.9", "no code in our list")])  # fmt: skip
def test_a_note_and_a_plan_refuse_it(
    gate: Gate, store: Store, people: People, now: datetime, code: str, near: str
) -> None:
    attendance = visit(store, 1, now - timedelta(hours=1))
    before = every_row(store)
    with pytest.raises(UnknownCode) as refused:
        write_note(gate, people.ada, attendance, now=now, version=0, plan="Weekly", diagnoses=("F41.1", code))
    assert near in refused.value.fields["diagnoses"]
    assert every_row(store) == before
    problem = replace(WHOLE.problems[0], diagnoses=(code,))
    with pytest.raises(PlanUnclear) as unclear:
        written(gate, people, now, replace(WHOLE, problems=(problem,)))
    assert near in next(said for field, said in unclear.value.fields.items() if field.endswith(".diagnoses"))


def test_a_note_of_a_day_when_it_was_a_code_takes_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, datetime(2024, 9, 30, 15, tzinfo=UTC))
    assert write_note(gate, people.ada, attendance, now=now, version=0, diagnoses=("F50.2",)).version == 1


def test_a_draft_from_before_is_not_signed_with_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now - timedelta(hours=1))
    text = NoteText(assessment="Better", plan="Weekly", diagnoses=("F50.2",))
    put(store, [Note(id="nte_1", attendance_id=attendance, patient_id=FERN, author_id="stf_ada",
                     service_on=date(2026, 3, 9), started_at=now, text=text)])  # fmt: skip
    with pytest.raises(UnknownCode):
        sign_note(gate, people.ada, "nte_1", now=now)
