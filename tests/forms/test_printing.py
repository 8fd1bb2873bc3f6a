"""A form on paper: with its answers as they were given, with those only, or empty with room to write."""

from datetime import date

from tests.forms.building import taken
from workbench.forms.asking import asked
from workbench.forms.filling import Answers, Layout, Step
from workbench.forms.outline import items_of
from workbench.forms.printing import Printing, parts_of
from workbench.forms.questionnaire import Coding
from workbench.paper.sheet import Part

OUTLINE = """
! Read this.
[g] Section
  a one*{Low;High}: Level
  b long ?a=high: What was done | Who was told
  [h...] Helper
    c short: Name
  d yes: Told
  e open{Walks;Tea}: Helps
  f whole =[n] + 1: Worked out
  n whole: Number
"""
LAYOUT = Layout(taken({"resourceType": "Questionnaire", "title": "T", "item": items_of(OUTLINE, {})}).form)
ANSWERS: Answers = {
    (Step("a"),): (Coding("high", "", "High"),), (Step("b"),): ("One\nTwo",), (Step("h", 0), Step("c")): ("Fern",),
    (Step("h", 1), Step("c")): ("Moss",), (Step("d"),): (False,), (Step("e"),): (Coding("tea", "", "Tea"), "a bath"),
}  # fmt: skip


def parts(answers: Answers, *, is_blank: bool = False, answers_only: bool = False) -> tuple[Part, ...]:
    return parts_of(Printing(LAYOUT, asked(LAYOUT, answers, today=date(2026, 3, 9)), is_blank, answers_only))


def test_with_its_answers_as_they_were_given() -> None:
    assert parts(ANSWERS) == (
        Part("words", text="Read this."), Part("heading", text="Section", level=2),
        Part("choice", "Level", choices=(("Low", False), ("High", True))), Part("answer", "What was done", "One\nTwo"),
        Part("heading", text="Helper (1 of 2)", level=3), Part("answer", "Name", "Fern"),
        Part("heading", text="Helper (2 of 2)", level=3), Part("answer", "Name", "Moss"),
        Part("choice", "Told", choices=(("Yes", False), ("No", True))),
        Part("choice", "Helps", "a bath", choices=(("Walks", False), ("Tea", True))),
        Part("answer", "Worked out", "–"), Part("answer", "Number", "–"),
    )  # fmt: skip


def test_with_what_was_answered_only() -> None:
    assert [(one.look, one.label, one.text) for one in parts(ANSWERS, answers_only=True) if one.look == "answer"] == [
        ("answer", "Level", "High"), ("answer", "What was done", "One\nTwo"), ("answer", "Name", "Fern"),
        ("answer", "Name", "Moss"), ("answer", "Told", "No"), ("answer", "Helps", "Tea\na bath"),
    ]  # fmt: skip


def test_what_is_not_asked_is_not_on_it() -> None:
    low: Answers = {**ANSWERS, (Step("a"),): (Coding("low", "", "Low"),)}
    assert "What was done" not in [one.label for one in parts(low)]


def test_empty_it_has_room_for_every_answer_whatever_it_hangs_on() -> None:
    assert [(one.look, one.label) for one in parts({}, is_blank=True) if one.label] == [
        ("choice", "Level"), ("lines", "What was done\nWho was told"), ("line", "Name"), ("choice", "Told"),
        ("choice", "Helps"), ("line", "Number"),
    ]  # fmt: skip
