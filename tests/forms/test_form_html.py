"""A form as it is drawn: every control has its name, every text goes in as text, only what is asked is there."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import asked, chosen, extension, questionnaire, taken, when
from workbench.forms.asking import asked as ask
from workbench.forms.filling import Answers, Layout, Step
from workbench.forms.html import form_html
from workbench.forms.questionnaire import Answer, Coding, ItemType


class Seen(HTMLParser):
    """The elements of a piece of HTML, with their attributes, and whether each was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def drawn(
    document: dict[str, Any], answers: Answers | None = None, *, is_locked: bool = False, problem: str = ""
) -> Seen:
    layout = Layout(taken(document).form)
    found = ask(layout, answers or {}, today=date(2026, 3, 9))
    problems = dict.fromkeys(found.places, problem) if problem else {}
    seen = Seen(form_html(layout, found, problems, is_locked=is_locked))
    assert seen.open == []
    return seen


def at(link_id: str) -> tuple[Step, ...]:
    return (Step(link_id),)


@pytest.mark.parametrize("kind", [kind for kind in ItemType if kind not in ("group", "display", "boolean")])
def test_every_question_has_a_field_with_a_label(kind: str) -> None:
    seen = drawn(questionnaire(asked("a", kind, required=True)))
    (control,) = seen.all("input") + seen.all("textarea")
    assert control["id"] == control["name"] == "q0"
    assert "required" in control
    assert [one["for"] for one in seen.all("label")] == ["q0"]


def test_few_choices_are_a_group_with_a_legend_and_many_are_a_list() -> None:
    seen = drawn(
        questionnaire(chosen("a", "x", "y"), chosen("b", *map(str, range(20))), chosen("c", "x", repeats=True))
    )
    assert len(seen.all("fieldset")) == len(seen.all("legend")) == 2
    assert [one["type"] for one in seen.all("input")] == ["radio", "radio", "checkbox"]
    assert len(seen.all("select")) == 1
    assert len(seen.all("option")) == 21


def test_answers_stand_where_they_were_given() -> None:
    document = questionnaire(
        asked("a", "boolean"), chosen("b", "x", "y"), asked("c"), asked("d", "text"), chosen("e", *map(str, range(20))),
        chosen("f", "x", kind="open-choice"),
    )  # fmt: skip
    answers: dict[tuple[Step, ...], tuple[Answer, ...]] = {
        at("a"): (False,), at("b"): (Coding("y", "", "Answer y"),), at("c"): ('say "it"',), at("d"): ("one\ntwo",),
        at("e"): (Coding("3", "", "Answer 3"),), at("f"): ("my own",),
    }  # fmt: skip
    seen = drawn(document, answers)
    assert [one["value"] for one in seen.all("input") if "checked" in one] == ["false", "1"]
    assert [one["value"] for one in seen.all("input") if one["type"] == "text"] == ['say "it"', "my own"]
    assert [one["value"] for one in seen.all("option") if "selected" in one] == ["3"]
    assert "one\ntwo" in seen.words


def test_only_what_is_asked_is_drawn_and_what_is_hidden_never() -> None:
    document = questionnaire(
        asked("a", "boolean"), asked("b", enableWhen=[when("a", "=", answerBoolean=True)]),
        asked("c", extension=[extension("questionnaire-hidden", valueBoolean=True)]),
    )  # fmt: skip
    assert "Question b" not in drawn(document).words
    assert "Question b" in drawn(document, {at("a"): (True,)}).words
    assert "Question c" not in drawn(document).words


def test_an_error_and_a_hint_are_tied_to_their_field() -> None:
    document = questionnaire(
        asked("a", extension=[extension("entryFormat", valueString="in capitals")]), chosen("b", "x")
    )
    seen = drawn(document, problem="Please answer this.")
    assert seen.all("input")[0]["aria-describedby"] == "q0-hint q0-error"
    assert seen.all("fieldset")[0]["aria-describedby"] == "q1-error"
    assert seen.all("input")[0]["aria-invalid"] == "true"
    assert {"q0-hint", "q0-error", "q1-error"} <= {one.get("id") for _, one in seen.elements}


def test_what_helps_with_a_question_is_said_once_and_tied_to_it() -> None:
    coding = {"coding": [{"code": "help"}]}
    helps = asked("h", "display", extension=[extension("questionnaire-itemControl", valueCodeableConcept=coding)])
    seen = drawn(questionnaire(asked("a", item=[helps])))
    assert seen.words.count("Question h") == 1
    assert seen.all("input")[0]["aria-describedby"] == "q0-hint"


def test_headings_go_down_by_level_and_copies_are_numbered() -> None:
    inner = asked("h", "group", repeats=True, item=[asked("a")])
    seen = drawn(questionnaire(asked("g", "group", item=[inner])), {(Step("h", 1), Step("a")): ("x",)})
    assert [name for name, _ in seen.elements if name.startswith("h") and name[1:].isdigit()] == ["h3", "h4", "h4"]
    assert "1 of 2" in seen.words
    assert [one["name"] for one in seen.all("input")] == ["q2_0", "q2_1"]


def test_a_locked_form_has_no_field_and_shows_every_answer() -> None:
    seen = drawn(
        questionnaire(asked("a"), chosen("b", "x"), asked("c")),
        {at("a"): ("said",), at("b"): (Coding("x", "", "Answer x"),)},
        is_locked=True,
    )
    assert seen.all("input") == seen.all("fieldset") == []
    assert "said" in seen.words
    assert "Answer x" in seen.words
    assert "–" in seen.words


TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(TEXT, TEXT, TEXT, st.sampled_from(["string", "text", "boolean", "date", "group", "display"]))
def test_no_text_becomes_markup(words: str, option: str, answer: str, kind: str) -> None:
    document = questionnaire(
        {**asked("a", kind), "text": f"{words}<b x='"}, {**chosen("b", "x"), "text": f"</legend>{words}"},
        asked("c", "string", answerOption=[{"valueString": f"\"><i>{option}"}]), {**asked("d"), "prefix": "<u>"},
    )  # fmt: skip
    seen = drawn(document, {at("d"): (f'"><s {answer}',)})
    assert {name for name, _ in seen.elements} <= {
        "div", "label", "input", "p", "span", "fieldset", "legend", "textarea", "section", "h3", "output", "select",
        "option",
    }  # fmt: skip
