"""A note begun too late says so wherever it is read, with both times; nothing of it is stored."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, People, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.late import LateEntry, late_entry
from workbench.gate.action import Gate
from workbench.screens.cosign_queue import cosign_queue
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.note_paper import note_paper
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store

LIMIT = timedelta(hours=72)
WHOLE = {"assessment": "Less worried.", "plan": "Weekly.", "diagnoses": ("F41.1",)}


def test_the_exact_hour_is_in_time_and_the_next_moment_is_not(now: datetime) -> None:
    assert late_entry(now, now - LIMIT) is None
    assert late_entry(now, now + LIMIT) is None
    after = now + LIMIT + timedelta(microseconds=1)
    assert late_entry(now, after) == LateEntry(now, after)


@pytest.mark.parametrize(("waited", "is_late"), [(timedelta(hours=71), False), (timedelta(hours=74), True)])
def test_it_is_told_in_the_editor_the_chart_the_queue_and_on_paper(
    gate: Gate, store: Store, people: People, now: datetime, waited: timedelta, is_late: bool
) -> None:
    ended = now - waited
    visit(store, 1, ended - timedelta(minutes=50))
    ada_is_a_trainee(store, now)
    expected = LateEntry(ended, now) if is_late else None
    assert note_for_attendance(gate, people.ada, "att_1", now=now).aids.late == expected
    saved = write_note(gate, people.ada, "att_1", now=now, version=0, **WHOLE)
    later = now + timedelta(hours=1)
    assert note_for_attendance(gate, people.ada, "att_1", now=later).aids.late == expected  # begun is begun
    sign_note(gate, people.ada, saved.note_id, now=later)
    assert patient_chart(gate, people.ada, FERN, now=later).notes[0].late == expected
    assert cosign_queue(gate, people.supervisor, now=later)[0].is_late_entry == is_late
    file = note_paper(gate, people.ada, saved.note_id, now=later)
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert ("Late entry" in words) == is_late
    assert ("First written Mar 9, 2026, 10:00 am EDT" in words) == is_late
