"""Beginning: of one's own session that was held, one of each kind, and nobody learns of it."""

from datetime import datetime, timedelta

import pytest

from tests.factories.small_practice import BEN, People, events, every_row, visit
from workbench.actions.psychotherapy.begin_psychotherapy_note import KindMissing, begin_psychotherapy_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.psychotherapy.rules import NotTheirSession
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.psychotherapy_notes import psychotherapy_notes
from workbench.store.engine import Store

HOUR = timedelta(hours=1)


def test_one_of_each_kind_a_session_and_asked_again_the_one_there_is(
    gate: Gate, store: Store, ada: Actor, now: datetime, session_id: str
) -> None:
    made = [
        begin_psychotherapy_note(gate, ada, now=now, attendance_id=session_id, kind=kind).note_id
        for kind in ("psychotherapy", "sud_counseling", "psychotherapy")
    ]
    assert made[0] == made[2] != made[1]
    shown = psychotherapy_notes(gate, ada, now=now, patient_id="pat_fern")
    assert {one.note_id for one in shown.notes} == set(made)
    assert {one.kind for one in shown.notes} == {"Psychotherapy note", "SUD counselling note"}
    assert [one.attendance_id for one in shown.sessions] == [session_id]
    assert [event for event, _ in events(store)] == ["psychotherapy.begun"] * 2 + ["psychotherapy.listed"]


def test_a_kind_is_said(gate: Gate, store: Store, ada: Actor, now: datetime, session_id: str) -> None:
    before = every_row(store)
    with pytest.raises(KindMissing) as refused:
        begin_psychotherapy_note(gate, ada, now=now, attendance_id=session_id, kind="diary")
    assert list(refused.value.fields) == ["kind"]
    assert every_row(store) == before


def test_only_of_a_session_one_held_that_took_place(gate: Gate, store: Store, ada: Actor, now: datetime) -> None:
    missed = visit(store, 2, now - HOUR, status=AttendanceStatus.NO_SHOW)
    of_ben = visit(store, 3, now - HOUR, clinician_id=BEN)
    to_come = visit(store, 4, now + HOUR)
    before = every_row(store)
    for attendance_id in (missed, of_ben, to_come):
        with pytest.raises(NotTheirSession):
            begin_psychotherapy_note(gate, ada, now=now, attendance_id=attendance_id, kind="psychotherapy")
    with pytest.raises(NotFound):
        begin_psychotherapy_note(gate, ada, now=now, attendance_id="att_none", kind="psychotherapy")
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ben", "supervisor", "desk", "manager", "biller", "it", "compliance"])
def test_others_cannot_begin_or_see_that_there_are_any(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str, note_id: str, who: str
) -> None:
    assert note_id
    before = every_row(store)
    refusal: type[WorkbenchError] = NotFound if who == "ben" else NotAllowed
    with pytest.raises(refusal):
        begin_psychotherapy_note(gate, getattr(people, who), now=now, attendance_id=session_id, kind="psychotherapy")
    with pytest.raises(refusal):
        psychotherapy_notes(gate, getattr(people, who), now=now, patient_id="pat_fern")
    assert every_row(store) == before
