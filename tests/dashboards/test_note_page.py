"""The note's editor, worked through its messages on a real store."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from dashboards.charting_desk import note_page as note_page_of
from dashboards.cosign_desk import add_cosigning
from dashboards.pages.note import NotePage
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from dashboards.person import Person
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.dashboards import pages
from tests.factories.small_practice import open_practice, people, visit
from workbench.charting.addenda import AddendumUnclear
from workbench.charting.tables import Note, NoteRevision
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
WHOLE = {"subjective": "Slept.", "assessment": "Better.", "plan": "Weekly.", "diagnoses": "f41.1; F32.A"}


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Ada saw Fern an hour ago."""
    open_practice(store, now)
    visit(store, 1, now - timedelta(hours=1))


def note_page(gate: Gate, now: datetime, actor: Actor = WHO.ada) -> NotePage:
    who = Person(gate, lambda: actor, lambda: now)
    page = note_page_of(who, "/app")(Visit("/notes/att_1", {"attendance_id": "att_1"}))
    page.load()
    return page


def say(page: NotePage, do: str, version: int, **values: str) -> Reply | None:
    return page.handle(Message(do, {"version": (str(version),), **{n: (v,) for n, v in values.items()}}))


def test_what_is_typed_is_saved_and_the_page_says_when(gate: Gate, store: Store, now: datetime) -> None:
    page = note_page(gate, now)
    assert "Not saved yet" in str(page.render())
    assert say(page, "save", 0, subjective="Slept.") == Redraw()
    assert "Saved 10:00 am" in str(page.render())
    assert 'name="version" id="note-version" value="1"' in str(page.render())
    with store.reading() as session:
        assert len(session.scalars(select(NoteRevision)).all()) == 1


def test_a_save_that_overtakes_its_own_drawing_is_no_conflict(gate: Gate, now: datetime) -> None:
    page = note_page(gate, now)
    say(page, "save", 0, subjective="One.")
    assert say(page, "save", 0, subjective="One. Two.") == Redraw()
    assert say(page, "save", 1, subjective="One. Two. Three.") == Redraw()


def test_another_window_is_never_overwritten(gate: Gate, store: Store, now: datetime) -> None:
    first, second = note_page(gate, now), note_page(gate, now)
    say(first, "save", 0, subjective="First window.")
    with pytest.raises(WorkbenchError, match="another window"):
        say(second, "save", 0, subjective="Second window.")
    second.load()  # as a lost connection does; what is typed still began from the empty page
    with pytest.raises(WorkbenchError, match="another window"):
        say(second, "save", 0, subjective="Second window.")
    with store.reading() as session:
        assert session.scalars(select(Note)).one().text.subjective == "First window."


def test_what_is_missing_is_marked_and_the_draft_kept(gate: Gate, store: Store, now: datetime) -> None:
    page = note_page(gate, now)
    refused = say(page, "ask_sign", 0, subjective="Slept.")
    assert isinstance(refused, Refused)
    assert set(refused.fields) == {"assessment", "plan", "diagnoses"}
    with store.reading() as session:
        assert session.scalars(select(Note)).one().text.subjective == "Slept."


def test_signing_asks_first_and_then_the_note_is_paper(gate: Gate, store: Store, now: datetime) -> None:
    page = note_page(gate, now)
    asked = say(page, "ask_sign", 0, **WHOLE)
    assert isinstance(asked, Ask)
    assert 'data-arg-version="1"' in str(asked.html)
    done = say(page, "sign", 1)
    assert isinstance(done, Done)
    assert done.toast.startswith("Signed as Ada Byron, LCSW")
    page.load()
    shown = str(page.render())
    assert "Unchanged since it was signed" in shown
    assert "<textarea" not in shown
    with store.reading() as session:
        assert session.scalars(select(Note)).one().text.diagnoses == ("F41.1", "F32.A")


def test_nobody_signs_what_they_have_not_seen(gate: Gate, store: Store, now: datetime) -> None:
    first, second = note_page(gate, now), note_page(gate, now)
    say(first, "save", 0, **WHOLE)
    second.load()
    say(first, "save", 1, **{**WHOLE, "plan": "Something else."})
    assert isinstance(say(second, "ask_sign", 1, **WHOLE), Done)
    done = say(second, "sign", 1)
    assert isinstance(done, Done)
    assert done.tone == "warn"
    with store.reading() as session:
        assert session.scalars(select(Note)).one().state == "draft"


def test_what_is_no_code_is_marked(gate: Gate, now: datetime) -> None:
    page = note_page(gate, now)
    with pytest.raises(FieldProblem):
        say(page, "save", 0, diagnoses="generalised anxiety")
    with pytest.raises(WorkbenchError) as refused:
        say(page, "save", 0, diagnoses="anxious")
    assert "diagnoses" in refused.value.fields  # type: ignore[attr-defined]


def test_a_supervisor_sees_that_there_is_a_draft_and_nothing_of_it(gate: Gate, now: datetime) -> None:
    say(note_page(gate, now), "save", 0, subjective="Slept.")
    shown = str(note_page(gate, now, WHO.supervisor).render())
    assert "Slept." not in shown
    assert "author alone" in shown


def test_a_locked_note_is_added_to_and_never_changed(gate: Gate, now: datetime) -> None:
    page = note_page(gate, now)
    say(page, "ask_sign", 0, **WHOLE)
    say(page, "sign", 1)
    page.load()
    assert "Add to it…" in str(page.render())
    assert isinstance(say(page, "ask_amend", 1), Ask)
    with pytest.raises(AddendumUnclear):
        say(page, "amend", 1, kind="", reason="", text="")
    done = say(page, "amend", 1, kind="correction", reason="Wrong day", text="It was the <b>8th</b>.")
    assert isinstance(done, Done)
    page.load()
    drawn = str(page.render())
    assert "Correction 1" in drawn
    assert "It was the &lt;b&gt;8th&lt;/b&gt;." in drawn
    assert drawn.count("Unchanged since it was signed") == 2
    file = say(page, "print", 1)
    assert isinstance(file, Deliver)
    (told,) = [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]
    for words in ("Better.", "F41.1, F32.A", "Signed: Ada Byron, LCSW", "Correction 1", "Wrong day", "<b>8th</b>"):
        assert words in told


def test_a_trainees_note_goes_to_the_supervisor_and_back(gate: Gate, store: Store, now: datetime) -> None:
    ada_is_a_trainee(store, now)
    page = note_page(gate, now)
    say(page, "ask_sign", 0, **WHOLE)
    done = say(page, "sign", 1)
    assert isinstance(done, Done)
    assert "it waits for the co-signature of your supervisor" in done.toast
    page.load()
    drawn = str(page.render())
    assert "It waits for the co-signature of a supervisor" in drawn
    assert "Co-sign…" not in drawn
    theirs = note_page(gate, now, WHO.supervisor)
    assert "Co-sign…" in str(theirs.render())
    assert isinstance(say(theirs, "ask_return", 2), Ask)
    assert say(theirs, "give_back", 2, comment="Say more.") == Done("Given back to be revised", go="/to-cosign")
    page.load()
    drawn = str(page.render())
    assert "Given back by" in drawn
    assert "Say more." in drawn
    say(page, "ask_sign", 3, **WHOLE, objective="Tearful.")
    say(page, "sign", 4)
    theirs = note_page(gate, now, WHO.supervisor)
    assert isinstance(say(theirs, "ask_cosign", 5), Ask)
    cosigned = say(theirs, "cosign", 5, attested="reviewed")
    assert isinstance(cosigned, Done)
    assert cosigned.go == "/to-cosign"
    page.load()
    drawn = str(page.render())
    assert "Co-signed" in drawn
    assert "I read this record and agree with it." in drawn
    assert "Add to it…" in drawn


def test_the_queue_says_how_long_each_waits(gate: Gate, store: Store, now: datetime) -> None:
    ada_is_a_trainee(store, now)
    queue = pages.opened(gate, WHO.supervisor, now, "/to-cosign", add_cosigning)
    assert "Nothing waits" in queue.render()
    page = note_page(gate, now)
    say(page, "ask_sign", 0, **WHOLE)
    say(page, "sign", 1)
    queue = pages.opened(gate, WHO.supervisor, now + timedelta(days=9), "/to-cosign", add_cosigning)
    drawn = queue.render()
    assert "9 days" in drawn
    assert "/notes/att_1" in drawn
