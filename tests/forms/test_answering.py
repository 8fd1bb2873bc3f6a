"""What is typed becomes an answer or a kind sentence; what an answer must keep to is checked on its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import asked, chosen, extension, item_of, questionnaire, taken, when
from workbench.forms.answering import NotAnAnswer, missing_and_wrong, typed, wrong
from workbench.forms.asking import asked as ask
from workbench.forms.filling import Layout, Step
from workbench.forms.questionnaire import Answer, Coding, Item, Quantity

UNITS = [extension("questionnaire-unitOption", valueCoding={"code": one}) for one in ("kg", "lb")]


def item(kind: str = "string", **more: Any) -> Item:
    return item_of(questionnaire(asked("a", kind, **more)), "a")


PICK = item_of(questionnaire(chosen("a", "x", "y")), "a")
OPEN = item_of(questionnaire(chosen("a", "x", kind="open-choice", repeats=True)), "a")


@pytest.mark.parametrize(
    ("of", "texts", "answers"),
    [
        (item(), [" hello "], ("hello",)), (item(), ["  "], ()), (item(), [], ()), (item("boolean"), ["true"], (True,)),
        (item("integer"), ["1,200"], (1200,)), (item("integer"), ["-3"], (-3,)),
        (item("decimal"), ["1.50"], (Decimal("1.50"),)),
        (item("date"), ["2026-03-09"], ("2026-03-09",)), (item("time"), ["14:30"], ("14:30:00",)),
        (item("dateTime"), ["2026-03-09T14:30"], ("2026-03-09T14:30:00",)),
        (item("quantity", extension=UNITS), ["70.5 lb"], (Quantity(Decimal("70.5"), "lb"),)),
        (item("quantity", extension=UNITS), ["70"], (Quantity(Decimal(70), "kg"),)),
        (PICK, ["1"], (Coding("y", "", "Answer y"),)),
        (OPEN, ["0", "other: my own "], (Coding("x", "", "Answer x"), "my own")),
        (item(repeats=True), ["a", "b", "a"], ("a", "b")),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_an_answer(of: Item, texts: list[str], answers: tuple[Answer, ...]) -> None:
    assert typed(of, texts) == answers


@pytest.mark.parametrize(
    ("of", "texts", "words"),
    [
        (item(), ["a", "b"], "One answer"), (item(repeats=True), [str(n) for n in range(101)], "At most 100"),
        (item("integer"), ["1.5"], "whole number"), (item("integer"), ["many"], "whole number"),
        (item("integer"), ["٣"], "whole number"),
        (item("decimal"), ["1e5"], "a number"), (item("decimal"), ["NaN"], "a number"),
        (item("boolean"), ["perhaps"], "yes or no"),
        (item("date"), ["2026-02-30"], "a day as"), (item("date"), ["03/09/2026"], "a day as"),
        (item("time"), ["25:00"], "a time as"),
        (item("dateTime"), ["soon"], "a day and a time"), (PICK, ["2"], "one of the answers"),
        (PICK, ["y"], "one of the answers"),
        (PICK, ["other:z"], "one of the answers"), (OPEN, ["other: "], "one of the answers"),
        (PICK, ["²"], "one of the answers"),
        (item("quantity", extension=UNITS), ["70 stone"], "The unit is one of kg, lb"),
        (item("group"), ["x"], "not answered by hand"),
        (item("display"), ["x"], "not answered by hand"), (item(readOnly=True), ["x"], "not answered by hand"),
        (item(), ["x" * 70_000], "65,536 characters"),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_what_is_wanted(of: Item, texts: list[str], words: str) -> None:
    with pytest.raises(NotAnAnswer, match=words):
        typed(of, texts)


@given(
    st.sampled_from([item(), item("integer"), item("decimal"), item("date"), item("quantity"), PICK, OPEN]),
    st.lists(st.text(max_size=12), max_size=3),
)
def test_whatever_is_typed_is_an_answer_or_a_sentence(of: Item, texts: list[str]) -> None:
    try:
        answers = typed(of, texts)
    except NotAnAnswer as refused:
        answers = ()
        if not str(refused).endswith("."):
            raise
    wrong(of, answers)


@pytest.mark.parametrize(
    ("of", "answers", "words"),
    [
        (item(extension=[extension("minLength", valueInteger=3)]), ("ab",), "At least 3 characters"),
        (item(maxLength=3), ("abcd",), "At most 3 characters fit here; there are 4"),
        (item(extension=[extension("regex", valueString="[A-Z]{2}")]), ("AB1",), "This is not of the form"),
        (item("integer", extension=[extension("minValue", valueInteger=1)]), (0,), "Not below 1"),
        (item("decimal", extension=[extension("maxValue", valueDecimal=1.5)]), (Decimal("1.51"),), "Not above 1.5"),
        (item("date", extension=[extension("maxValue", valueDate="2026-03-09")]),
        ("2026-03-10",), "Not above 2026-03-09"),
        (item("decimal", extension=[extension("maxDecimalPlaces", valueInteger=1)]),
        (Decimal("1.25"),), "At most 1 digits"),
        (item(repeats=True, extension=[extension("questionnaire-minOccurs", valueInteger=2)]),
        ("a",), "At least 2 answers"),
        (item(repeats=True, extension=[extension("questionnaire-maxOccurs", valueInteger=1)]),
        ("a", "b"), "At most 1 answers"),
        (item(maxLength=3), ("abc",), ""), (item("integer", extension=[extension("minValue", valueInteger=1)]),
        (1,), ""),
        (item(extension=[extension("regex", valueString="[A-Z]{2}")]), ("AB",), ""), (item("date"),
        ("2026-03-09",), ""),
    ],
)  # fmt: skip
def test_what_an_answer_must_keep_to(of: Item, answers: tuple[Answer, ...], words: str) -> None:
    assert wrong(of, answers).startswith(words) if words else wrong(of, answers) == ""


def test_an_answer_that_stands_alone_goes_with_no_other() -> None:
    alone = {"valueString": "none", "extension": [extension("questionnaire-optionExclusive", valueBoolean=True)]}
    of = item("string", repeats=True, answerOption=[alone, {"valueString": "some"}])
    assert wrong(of, ("none",)) == ""
    assert "stands alone" in wrong(of, ("none", "some"))


def test_a_signature_needs_what_is_required_where_it_is_asked_and_all_answers_to_be_right() -> None:
    document = questionnaire(
        asked("a", "boolean", required=True), asked("b", required=True, enableWhen=[when("a", "=",
        answerBoolean=True)]),
        asked("c", maxLength=2), asked("d", required=True, extension=[extension("questionnaire-hidden",
        valueBoolean=True)]),
        asked("g", "group", repeats=True, item=[asked("e", "integer", required=True)]),
    )  # fmt: skip
    layout = Layout(taken(document).form)

    def needs(*answers: tuple[str, Answer]) -> list[str]:
        given_answers = {(Step(name),): (answer,) for name, answer in answers}
        found = ask(layout, given_answers, today=date(2026, 3, 9))
        return [place[-1].link_id for place in missing_and_wrong(layout, found)]

    assert needs() == ["a", "e"]
    assert needs(("a", True), ("c", "abc")) == ["a", "b", "c", "e"][1:]
    assert needs(("a", False), ("b", "hidden")) == ["e"]


def test_a_copy_nobody_began_needs_nothing_however_deep_it_stands() -> None:
    least = [extension("questionnaire-minOccurs", valueInteger=1)]
    inner = asked("goal", "group", repeats=True, extension=least, item=[asked("text", required=True)])
    layout = Layout(
        taken(questionnaire(asked("problem", "group", repeats=True, extension=least, item=[inner]))).form,
        has_spare=True,
    )
    begun = {(Step("problem", 0), Step("goal", 0), Step("text")): ("Sleep",)}
    found = ask(layout, begun, today=date(2026, 3, 9))
    assert (Step("problem", 1), Step("goal", 0), Step("text")) in found.places
    assert missing_and_wrong(layout, found) == {}
    assert len(missing_and_wrong(layout, ask(layout, {}, today=date(2026, 3, 9)))) == 1
