"""What helps in the note's editor and beside it: taking over, marks, short texts, what repeats, what waits."""

from datetime import datetime, timedelta

import pytest

from dashboards.charting_desk import day_place
from dashboards.pages.note import NotePage
from dashboards.parts.message import Message
from dashboards.parts.navigation import Waits
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.person import Person
from dashboards.snippet_desk import add_snippets
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.dashboards import pages
from tests.factories.small_practice import MOSS, open_practice, people, visit
from workbench.charting.comparing import RepeatsNotMeant
from workbench.charting.snippets import SnippetUnclear
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
LAST = {
    "subjective": "Slept badly all week and thinks of <work> at night.\nDenies SI.", "plan": "Diary of sleep, weekly.",
    "objective": "Oriented, calm, good eye contact, speech in order.", "diagnoses": "F41.1",
    "assessment": "The worry is less than last month and sleep remains the hardest part.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Ada saw Fern eight days ago and signed; she saw Fern again an hour ago, and Moss two hours ago."""
    open_practice(store, now)
    visit(store, 1, now - timedelta(days=8))
    visit(store, 2, now - timedelta(hours=1))
    visit(store, 3, now - timedelta(hours=2), patient_id=MOSS)


def opened(gate: Gate, now: datetime, attendance: str, actor: Actor = WHO.ada) -> NotePage:
    page = pages.opened(gate, actor, now, f"/notes/{attendance}")
    assert isinstance(page, NotePage)
    return page


def say(page: NotePage, do: str, version: int, **values: str) -> Reply | None:
    return page.handle(Message(do, {"version": (str(version),), **{n: (v,) for n, v in values.items()}}))


@pytest.fixture
def last(gate: Gate, now: datetime) -> None:
    """The last note about Fern, a week ago."""
    page = opened(gate, now - timedelta(days=7), "att_1")
    say(page, "ask_sign", 0, **LAST)
    assert isinstance(say(page, "sign", 1), Done)


@pytest.mark.usefixtures("last")
def test_a_part_is_taken_over_by_itself_and_risk_stays_behind(gate: Gate, now: datetime) -> None:
    drawn = str(opened(gate, now, "att_2").render())
    assert drawn.count("data-put=") == 2
    assert 'data-put="plan" data-put-text="Diary of sleep, weekly."' in drawn
    assert 'data-put-text="Slept badly all week and thinks of &lt;work&gt; at night."' in drawn
    assert "1 paragraph about risk or times of the clock is not taken over." in drawn


@pytest.mark.usefixtures("last")
def test_what_stands_as_it_stood_is_marked_in_words_until_it_is_edited(gate: Gate, now: datetime) -> None:
    page = opened(gate, now, "att_2")
    say(page, "save", 0, plan=LAST["plan"], objective=LAST["objective"])
    drawn = str(page.render())
    assert "1 paragraph stands as in the note of Sun, Mar 1, 2026. Edit what has changed." in drawn
    assert "1 paragraph stands as in the note of Sun, Mar 1, 2026. What you saw and judged is written anew" in drawn
    say(page, "save", 1, plan="Diary of sleep, fortnightly.")
    assert "as in the note of" not in str(page.render())


@pytest.mark.usefixtures("last")
def test_what_repeats_is_asked_and_the_supervisor_sees_it(gate: Gate, store: Store, now: datetime) -> None:
    ada_is_a_trainee(store, now - timedelta(days=1))
    page = opened(gate, now, "att_2")
    asked = say(page, "ask_sign", 0, **LAST)
    assert isinstance(asked, Ask)
    html = str(asked.html)
    assert "All words stand in an earlier note about this client." in html
    assert "Objective has a paragraph of the last note." in html
    assert "required" in html
    with pytest.raises(RepeatsNotMeant):
        say(page, "sign", 1)
    assert isinstance(say(page, "sign", 1, meant="yes"), Done)
    theirs = str(opened(gate, now, "att_2", WHO.supervisor).render())
    assert "All words stand in an earlier note about this client." in theirs
    assert "Alike at most: 100 % with 1 earlier note of this client" in theirs
    assert theirs.count("As in the note of Sun, Mar 1, 2026") == 4
    assert "As in the note of" in str(opened(gate, now, "att_2").render())


@pytest.mark.usefixtures("last")
def test_another_clients_words_are_told_without_a_name(gate: Gate, now: datetime) -> None:
    page = opened(gate, now, "att_3")
    asked = say(page, "ask_sign", 0, **LAST)
    assert isinstance(asked, Ask)
    assert "Another client's note has exactly the same words." in str(asked.html).replace("&#39;", "'")
    assert "Fern" not in str(asked.html)
    assert 'name="meant"' in str(asked.html)


def test_a_late_entry_is_told_before_a_word_is_written(gate: Gate, now: datetime) -> None:
    assert "Late entry" in str(opened(gate, now, "att_1").render())
    assert "Late entry" not in str(opened(gate, now, "att_2").render())


def test_short_texts_are_kept_changed_retired_and_offered_in_the_editor(gate: Gate, now: datetime) -> None:
    assert "save typing" in str(opened(gate, now, "att_2").render())
    page = pages.opened(gate, WHO.ada, now, "/snippets", add_snippets)
    assert "No short texts yet" in str(page.render())
    assert isinstance(pages.send(page, "new"), Ask)
    with pytest.raises(SnippetUnclear):
        pages.send(page, "add", name="Sleep", text="Slept [[hours")
    pages.send(page, "add", name="Sleep", text="Slept [[hours]] hours, woke [[times]] times.")
    page.load()
    (one,) = page.shown
    drawn = str(page.render())
    assert "Slept [[hours]] hours" in drawn
    assert isinstance(pages.send(page, "ask_change", id=one.snippet_id), Ask)
    pages.send(page, "change", id=one.snippet_id, version="1", name="Sleep", text="Slept [[hours]].")
    stale = pages.send(page, "change", id=one.snippet_id, version="1", name="Sleep", text="Old.")
    assert isinstance(stale, Done)
    assert stale.tone == "warn"
    assert '<option value="Sleep" data-text="Slept [[hours]].">' in str(opened(gate, now, "att_2").render())
    assert isinstance(pages.send(page, "ask_retire", id=one.snippet_id), Ask)
    assert pages.send(page, "retire", id=one.snippet_id) == Done("Retired")
    page.load()
    for asked in ("ask_retire", "ask_change"):
        gone = pages.send(page, asked, id=one.snippet_id)
        assert isinstance(gone, Done)
        assert gone.tone == "warn"


def test_the_rail_says_how_many_notes_are_due_and_overdue(gate: Gate, now: datetime) -> None:
    place = day_place(Person(gate, lambda: WHO.ada, lambda: now))
    assert place.waits() == Waits(1, 1)


def test_my_day_fills_by_itself_when_a_session_is_over(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 4, now + timedelta(hours=1))
    clock = {"now": now}
    page = pages.opened(gate, WHO.ada, lambda: clock["now"], "/my-day")
    assert str(page.render()).count('data-key="due-') == 3
    assert not page.is_behind()
    clock["now"] = now + timedelta(minutes=110)
    assert page.is_behind()
    page.load()
    assert not page.is_behind()
    drawn = str(page.render())
    assert 'data-key="due-att_4"' in drawn
    assert "Overdue" in drawn
