"""The clinician's day, a patient's file and chart, and the page of a note: who sees what, and what is written down."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.small_practice import ADA, FERN, MOSS, People, events, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.clinician_day import clinician_day
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file
from workbench.store.engine import Store

TODAY = date(2026, 3, 9)
WHOLE = {"assessment": "Less worried.", "plan": "Weekly.", "diagnoses": ("F41.1",)}


def signed(gate: Gate, people: People, attendance_id: str, now: datetime) -> None:
    saved = write_note(gate, people.ada, attendance_id, now=now, version=0, **WHOLE)
    sign_note(gate, people.ada, saved.note_id, now=now)


def test_a_clinicians_day_says_which_notes_are_written_and_which_are_due(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now - timedelta(days=4))
    visit(store, 2, now - timedelta(days=2), patient_id=MOSS)
    visit(store, 3, now - timedelta(days=3), status=AttendanceStatus.NO_SHOW)
    visit(store, 4, now - timedelta(hours=1))
    visit(store, 5, now + timedelta(hours=1))
    write_note(gate, people.ada, "att_2", now=now, version=0, plan="Begun.")
    day = clinician_day(gate, people.ada, now=now, on=TODAY)
    assert [(row.attendance_id, row.note_state, row.may_write) for row in day.sessions] == [
        ("att_4", "", True), ("att_5", "", True),
    ]  # fmt: skip
    assert [(row.attendance_id, row.due, row.has_draft) for row in day.due] == [
        ("att_1", "overdue", False), ("att_2", "remind", True), ("att_4", "new", False),
    ]  # fmt: skip
    signed(gate, people, "att_4", now)
    day = clinician_day(gate, people.ada, now=now, on=TODAY)
    assert (day.sessions[0].note_state, day.sessions[0].may_write) == ("locked", False)
    assert [row.attendance_id for row in day.due] == ["att_1", "att_2"]


def test_nobody_has_another_clinicians_day(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now)
    assert clinician_day(gate, people.ben, now=now, on=TODAY).sessions == ()
    with pytest.raises(NotAllowed):
        clinician_day(gate, people.desk, now=now, on=TODAY)


def test_the_desk_sees_the_file_and_no_clinical_word(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now - timedelta(days=7), status=AttendanceStatus.COMPLETED)
    visit(store, 2, now + timedelta(days=7))
    signed(gate, people, "att_1", now)
    file = patient_file(gate, people.desk, FERN, now=now)
    assert (file.name, file.age_years, file.phone) == ("Fern Fernández-Oak", 35, "5550100123")
    assert [visit.attendance_id for visit in file.visits] == ["att_2", "att_1"]
    assert (file.may_read_chart, file.may_book) == (False, True)
    assert file.care_team == ((ADA, "Ada Byron, LCSW"),)
    assert "worried" not in repr(file)
    assert "F41" not in repr(file)
    assert events(store)[-1] == ("patient.seen", "shown")


def test_the_biller_sees_whom_to_bill_and_not_when_they_come(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now)
    file = patient_file(gate, people.biller, FERN, now=now)
    assert (file.visits, file.may_book, file.may_see_balance) == ((), False, True)


def test_compliance_reads_who_somebody_is_and_not_when_they_come(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now)
    file = patient_file(gate, people.compliance, FERN, now=now)
    assert file.name == "Fern Fernández-Oak"
    assert (file.visits, file.may_book, file.may_read_chart) == ((), False, False)


@pytest.mark.parametrize("who", ["ben", "it"])
def test_others_find_no_file(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        patient_file(gate, getattr(people, who), FERN, now=now)
    assert events(store) == [("action.refused", "refused")]


@pytest.mark.parametrize("who", ["ben", "desk", "manager", "biller", "it", "compliance"])
def test_a_chart_is_open_to_those_who_care_for_the_patient(
    gate: Gate, store: Store, people: People, now: datetime, who: str
) -> None:
    visit(store, 1, now)
    with pytest.raises(NotFound):
        patient_chart(gate, getattr(people, who), FERN, now=now)
    with pytest.raises(NotFound):
        note_for_attendance(gate, getattr(people, who), "att_1", now=now)
    assert events(store) == [("action.refused", "refused")] * 2


def test_each_reading_of_a_chart_is_written_down(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now)
    patient_chart(gate, people.ada, FERN, now=now)
    note_for_attendance(gate, people.ada, "att_1", now=now)
    assert events(store) == [("chart.read", "shown")] * 2


def test_a_draft_is_read_by_its_author_alone(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now - timedelta(hours=1))
    write_note(gate, people.ada, "att_1", now=now, version=0, **WHOLE)
    own, other = (patient_chart(gate, who, FERN, now=now) for who in (people.ada, people.supervisor))
    assert own.notes[0].text is not None
    assert (other.notes[0].state, other.notes[0].text, other.diagnoses) == ("draft", None, ())
    assert note_for_attendance(gate, people.supervisor, "att_1", now=now).text.plan == ""
    sign_note(gate, people.ada, own.notes[0].note_id, now=now)
    assert patient_chart(gate, people.supervisor, FERN, now=now).diagnoses == ("F41.1",)
    page = note_for_attendance(gate, people.supervisor, "att_1", now=now)
    assert (page.text.plan, page.state, page.may_write, page.is_unchanged) == ("Weekly.", "locked", False, True)


def test_a_new_note_begins_beside_the_last_one(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now - timedelta(days=7))
    visit(store, 2, now - timedelta(hours=1))
    empty = note_for_attendance(gate, people.ada, "att_2", now=now)
    assert (empty.last, empty.version, empty.note_id, empty.text.diagnoses) == (None, 0, "", ())
    signed(gate, people, "att_1", now)
    page = note_for_attendance(gate, people.ada, "att_2", now=now)
    assert page.last is not None
    assert (page.last.text.plan, page.last.signed_as) == ("Weekly.", "Ada Byron, LCSW")
    assert (page.text.diagnoses, page.text.plan, page.may_write) == (("F41.1",), "", True)
    assert list(page.missing) == ["assessment", "plan"]
    saved = write_note(gate, people.ada, "att_2", now=now, version=0, plan="Go on.")
    page = note_for_attendance(gate, people.ada, "att_2", now=now)
    assert (page.note_id, page.version, page.saved_at, page.text.plan) == (saved.note_id, 1, now, "Go on.")
