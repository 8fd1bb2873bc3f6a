"""Limits, formulas, paths and conditions of a line, said by hand: what was not said stays, what cannot be is told."""

from typing import Any

import pytest

from tests.forms.building import asked, chosen, extension, item_of, questionnaire, when
from workbench.forms.answering import wrong
from workbench.forms.designing import Hangs, Limits, Line, NotAnItem, changed, item_at, line_of, removed
from workbench.forms.expressions import OURS
from workbench.forms.line_limits import OWN_PATTERN, PATTERNS
from workbench.forms.prefill import PREFILLED
from workbench.forms.questionnaire import Answer, Bounds

FOREIGN = extension(
    "sdc:calculatedExpression", valueExpression={"language": "text/fhirpath", "expression": "today() - 1"}
)
BASE = questionnaire(
    asked("hours", "integer"), asked("dose", "decimal"), asked("day", "date"), asked("name"), asked("yes", "boolean"),
    chosen("grade", "0", "1", "2"), chosen("helps", "walk", "tea"), asked("at", "time"), asked("sum", "integer"),
    asked("kept", "quantity", extension=[
        extension("minValue", valueQuantity={"value": 2, "unit": "mg"}), extension("regex", valueString="[a-z]{2}"),
    ], enableWhen=[when("kept2", "=", answerQuantity={"value": 2, "unit": "mg"}),
                   when("yes", "=", answerBoolean=True)], enableBehavior="any"),
    asked("kept2", "quantity"), asked("theirs", "integer", extension=[FOREIGN]),
    asked("month", "date", extension=[extension("minValue", valueDate="2020-03")]),
    asked("code", extension=[extension("regex", valueString="[a-z]{2}")]), asked("many", repeats=True),
    asked("long", maxLength=100_000, enableWhen=[when("nowhere", "exists", answerBoolean=True)]),
    chosen("worked", "x", "y", extension=[
        extension("sdc:calculatedExpression", valueExpression={"language": OURS, "expression": "if(1 > 2, 'x', 'y')"}),
    ]),
    asked("known", "boolean", extension=[{"url": PREFILLED, "valueString": "today"}]),
)  # fmt: skip


def said(link_id: str, **more: Any) -> dict[str, Any]:
    """The form after one line was said otherwise."""
    return changed(BASE, link_id, Line(**{**line_of(item_at(BASE, link_id)).__dict__, **more}))


@pytest.mark.parametrize("link_id", [item["linkId"] for item in BASE["item"]])
def test_a_line_said_as_it_was_is_the_same_line(link_id: str) -> None:
    assert said(link_id) == BASE


def test_what_the_dialog_does_not_ask_about_stays() -> None:
    assert said("worked", formula="") == said("known", prefilled_by="") == said("many", repeats=False) == BASE


def test_limits_are_kept_by_whoever_fills_in() -> None:
    made = said("hours", limits=Limits(least="0", most="24"))
    assert item_of(made, "hours").bounds == Bounds(min_value=0, max_value=24)
    assert wrong(item_of(made, "hours"), [25]) == "Not above 24."
    again = changed(made, "hours", line_of(item_at(BASE, "hours")))
    assert again == BASE
    day = item_of(said("day", limits=Limits(least="2026-01-01")), "day")
    assert wrong(day, ["2025-12-31"]) == "Not below 2026-01-01."
    assert item_of(said("dose", limits=Limits(decimals="1")), "dose").bounds.max_decimals == 1
    short = item_of(said("name", limits=Limits(shortest="2", longest="5")), "name")
    assert (short.bounds.min_length, short.bounds.max_length) == (2, 5)


@pytest.mark.parametrize(
    ("name", "fits", "does_not"),
    [
        ("phone", "(555) 201-0123", "12"), ("zip", "12345-6789", "1234"), ("state", "NY", "ny"),
        ("email", "a@example.org", "a@b"), ("digits", "0815", "8a"), ("four", "1234", "12345"),
        ("npi", "1234567893", "3234567893"), ("icd", "F41.1", "41.1"), ("words", "three", "3"),
    ],
)  # fmt: skip
def test_a_pattern_is_chosen_by_its_name_and_says_what_it_wants(name: str, fits: Answer, does_not: Answer) -> None:
    made = said("name", limits=Limits(pattern=name))
    item = item_of(made, "name")
    assert (wrong(item, [fits]), wrong(item, [does_not])[:24]) == ("", "This is not of the form ")
    assert line_of(item_at(made, "name")).hint == PATTERNS[name].wanted
    assert line_of(item_at(made, "name")).limits.pattern == name


def test_a_pattern_of_somebody_else_stays_until_another_is_chosen() -> None:
    assert line_of(item_at(BASE, "code")).limits.pattern == OWN_PATTERN
    assert item_of(said("code", text="The code"), "code").bounds.pattern == "[a-z]{2}"
    assert item_of(said("code", limits=Limits()), "code").bounds.pattern == ""


def test_it_is_worked_out_by_a_formula_and_what_it_reads_is_not_taken_away() -> None:
    made = said("sum", formula="[hours] + 1")
    assert item_of(made, "sum").calculated is not None
    with pytest.raises(NotAnItem, match="“Question sum” is worked out from it"):
        removed(made, "hours")
    assert changed(made, "sum", line_of(item_at(BASE, "sum"))) == BASE
    ours = item_at(said("theirs", formula="[hours]"), "theirs")["extension"]
    assert [one["valueExpression"]["language"] for one in ours] == [OURS]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("[hours", "Character 1: this belongs to no formula."), ("sum(", "Character 5: a value is missing here."),
        ("[weeks] * 2", "There is no line “weeks” in this form."), ("hours", "in square brackets: [hours]"),
        ("age", "“age” is nothing a formula knows."), ("[sum] + 1", "cannot be worked out from itself"),
        ("average([hours])", "there is no function of this name"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_told_in_plain_words(formula: str, words: str) -> None:
    with pytest.raises(NotAnItem) as refused:
        said("sum", formula=formula)
    assert words in refused.value.fields["formula"]


def test_it_is_filled_in_by_a_path_of_the_list_and_from_last_time() -> None:
    made = said("name", prefilled_by="plan.goals", is_carried=True)
    item = item_of(made, "name")
    assert (item.prefilled_by, item.is_carried) == ("plan.goals", True)
    assert changed(made, "name", line_of(item_at(BASE, "name"))) == BASE


@pytest.mark.parametrize(
    ("hangs", "condition"),
    [
        (Hangs("hours", ">=", "3"), {"operator": ">=", "answerInteger": 3}),
        (Hangs("day", "<", "2026-03-09"), {"operator": "<", "answerDate": "2026-03-09"}),
        (Hangs("at", ">", "14:30"), {"operator": ">", "answerTime": "14:30:00"}),
        (Hangs("grade", ">", "1"), {"operator": ">", "answerCoding": {"code": "1"}}),
        (Hangs("helps", "!=", "answer TEA"), {"operator": "!=", "answerCoding": {"code": "tea"}}),
        (Hangs("name", "=", "Fern"), {"operator": "=", "answerString": "Fern"}),
        (Hangs("kept2", "exists"), {"operator": "exists", "answerBoolean": True}),
        (Hangs("kept2", "missing"), {"operator": "exists", "answerBoolean": False}),
    ],
)  # fmt: skip
def test_a_line_hangs_on_any_kind_of_answer(hangs: Hangs, condition: dict[str, Any]) -> None:
    made = said("sum", conditions=(hangs,))
    assert item_at(made, "sum")["enableWhen"] == [{"question": hangs.question, **condition}]
    assert changed(made, "sum", line_of(item_at(made, "sum"))) == made
    assert item_of(made, "sum").conditions[0].operator == condition["operator"]


def test_conditions_that_stay_keep_what_was_said_of_them() -> None:
    kept = line_of(item_at(BASE, "kept")).conditions
    made = said("kept", conditions=(kept[0], Hangs("hours", ">", "2")), needs_all=True)
    item = item_at(made, "kept")
    assert item["enableWhen"] == [item_at(BASE, "kept")["enableWhen"][0], when("hours", ">", answerInteger=2)]
    assert item["enableBehavior"] == "all"


@pytest.mark.parametrize(
    ("link_id", "more", "field"),
    [
        ("hours", {"limits": Limits(least="a few")}, "least"),
        ("hours", {"limits": Limits(least="3", most="2")}, "most"),
        ("day", {"limits": Limits(most="tomorrow")}, "most"), ("dose", {"limits": Limits(decimals="-1")}, "decimals"),
        ("name", {"limits": Limits(shortest="0")}, "shortest"),
        ("name", {"limits": Limits(shortest="9", longest="3")}, "longest"),
        ("name", {"limits": Limits(pattern="(a+)+$")}, "pattern"),
        ("name", {"prefilled_by": "notes.psychotherapy"}, "prefilled_by"),
        ("yes", {"prefilled_by": "today"}, "prefilled_by"), ("at", {"formula": "1"}, "formula"),
        ("sum", {"conditions": (Hangs("helps", ">", "tea"),)}, "when_1_operator"),
        ("sum", {"conditions": (Hangs("yes", "=", "1"),)}, "when_1_answer"),
        ("sum", {"conditions": (Hangs("hours", "=", "many"),)}, "when_1_answer"),
        ("sum", {"conditions": (Hangs("hours", "like", "1"),)}, "when_1_operator"),
        ("sum", {"conditions": (Hangs("kept2", "=", "2 mg"),)}, "when_1_answer"),
        ("sum", {"conditions": (Hangs("gone", "="),)}, "when_1_question"),
        ("sum", {"conditions": (Hangs("hours", "exists"),) * 9}, "when_1_question"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_by_its_field(link_id: str, more: dict[str, Any], field: str) -> None:
    with pytest.raises(NotAnItem) as refused:
        said(link_id, **more)
    assert set(refused.value.fields) == {field}


def test_a_form_of_the_other_versions_of_fhir_is_edited_too() -> None:
    old = questionnaire(
        asked("a", "choice", option=[{"valueCoding": {"code": "x", "display": "X"}},
                                     {"valueCoding": {"code": "y", "display": "Y"}}]),
        asked("b", enableWhen=[{"question": "a", "answerCoding": {"code": "x"}},
                               {"question": "a", "hasAnswer": False}]),
        asked("c", "coding", answerOption=[{"valueCoding": {"code": "z"}}, {"valueCoding": {"code": "w"}}]),
    )  # fmt: skip
    line = line_of(item_at(old, "b"))
    assert line.conditions == (Hangs("a", "=", "x"), Hangs("a", "missing"))
    assert not line.needs_all
    for link_id in ("a", "b", "c"):
        assert changed(old, link_id, line_of(item_at(old, link_id))) == old
