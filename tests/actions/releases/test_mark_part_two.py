"""What is marked is read by who may, and for everybody else it is not there: in no list, no page, no print, no file."""

from datetime import date, datetime, timedelta

import pytest

from tests.actions.charting.plans import in_force
from tests.actions.documents.test_upload_document import put_in
from tests.actions.forms.having import begun
from tests.actions.forms.test_save_form import save
from tests.factories.every_read import askable, printed
from tests.factories.proxies import in_force as stands_in
from tests.factories.proxies import proxy_of
from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.documents.refile_document import refile_document
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.releases.close_part_two_episode import close_part_two_episode
from workbench.actions.releases.mark_part_two import mark_part_two
from workbench.gate import policy
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.gate.grants import row
from workbench.gate.permissions import Permission
from workbench.releases.part_2 import NOTICE_SHORT, MarkedAlready, Part2Unclear
from workbench.screens.form_paper import form_export, form_paper
from workbench.screens.form_responses import form_response
from workbench.screens.note_paper import note_paper
from workbench.screens.own_openings import own_openings
from workbench.screens.part_2_marks import part_two_of_patient
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_documents import document_file, patient_documents
from workbench.screens.treatment_plan import treatment_plan

pytestmark = pytest.mark.engines("sqlcipher")
WORDS = "Zqxwvsubstance"


@pytest.fixture
def records(gate: Gate, people: People, now: datetime) -> dict[str, str]:
    """A note, a form, a plan and a document that the office opens, all of one time in a programme."""
    note_id = signed_note(gate, people, now, 1, WORDS)
    form_id = begun(gate, people, now)
    save(gate, people, now, form_id, 1, {"q0": ("true",), "q3": ("6",), "q5_0": ("none",)})
    sign_form(gate, people.ada, form_id, now=now)
    in_force(gate, people, now)
    plan = treatment_plan(gate, people.ada, FERN, now=now).shown
    assert plan is not None
    card = {"audience": "office", "category": "consent", "title": WORDS}
    document = put_in(gate, people.ada, now, content=WORDS.encode(), **card).document_id
    mark_part_two(
        gate, people.ada, FERN, now=now, kind="episode", from_on=now.date() - timedelta(days=3), why="Programme"
    )
    return {"notes": note_id, "form_responses": form_id, "treatment_plans": plan.plan_id, "patient_documents": document}


def test_every_print_and_export_carries_the_statement(
    gate: Gate, people: People, now: datetime, records: dict[str, str]
) -> None:
    ada = people.ada
    for file in (
        note_paper(gate, ada, records["notes"], now=now),
        form_paper(gate, ada, records["form_responses"], now=now),
    ):
        assert NOTICE_SHORT in printed(file)
    for kind in ("json", "csv"):
        assert NOTICE_SHORT in form_export(gate, ada, records["form_responses"], now=now, kind=kind).content.decode()
    assert treatment_plan(gate, ada, FERN, now=now).notice == NOTICE_SHORT
    assert form_response(gate, ada, records["form_responses"], now=now).notice == NOTICE_SHORT
    assert [one.is_part_2 for one in patient_chart(gate, ada, FERN, now=now).notes] == [True]
    other = signed_note(gate, people, now, 2, "Something else", days_ago=9)
    assert NOTICE_SHORT not in printed(note_paper(gate, ada, other, now=now))


def test_the_office_does_not_learn_of_a_document_that_is_marked(
    gate: Gate, people: People, now: datetime, records: dict[str, str]
) -> None:
    for who in (people.desk, people.manager, people.biller):
        assert patient_documents(gate, who, FERN, now=now).in_record == ()
        with pytest.raises(NotFound):
            document_file(gate, who, records["patient_documents"], now=now)
        with pytest.raises(NotFound):
            refile_document(gate, who, records["patient_documents"], now=now, title="X", category="consent",
                            audience="office", reason="Y")  # fmt: skip
    assert len(patient_documents(gate, people.ada, FERN, now=now).in_record) == 1


def test_a_copy_in_another_record_keeps_the_mark(
    gate: Gate, people: People, now: datetime, records: dict[str, str]
) -> None:
    refile_document(gate, people.ada, records["patient_documents"], now=now, title="X", category="consent",
                    audience="office", reason="Wrong file", into=1002)  # fmt: skip
    assert [one.is_part_2 for one in patient_documents(gate, people.ada, MOSS, now=now).in_record] == [True]
    assert patient_documents(gate, people.desk, MOSS, now=now).in_record == ()


def test_no_read_tells_who_may_not_read_it_a_word(
    gate: Gate, people: People, now: datetime, records: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    subjects = {"patients": FERN, "attendances": "att_1", **records}
    holding = {name for name, told in askable(gate, people, now, subjects, ("ada",)) if WORDS in printed(told)}
    assert {"patient_chart", "note_for_attendance", "note_paper", "patient_documents"} <= holding
    # As if the table gave row c07 to nobody: whoever reads charts, and in an emergency too, reads none of this.
    monkeypatch.setitem(policy.POLICY, Permission.READ_PART_2, row("c07", "D"))
    later = now + timedelta(hours=2)
    answers = list(askable(gate, people, later, subjects, ("ada", "desk", "manager", "compliance")))
    assert len({name for name, _ in answers}) > 40
    told_of = {
        name for name, told in answers
        if WORDS in printed(told) or any(one in repr(told) for one in records.values())
    }  # fmt: skip
    assert told_of == set()
    assert patient_chart(gate, people.ada, FERN, now=later).notes == ()
    assert treatment_plan(gate, people.ada, FERN, now=later).shown is None
    for read, subject in ((note_paper, "notes"), (form_paper, "form_responses"), (form_response, "form_responses")):
        with pytest.raises(NotFound):
            read(gate, people.ada, records[subject], now=later)
    with pytest.raises(NotFound):
        mark_part_two(gate, people.ada, FERN, now=later, kind="note", target_id=records["notes"], why="Y")


def test_a_proxy_without_that_scope_does_not_see_that_something_was_marked(
    gate: Gate, people: People, now: datetime, records: dict[str, str]
) -> None:
    assert records
    link = stands_in(gate, now, FERN, basis="power_of_attorney", scopes=("chart", "record"), until_on=date(2026, 6, 1))
    told = [one.sentence for one in own_openings(gate, proxy_of(gate, link), FERN, now=now)]
    assert told
    assert not any("Part 2" in one for one in told)
    with pytest.raises(NotFound):
        part_two_of_patient(gate, proxy_of(gate, link), FERN, now=now)


def test_it_is_marked_once_by_who_writes_the_chart_and_reads_such_data(
    gate: Gate, people: People, now: datetime
) -> None:
    note_id = signed_note(gate, people, now, 1, WORDS)
    marked(gate, people.supervisor, now, note_id)
    with pytest.raises(MarkedAlready):
        marked(gate, people.ada, now, note_id)
    for wrong in ({"kind": "plan", "target_id": note_id}, {"kind": "note", "target_id": "nte_none"}):
        with pytest.raises(NotFound):
            mark_part_two(gate, people.ada, FERN, now=now, why="W", **wrong)
    with pytest.raises(NotFound):
        mark_part_two(gate, people.ada, MOSS, now=now, kind="note", target_id=note_id, why="W")
    for unclear in ({"kind": "episode"}, {"kind": "chart"}):
        with pytest.raises(Part2Unclear):
            mark_part_two(gate, people.ada, FERN, now=now, why="W", **unclear)
    for who in (people.ben, people.desk, people.biller, people.manager, people.it, people.compliance):
        with pytest.raises(NotFound):
            marked(gate, who, now, note_id)


def test_an_episode_covers_its_days_and_no_later_ones(gate: Gate, people: People, now: datetime) -> None:
    for number, days_ago in ((1, 9), (2, 5), (3, 1)):
        signed_note(gate, people, now, number, WORDS, days_ago=days_ago)
    today = now.date()
    done = mark_part_two(gate, people.ada, FERN, now=now, kind="episode", from_on=today - timedelta(days=7), why="W")
    close_part_two_episode(
        gate, people.ada, done.mark_id, now=now, until_on=today - timedelta(days=3), why="Discharged"
    )
    assert [one.is_part_2 for one in patient_chart(gate, people.ada, FERN, now=now).notes] == [False, True, False]
    assert isinstance(part_two_of_patient(gate, people.ada, FERN, now=now).marks[0].until_on, date)
