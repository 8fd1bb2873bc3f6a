"""The page of one's own psychotherapy notes: no word on it until one is opened, and gone from it when it is closed."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.psychotherapy_notes import PsychotherapyNotesPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.psychotherapy_desk import add_psychotherapy
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.emergency import fresh
from tests.factories.small_practice import FERN, MOSS, open_practice, people, unproven, visit
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.kernel.errors import WorkbenchError
from workbench.psychotherapy.rules import PsychotherapyTooLong

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def session_id(gate: Gate, now: datetime) -> str:
    open_practice(gate.store, now)
    return visit(gate.store, 1, now - timedelta(hours=2))


def page_of(gate: Gate, now: datetime, *, is_fresh: bool = True) -> PsychotherapyNotesPage:
    who = fresh(people().ada, now) if is_fresh else unproven(people().ada)
    page = pages.opened(gate, who, now, f"/psychotherapy/{FERN}", add_psychotherapy)
    assert isinstance(page, PsychotherapyNotesPage)
    return page


def begun(gate: Gate, now: datetime, session_id: str) -> PsychotherapyNotesPage:
    page = page_of(gate, now)
    assert isinstance(send(page, "begin", attendance_id=session_id, kind="psychotherapy"), Done)
    page.load()  # as the shell does after what was done
    return page


def note_of(page: PsychotherapyNotesPage) -> str:
    assert page.open_note is not None
    return page.open_note.note_id


def test_a_note_is_begun_written_closed_and_opened_again(gate: Gate, now: datetime, session_id: str) -> None:
    page = page_of(gate, now)
    assert "No notes of this kind yet" in page.render()
    asks = send(page, "ask_begin")
    assert isinstance(asks, Ask)
    assert session_id in asks.html
    with pytest.raises(FieldProblem):
        send(page, "begin", attendance_id="", kind="psychotherapy")
    page = begun(gate, now, session_id)
    note_id = note_of(page)
    assert isinstance(send(page, "save", note_id=note_id, version="0", words="The river, again."), Redraw)
    assert "The river, again." in page.render()
    send(page, "close")
    assert "The river" not in page.render()
    again = page_of(gate, now)
    assert "The river" not in again.render()
    assert isinstance(send(again, "open", note_id=note_id), Redraw)
    assert "The river, again." in again.render()


def test_typing_faster_than_the_page_is_drawn_loses_nothing(gate: Gate, now: datetime, session_id: str) -> None:
    page = begun(gate, now, session_id)
    for words in ("One", "One two", "One two three"):
        send(page, "save", note_id=note_of(page), version="0", words=words)
    assert page.open_note is not None
    assert (page.open_note.words, page.open_note.version) == ("One two three", 3)


def test_another_window_is_told_and_nothing_of_it_is_overwritten(gate: Gate, now: datetime, session_id: str) -> None:
    first, second = begun(gate, now, session_id), page_of(gate, now)
    note_id = note_of(first)
    send(second, "open", note_id=note_id)
    send(first, "save", note_id=note_id, version="0", words="Mine")
    with pytest.raises(WorkbenchError, match="another window"):
        send(second, "save", note_id=note_id, version="0", words="Also mine")
    with pytest.raises(WorkbenchError, match="another window"):
        send(page_of(gate, now), "save", note_id=note_id, version="1", words="Never opened")
    with pytest.raises(PsychotherapyTooLong):
        send(first, "save", note_id=note_id, version="1", words="x" * 60_001)
    send(second, "open", note_id=note_id)
    assert "Mine" in second.render()


def test_what_is_chart_by_law_is_said_while_writing(gate: Gate, now: datetime, session_id: str) -> None:
    page = begun(gate, now, session_id)
    send(page, "save", note_id=note_of(page), version="0", words="Takes 20 mg now.")
    assert "This seems to hold medication" in page.render()


def test_ones_own_note_about_somebody_else_is_not_opened_on_this_page(gate: Gate, now: datetime) -> None:
    of_moss = visit(gate.store, 2, now - timedelta(hours=3), patient_id=MOSS)
    other = pages.opened(gate, fresh(people().ada, now), now, f"/psychotherapy/{MOSS}", add_psychotherapy)
    assert isinstance(other, PsychotherapyNotesPage)
    send(other, "begin", attendance_id=of_moss, kind="psychotherapy")
    page = page_of(gate, now)
    with pytest.raises(NotFound):
        send(page, "open", note_id=note_of(other))
    assert "No note" in page.render()


def test_opening_asks_for_a_factor_and_writing_on_does_not(gate: Gate, now: datetime, session_id: str) -> None:
    page = begun(gate, now, session_id)
    note_id = note_of(page)
    with pytest.raises(StepUpNeeded):
        send(page_of(gate, now, is_fresh=False), "open", note_id=note_id)


def test_who_keeps_none_has_no_such_page_and_no_link(gate: Gate, now: datetime) -> None:
    for who in (people().supervisor, people().desk, people().manager, people().compliance):
        desk = pages.desk(gate, who, lambda: now, add_psychotherapy)
        assert not [path for path in desk.routes if "psychotherapy" in str(path)]
    assert "Psychotherapy notes" in pages.opened(gate, people().ada, now, f"/patients/{FERN}?tab=notes").render()
    assert (
        "Psychotherapy notes"
        not in pages.opened(gate, people().supervisor, now, f"/patients/{FERN}?tab=notes").render()
    )
