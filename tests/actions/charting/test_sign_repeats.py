"""What is not new in a note is weighed when it is signed: confirmed by the author, told to the supervisor, logged."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, MOSS, People, every_row, put, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.comparing import RepeatsNotMeant
from workbench.charting.others_named import SomebodyElseNamed
from workbench.charting.rules import NoteIncomplete
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.scheduling.group_tables import GroupMember, PatientGroup
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.store.engine import Store

DAY = timedelta(days=1)
SUBJECTIVE = "Slept badly all week and thinks of work at night."
OBJECTIVE = "Oriented, calm, good eye contact, speech and thought in order."
ASSESSMENT = "The worry is less than last month and sleep remains the hardest part of it."
WHOLE = {"subjective": SUBJECTIVE, "objective": OBJECTIVE, "assessment": ASSESSMENT, "plan": "Weekly.",
         "diagnoses": ("F41.1",)}  # fmt: skip


def written(gate: Gate, people: People, store: Store, number: int, at: datetime, patient: str, **text: str) -> str:
    """A draft of Ada's, about a session that ended just before."""
    visit(store, number, at - timedelta(hours=1), patient_id=patient)
    return write_note(gate, people.ada, f"att_{number}", now=at, version=0, **{**WHOLE, **text}).note_id


def figures(store: Store) -> dict[str, object]:
    """The numbers on the last line of a signature."""
    with store.reading() as session:
        query = select(AuditRow.body).where(AuditRow.event == "note.signed").order_by(AuditRow.seq.desc()).limit(1)
        told = json.loads(session.scalars(query).one())["facts"]
    return {key: told[key] for key in told if key.startswith(("like", "same", "carried", "repeats"))}


def test_the_same_words_about_another_patient_wait_for_a_confirmation(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    sign_note(gate, people.ada, written(gate, people, store, 1, now - DAY, FERN), now=now - DAY)
    note = written(gate, people, store, 2, now, MOSS)
    before = every_row(store)
    with pytest.raises(RepeatsNotMeant, match="Another person's note") as refused:
        sign_note(gate, people.ada, note, now=now)
    assert every_row(store) == before
    assert "Fern" not in str(refused.value)
    sign_note(gate, people.ada, note, now=now, repeats_meant=True)
    assert figures(store) == {
        "like_own_percent": 0, "like_own_of": 0, "like_others_percent": 100, "like_others_of": 1,
        "same_as_another": True, "carried_paragraphs": 0, "repeats_meant": True,
    }  # fmt: skip


def test_much_alike_is_told_and_not_stopped(gate: Gate, store: Store, people: People, now: datetime) -> None:
    sign_note(gate, people.ada, written(gate, people, store, 1, now - DAY, FERN), now=now - DAY)
    note = written(gate, people, store, 2, now, MOSS, plan="Fortnightly.")
    shown = note_for_attendance(gate, people.ada, "att_2", now=now, to_sign=True).aids.compared
    assert shown is not None
    assert (shown.others.percent, shown.others.is_over, shown.is_worth_a_word, shown.has_to_be_meant) == (
        97, True, True, False,
    )  # fmt: skip
    assert note_for_attendance(gate, people.ada, "att_2", now=now).aids.compared is None  # nobody asked
    sign_note(gate, people.ada, note, now=now)
    assert (figures(store)["like_others_percent"], figures(store)["repeats_meant"]) == (97, False)


def test_what_was_seen_and_judged_is_never_carried_silently(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    sign_note(gate, people.ada, written(gate, people, store, 1, now - DAY, FERN), now=now - DAY)
    text = {"subjective": SUBJECTIVE, "assessment": "Better, as the diary of the past week shows.", "plan": "Go on."}
    note = written(gate, people, store, 2, now, FERN, **text)
    with pytest.raises(RepeatsNotMeant, match="as in the last note"):
        sign_note(gate, people.ada, note, now=now)
    page = note_for_attendance(gate, people.ada, "att_2", now=now, to_sign=True).aids
    assert page.repeats == {"subjective": 1, "objective": 1}
    assert page.compared is not None
    assert page.compared.new_only == ("objective",)
    write_note(gate, people.ada, "att_2", now=now, version=1, **{**WHOLE, **text, "objective": "Tearful, then calm."})
    sign_note(gate, people.ada, note, now=now)
    assert (figures(store)["carried_paragraphs"], figures(store)["like_own_of"]) == (1, 1)


def test_the_supervisor_sees_the_figures_and_the_marks_the_author_saw(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    sign_note(gate, people.ada, written(gate, people, store, 1, now - 9 * DAY, FERN), now=now - 9 * DAY)
    ada_is_a_trainee(store, now - DAY)
    note = written(gate, people, store, 2, now, FERN)
    sign_note(gate, people.ada, note, now=now, repeats_meant=True)
    later = now + DAY
    seen = note_for_attendance(gate, people.supervisor, "att_2", now=later).aids
    assert seen.compared is not None
    assert (seen.compared.own.percent, seen.compared.own.compared, seen.compared.carried) == (100, 1, 4)
    assert [piece.is_carried for piece in seen.pieces["objective"]] == [True]
    assert seen.carries == {}
    assert seen.snippets == ()
    assert note_for_attendance(gate, people.ada, "att_2", now=later).aids.compared is None


def test_the_last_five_of_the_patient_and_twenty_of_others_are_looked_at(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    for number in range(1, 8):
        at = now - (9 - number) * DAY
        own = " ".join(f"{number}x{n}" for n in range(8))
        text = {part: f"{part} {own}" for part in ("subjective", "objective", "assessment", "plan")}
        sign_note(gate, people.ada, written(gate, people, store, number, at, FERN, **text), now=at)
    sign_note(gate, people.ada, written(gate, people, store, 8, now, FERN), now=now)
    assert (figures(store)["like_own_of"], figures(store)["like_others_of"]) == (5, 0)
    sign_note(gate, people.ada, written(gate, people, store, 9, now + DAY, MOSS, plan="New."), now=now + DAY)
    assert (figures(store)["like_own_of"], figures(store)["like_others_of"]) == (0, 8)


def test_an_open_blank_stops_the_signature(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note = written(gate, people, store, 1, now, FERN, plan="Weekly, with [[whom]].")
    with pytest.raises(NoteIncomplete) as refused:
        sign_note(gate, people.ada, note, now=now)
    assert refused.value.fields == {"plan": "Still to be filled in: [[whom]]."}


def together(store: Store, now: datetime, kind: str) -> None:
    """Fern and Moss, an hour ago."""
    put(store, [PatientGroup(id="grp_1", kind=kind, name="Tuesday", most=8, made_at=now, made_by="usr_desk")])
    put(store, [
        Appointment(id="apt_1", clinician_id="stf_ada", type_id="aty_individual", location_id="loc_office",
                    starts_at=now - timedelta(hours=1), ends_at=now, booked_at=now - DAY, group_id="grp_1"),
        GroupMember(group_id="grp_1", patient_id=MOSS, joined_on=(now - DAY).date(), joined_by="usr_desk"),
    ])  # fmt: skip
    put(store, [Attendance(id="att_1", appointment_id="apt_1", patient_id=FERN)])


@pytest.mark.parametrize(("kind", "said", "is_refused"), [
    ("group", "Catherine Moss listened.", True), ("group", "moss, catherine", True),
    ("group", "Another member listened.", False), ("group", "Fern Fernández-Oak listened.", False),
    ("couple", "Catherine Moss listened.", False),
])  # fmt: skip
def test_a_note_of_a_group_names_nobody_else_of_it(
    gate: Gate, store: Store, people: People, now: datetime, kind: str, said: str, is_refused: bool
) -> None:
    together(store, now, kind)
    note = write_note(gate, people.ada, "att_1", now=now, version=0, **{**WHOLE, "subjective": said}).note_id
    before = every_row(store)
    if not is_refused:
        assert sign_note(gate, people.ada, note, now=now).is_locked
        return
    with pytest.raises(SomebodyElseNamed) as refused:
        sign_note(gate, people.ada, note, now=now)
    assert list(refused.value.fields) == ["subjective"]
    assert "Moss" not in str(refused.value) + repr(refused.value.fields)
    assert every_row(store) == before
