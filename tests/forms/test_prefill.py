"""What a form begins with: from the record, from last time, of its own; and nothing that is not asked for."""

import pytest

from tests.forms.building import taken
from workbench.forms.filling import Layout, Step
from workbench.forms.outline import items_of
from workbench.forms.prefill import begins_with, is_path, measure_of, untouched, wanted
from workbench.forms.questionnaire import Coding


def layout(outline: str) -> Layout:
    return Layout(taken({"resourceType": "Questionnaire", "title": "T", "item": items_of(outline, {})}).form)


def at(*keys: str) -> tuple[Step, ...]:
    return tuple(Step(key) for key in keys)


@pytest.mark.parametrize("path", ["patient.name", "today", "score.phq9", "last.treatment-plan.goal", "scores"])
def test_paths_have_names(path: str) -> None:
    assert is_path(path)


@pytest.mark.parametrize("path", ["", "patient", "patient.ssn", "score.", "last.x", "notes.psychotherapy", "select 1"])
def test_there_is_nothing_else_to_ask_for(path: str) -> None:
    assert not is_path(path)


def test_only_what_is_asked_for_is_wanted() -> None:
    found = wanted(
        layout("a short^patient.name: A\nb long^score.phq9: B\nc long^last.soap.plan: C\nd short: D").items.values()
    )
    assert found.paths == {"patient.name", "score.phq9", "last.soap.plan"}
    assert found.measures == {measure_of("score.phq9")} == {"phq9"}
    assert found.answers == {("soap", "plan")}


def test_facts_become_answers_of_their_type_or_none() -> None:
    form = layout(
        "a short^patient.name: A\nd day^today: D\nw whole^scores: W\nl long^last.x.y: L\no one^last.x.z{P;Q}: O"
    )
    facts = {
        "patient.name": ("Fern",), "today": ("2026-03-09",), "scores": ("twelve",),
        "last.x.y": ("one", Coding("q", "", "two")), "last.x.z": (Coding("nowhere"), Coding("q", "", "Q")),
    }  # fmt: skip
    begun = begins_with(form, facts, {})
    assert begun == {
        at("a"): ("Fern",),
        at("d"): ("2026-03-09",),
        at("l"): ("one\ntwo",),
        at("o"): (Coding("q", "", "Q"),),
    }


def test_what_is_carried_comes_from_last_time_and_goes_before_the_record() -> None:
    form = layout("a short~^patient.name: A\nb short: B\n[g...] G\n  c short~: C")
    last = {at("a"): ("Old",), at("b"): ("not carried",), (Step("g", 1), Step("c")): ("second",), at("gone"): ("x",)}
    begun = begins_with(form, {"patient.name": ("New",)}, last)
    assert begun == {at("a"): ("Old",), (Step("g", 1), Step("c")): ("second",)}


def test_an_answer_is_marked_until_it_is_changed() -> None:
    form = layout("a short^patient.name: A\nb short~: B\nc short^today!: C\nd short: D")
    begun = {at("a"): ("Fern",), at("b"): ("Old",), at("c"): ("2026",), at("d"): ("own",)}
    assert untouched(form, begun, begun) == {
        at("a"): "From the record.", at("b"): "Carried forward from last time.",
    }  # fmt: skip
    assert untouched(form, {**begun, at("a"): ("Moss",), at("b"): ()}, begun) == {}
