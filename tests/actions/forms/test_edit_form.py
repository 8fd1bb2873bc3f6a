"""Editing a form: every step is kept, each can be taken back, and two who edit at once are told."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.forms.having import DOCUMENT, take_in
from tests.factories.small_practice import People, events
from workbench.actions.forms.edit_form import NothingToTakeBack, NotTheNewest, Step, edit_form
from workbench.forms.designing import Hangs, Line, NotAnItem
from workbench.forms.documents import Refused
from workbench.forms.questionnaire import ItemType
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.form_design import design_line, form_design, form_trial, formula_trial
from workbench.screens.forms import forms
from workbench.store.engine import Store

DREAMS = Line("Dreams", ItemType.TEXT)


def begun(gate: Gate, people: People, now: datetime) -> str:
    return take_in(gate, people, now).version_id


def step(gate: Gate, people: People, now: datetime, version_id: str, number: int, step_: Step) -> int:
    return edit_form(gate, people.manager, version_id, now=now, number=number, step=step_).number


def lines(gate: Gate, people: People, now: datetime, version_id: str) -> list[str]:
    return [one.link_id for one in form_design(gate, people.manager, version_id, now=now).lines]


def test_steps_are_kept_and_taken_back_one_by_one(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    first = lines(gate, people, now, version_id)
    step(gate, people, now, version_id, 0, Step("add", line=DREAMS))
    step(gate, people, now, version_id, 1, Step("remove", "hours"))
    assert lines(gate, people, now, version_id) == [*(one for one in first if one != "hours"), "dreams"]
    step(gate, people, now, version_id, 2, Step("back"))
    assert lines(gate, people, now, version_id) == [*first, "dreams"]
    step(gate, people, now, version_id, 3, Step("up", "dreams"))
    step(gate, people, now, version_id, 4, Step("back"))
    step(gate, people, now, version_id, 5, Step("back"))
    assert lines(gate, people, now, version_id) == first
    with pytest.raises(NothingToTakeBack):
        step(gate, people, now, version_id, 6, Step("back"))
    assert [event for event, _ in events(store)].count("form.edited") == 6


def test_the_version_itself_stays_as_it_came(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    hashed = forms(gate, people.manager, now=now)[0].newest.hash
    step(gate, people, now, version_id, 0, Step("title", title="Rest"))
    assert forms(gate, people.manager, now=now)[0].newest.hash == hashed
    shown = form_design(gate, people.manager, version_id, now=now)
    assert (shown.title, [one.what for one in shown.differences]) == ("Rest", ["title"])


def test_of_two_who_edit_at_once_the_second_is_told(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    step(gate, people, now, version_id, 0, Step("add", line=DREAMS))
    with pytest.raises(StalePage):
        edit_form(gate, people.supervisor, version_id, now=now, number=0, step=Step("remove", "hours"))
    assert "hours" in lines(gate, people, now, version_id)


def test_an_older_version_is_edited_no_more(gate: Gate, people: People, now: datetime) -> None:
    first = take_in(gate, people, now)
    take_in(gate, people, now, {**DOCUMENT, "title": "Later"}, template_id=first.template_id)
    with pytest.raises(NotTheNewest):
        step(gate, people, now, first.version_id, 0, Step("add", line=DREAMS))
    assert not form_design(gate, people.manager, first.version_id, now=now).is_newest


def test_a_step_that_makes_no_form_changes_nothing(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    circle = Line("Question sleeps", ItemType.BOOLEAN, conditions=(Hangs("helps", "=", "tea"),))
    other = Line("Question helps", ItemType.CHOICE, repeats=True, answers=("Answer walks", "Answer tea"),
                 conditions=(Hangs("sleeps", "=", "yes"),))  # fmt: skip
    step(gate, people, now, version_id, 0, Step("change", "helps", other))
    with pytest.raises(Refused, match="in a circle"):
        step(gate, people, now, version_id, 1, Step("change", "sleeps", circle))
    with pytest.raises(NotAnItem):
        step(gate, people, now, version_id, 1, Step("change", "sleeps", Line("", ItemType.BOOLEAN)))
    assert form_design(gate, people.manager, version_id, now=now).number == 1
    helps = design_line(gate, people.manager, version_id, now=now, link_id="helps")
    assert helps.conditions == (Hangs("sleeps", "=", "yes"),)


def test_it_is_tried_with_sample_answers_and_nothing_is_kept(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    tried = form_trial(gate, people.manager, version_id, now=now, values={"q0": ("false",), "q3": ("many",)})
    assert "Question since" in tried.fields
    assert "Write a whole number" in tried.fields
    assert tried.problems == 3
    again = form_trial(gate, people.manager, version_id, now=now, values={"q0": ("true",)})
    assert ("Question since" in again.fields, again.problems) == (False, 1)


def test_a_formula_is_tried_and_nothing_of_it_is_kept(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    step(gate, people, now, version_id, 0, Step("add", line=Line("Twice", ItemType.INTEGER)))

    def told(formula: str, hours: str = "4") -> str:
        return formula_trial(gate, people.manager, version_id, now=now, link_id="twice", formula=formula,
                             values={"q3": (hours,)}).words  # fmt: skip

    assert told("[hours] * 2").endswith("it comes to 8.")
    assert "not answered" in told("[hours] * 2", "")
    assert told("[hours").startswith("Character 1")
    assert design_line(gate, people.manager, version_id, now=now, link_id="twice").formula == ""
    with pytest.raises(NotFound):
        formula_trial(gate, people.ada, version_id, now=now, link_id="twice", formula="1", values={})


def test_the_database_keeps_every_step(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    step(gate, people, now, version_id, 0, Step("add", line=DREAMS))
    for change in ("UPDATE form_edits SET what = 'x'", "DELETE FROM form_edits"):
        with pytest.raises(DBAPIError, match="form_edits_append_only"), store.engine.begin() as connection:
            connection.execute(text(change))


def test_only_who_says_which_forms_there_are_edits_one(gate: Gate, people: People, now: datetime) -> None:
    version_id = begun(gate, people, now)
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotFound):
            edit_form(gate, who, version_id, now=now, number=0, step=Step("remove", "hours"))
        with pytest.raises(NotFound):
            form_design(gate, who, version_id, now=now)
