"""The language of calculated answers: what it reads, what it comes to, and that nothing makes it fail or run on."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formula.evaluating import Known, compiled
from workbench.formula.functions import ARITY, LARGEST, Value
from workbench.formula.reading import read_formula
from workbench.formula.syntax import DEEPEST, MOST_NODES, NotAFormula, asks_for

ANSWERS = Known(
    {"1": 2, "2": 0, "3": None, "4": 3, "mood": "low", "drinks": (1, 2, 4), "born": date(2008, 2, 29), "yes": True},
    {"today": date(2026, 2, 28), "weight": Decimal("70.5")},
)


def comes_to(text: str, known: Known = ANSWERS) -> Value:
    return compiled(read_formula(text))(known)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 3 - 2", 5), ("8 / 2 / 2", 2), ("-[1] + 1", -1),
        ("7 / 2", Decimal("3.5")), ("0.1 + 0.2 = 0.3", True), ("[1] + [4] * weight", Decimal("213.5")),
        ("sum([1, 2, 4])", 5), ("sum([drinks], 1)", 8), ("mean([1, 4])", Decimal("2.5")), ("min([drinks])", 1),
        ("max([drinks], [4])", 4), ("count([1, 2, 4] >= 2)", 2), ("count([drinks])", 3), ("missing([1..4])", 1),
        ("not ([1] > 1) or [2] = 0", True), ("[mood] = 'low' and [yes]", True), ("[yes] != false", True),
        ("if([1] > 1, 'high', 'low')", "high"), ("any([1..4] > 2)", True), ("all([1, 4] > 1)", True),
        ("age([born], today)", 17), ("age([born], '2026-03-01')", 18), ("days('2026-02-27', today)", 1),
        ("minutes('2026-03-09T10:00', '2026-03-09T10:53:30')", 53),
        ("minutes('2026-03-09T23:50', '2026-03-10T00:40')", 50),
        ("minutes('2026-03-09T11:00:00', '2026-03-09T10:00')", -60),
        ("minutes('2026-03-09T10:00:00Z', '2026-03-09T11:00:00+01:00')", 0),
        ("[born] < '2010-01-01'", True), ("round(2.5)", 3), ("round(-2.5)", -3), ("round(10 / 3, 2)", Decimal("3.33")),
        ("abs(-3)", 3), ("[1..2] * 2", (4, 0)), ("sum([1..2] * [1..2])", 4),
    ],
)  # fmt: skip
def test_a_formula_comes_to_what_it_says(text: str, value: Value) -> None:
    assert comes_to(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "sum([1..4])", "mean([1..4])", "[3] + 1", "[3] > 1", "not [3]", "if([3] > 0, 1, 2)", "count([1..4] > 0)",
        "any([2, 3] > 1)", "all([1, 3] > 1)", "[1] and [yes]", "[nobody]", "nothing", "1 / 0", "'a' + 1", "'a' < 1",
        "true < 1", "[yes] > 1 and null", "age(today, [born])", "date('2026-02-30')", "date('soon')", "days(1, 2)",
        "minutes('10:00', '11:00')", "minutes('2026-03-09', '2026-03-09T10:00')", "minutes('soonTlater', null)",
        "minutes('2026-03-09T10:00', '2026-03-09T11:00Z')",
        "mean(known([3]))", "round('x')", "round(1, 9)", "[1..3] + [1..2]", "-[mood]", "abs(null)",
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_null(text: str) -> None:
    assert comes_to(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("sum(known([1..4]))", 5), ("count(known([1..4]) > 0)", 2), ("any([1, 3] > 1)", True), ("all([2, 3] > 1)", False),
     ("[2] > 1 and [3] > 1", False), ("[1] > 1 or [3] > 1", True)],
)  # fmt: skip
def test_what_is_certain_is_told_even_beside_what_is_missing(text: str, value: Value) -> None:
    assert comes_to(text) == value


@pytest.mark.parametrize(
    ("text", "at"),
    [("", 1), ("1 +", 4), ("(1", 3), ("1 2", 3), ("sum()", 1), ("if(1, 2)", 1), ("open('x')", 1), ("[9..1]", 1),
     ("[1..9999]", 1), ("[]", 1), ("[a b]", 1), ("1 < 2 < 3", 7), ("'open", 1), ("__import__('os')", 1), ("a.b", 2),
     ("and", 1), ("x = 1; y", 6), ("9" * 16, 16)],
)  # fmt: skip
def test_what_is_no_formula_is_refused_with_the_place(text: str, at: int) -> None:
    with pytest.raises(NotAFormula) as refused:
        read_formula(text)
    assert refused.value.at == at


def test_a_formula_has_an_end_however_deep_or_long_it_is_written() -> None:
    for text in ("(" * 1_000 + "1" + ")" * 1_000, "+".join("1" * (MOST_NODES + 1)), "if(true,1," * 60 + "1" + ")" * 60):
        with pytest.raises(NotAFormula):
            read_formula(text)
    assert comes_to("(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1)) == 1
    assert comes_to("-" * 300 + "1") == 1


def test_numbers_do_not_grow_without_end() -> None:
    assert comes_to("999999999999999 + 1") == LARGEST
    assert comes_to(" * ".join(["999999999999999"] * 100)) is None


def test_what_a_formula_reads_is_known_before_it_runs() -> None:
    asked = asks_for(read_formula("if(sex = 'male', sum([1..3]), -[mood]) + round(mean([4, 5]))"))
    assert asked == ({"1", "2", "3", "4", "5", "mood"}, {"sex"})


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False),
                   st.text(max_size=20), st.dates(), st.lists(st.integers(-9, 9), max_size=4).map(tuple))  # fmt: skip
ATOMS = st.sampled_from(["1", "0.5", "'a'", "true", "null", "[1]", "[1..3]", "x", "[1, b]", "'2026-01-01'"])


def _grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    infix = st.tuples(parts, st.sampled_from(["and", "or", "=", "<", ">=", "+", "-", "*", "/"]), parts)
    return st.one_of(
        infix.map(lambda three: f"({three[0]}) {three[1]} ({three[2]})"),
        parts.map(lambda one: f"not ({one})"),
        parts.map(lambda one: f"-({one})"),
        st.tuples(st.sampled_from(sorted(ARITY)), parts, parts, parts).map(
            lambda four: f"{four[0]}({', '.join(four[1 : 1 + ARITY[four[0]][0]])})"
        ),
    )


@given(st.recursive(ATOMS, _grown, max_leaves=12), VALUES, VALUES, VALUES)
def test_every_formula_comes_to_a_value_for_whatever_is_answered(
    text: str, one: Value, other: Value, third: Value
) -> None:
    comes_to(text, Known({"1": one, "2": other, "b": third}, {"x": third}))


@given(st.text(max_size=60))
def test_every_text_is_a_formula_or_refused(text: str) -> None:
    with suppress(NotAFormula):
        comes_to(text)
