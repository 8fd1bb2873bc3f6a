"""FHIRPath of other systems: what is taken over means the same, what is not is named, and nothing takes long."""

import time
from datetime import date
from typing import Any

import pytest

from tests.forms.building import asked, chosen, extension, questionnaire, taken
from workbench.forms.asking import asked as ask
from workbench.forms.fhirpath import NotTakenOver, from_fhirpath
from workbench.forms.filling import Layout, Step
from workbench.forms.questionnaire import Coding
from workbench.formula.reading import read_formula

A, B = "%resource.item.where(linkId='a').answer.value", "%resource.item.where(linkId = 'b').answer.first().value"


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        (A, "[a]"), (f"{A} + {B} * 2", "[a] + [b] * 2"), (f"({A} + {B}) / 2", "([a] + [b]) / 2"),
        ("%resource.item.where(linkId='a' or linkId='b').answer.value.sum()", "sum([a, b])"),
        ("%resource.descendants().where(linkId in ('a' | 'b')).answer.valueInteger.sum()", "sum([a, b])"),
        ("%resource.repeat(item).where(linkId='a').answer.valueQuantity.value", "[a]"),
        (f"iif({A} > 3, 'high', 'low')", "if([a] > 3, 'high', 'low')"),
        (f"iif({A}.exists(), {A}, {{}})", "if((count(known([a])) > 0), [a], null)"),
        (f"iif({A} >= 5 and {B} = true, 1)", "if([a] >= 5 and [b] = true, 1, null)"),
        (f"iif({A} < 5, 1, iif({A} < 10, 2, 3))", "if([a] < 5, 1, if([a] < 10, 2, 3))"),
        ("%resource.item.where(linkId='c').answer.valueCoding.code = '2'", "[c] = 2"),
        ("%resource.item.where(linkId='c').answer.value.code != 'tea'", "[c] != 'tea'"),
        ("item.where(linkId='a').answer.value.empty()", "(count(known([a])) = 0)"), ("-1 + today()", "-1 + today"),
        ("%resource.item.where(linkId='a').item.where(linkId='b')", None),
        ("%resource.repeat(item).answer.sum()", None),
        ("%resource.item.where(linkId='a').answer.value.ordinal().sum()", None), ("%phq9", None), ("", None),
        ("%resource.item.answer.value", None), (f"{A} & {B}", None), (f"({A} | {B}).sum()", None), ("iif(1)", None),
        ("%resource.item.where(linkId='a b').answer.value", None), (f"{A}.aggregate($this + $total)", None),
        (f"{A} +", None), ("today(", None), (f"{A}.toString()", None),
    ],
)  # fmt: skip
def test_what_has_a_word_here_is_said_by_it_and_the_rest_is_named(expression: str, formula: str | None) -> None:
    if formula is None:
        with pytest.raises(NotTakenOver) as refused:
            from_fhirpath(expression)
        assert refused.value.what
        return
    assert from_fhirpath(expression).formula == formula
    read_formula(formula)


def calculated(expression: str) -> list[dict[str, Any]]:
    told = {"language": "text/fhirpath", "expression": expression}
    return [extension("sdc:calculatedExpression", valueExpression=told)]


FORM = questionnaire(
    asked("a", "integer"), asked("b", "integer"), chosen("c", "1", "2"),
    asked("sum", "integer", extension=calculated("%resource.item.where(linkId='a' or linkId='b').answer.value.sum()")),
    asked("band", extension=calculated("iif(%resource.item.where(linkId='sum').answer.value > 9, 'high', 'low')")),
    asked("two", "boolean", extension=calculated("%resource.item.where(linkId='c').answer.valueCoding.code = '2'")),
    asked("kept", "integer", extension=calculated("%resource.item.where(linkId='c').answer.value.ordinal()")),
)  # fmt: skip


def test_it_is_worked_out_and_waits_for_what_is_missing() -> None:
    form = taken(FORM).form
    layout = Layout(form)
    half = ask(layout, {(Step("a"),): (5,)}, today=date(2026, 3, 9)).answers
    assert {place[-1].link_id for place in half} == {"a"}
    answers = {(Step("a"),): (5,), (Step("b"),): (5,), (Step("c"),): (Coding("2"),)}
    found = {place[-1].link_id: told for place, told in ask(layout, answers, today=date(2026, 3, 9)).answers.items()}
    assert (found["sum"], found["band"], found["two"]) == ((10,), ("high",), (True,))
    told = {one.link_id: one.what for one in form.warnings}
    assert set(told) == {"sum", "band", "kept"}
    assert "While an answer is missing" in told["sum"]
    assert "no score here is made of" in told["kept"]


@pytest.mark.parametrize("bomb", ["(" * 4_000, "-" * 4_000, "iif(" * 1_000, "%resource.item" * 300, "'" * 4_001])
def test_a_bomb_is_refused_at_once(bomb: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotTakenOver):
        from_fhirpath(bomb)
    assert time.monotonic() - began < 1
