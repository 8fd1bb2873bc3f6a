"""The rail counts the notes that are due after a day, and those overdue after three; My day names the same ones."""

from datetime import date, datetime, timedelta

from tests.factories.small_practice import MOSS, People, events, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.gate.action import Gate
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.clinician_day import clinician_day
from workbench.screens.notes_waiting import notes_due, notes_overdue
from workbench.store.engine import Store

SESSION = timedelta(minutes=50)


def test_the_rail_counts_what_my_day_shows(gate: Gate, store: Store, people: People, now: datetime) -> None:
    waits = [timedelta(hours=h) for h in (1, 23, 24, 71, 72, 90)]
    for number, waited in enumerate(waits):
        visit(store, number, now - waited - SESSION, patient_id=MOSS)
    visit(store, 10, now - timedelta(hours=50), status=AttendanceStatus.NO_SHOW)
    visit(store, 11, now + timedelta(hours=1))
    visit(store, 12, now - timedelta(days=100))
    due = [row.due for row in clinician_day(gate, people.ada, now=now, on=date(2026, 3, 9)).due]
    assert due == ["overdue", "overdue", "remind", "remind", "new", "new"]
    before = events(store)
    assert (notes_due(gate, people.ada, now=now), notes_overdue(gate, people.ada, now=now)) == (4, 2)
    assert (notes_due(gate, people.ben, now=now), notes_overdue(gate, people.supervisor, now=now)) == (0, 0)
    assert events(store) == before
    note = write_note(gate, people.ada, "att_5", now=now, version=0, assessment="A.", plan="P.", diagnoses=("F41.1",))
    assert notes_overdue(gate, people.ada, now=now) == 2  # a draft waits on
    sign_note(gate, people.ada, note.note_id, now=now)
    assert (notes_due(gate, people.ada, now=now), notes_overdue(gate, people.ada, now=now)) == (3, 1)
