"""What is asked, what counts and what is worked out, in forms that nest, repeat and hang on each other."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import asked, chosen, extension, questionnaire, taken, when
from workbench.forms.asking import Asked
from workbench.forms.asking import asked as ask
from workbench.forms.filling import Answers, Layout, NoSuchQuestion, Path, Step
from workbench.forms.questionnaire import Answer, Coding, Quantity
from workbench.forms.responses import Parked, answers_of, response_of

TODAY = date(2026, 3, 9)


def layout(*items: dict[str, Any], **more: Any) -> Layout:
    return Layout(taken(questionnaire(*items, **more)).form)


def at(*steps: str | tuple[str, int]) -> Path:
    return tuple(Step(one) if isinstance(one, str) else Step(*one) for one in steps)


def run(made: Layout, answers: Answers) -> Asked:
    return ask(made, answers, today=TODAY)


def by(text: str) -> list[dict[str, Any]]:
    return [
        extension(
            "sdc:calculatedExpression", valueExpression={"language": "text/x-workbench-formula", "expression": text}
        )
    ]


def only_if(text: str) -> list[dict[str, Any]]:
    return [
        extension(
            "sdc:enableWhenExpression", valueExpression={"language": "text/x-workbench-formula", "expression": text}
        )
    ]


@pytest.mark.parametrize(
    ("kind", "operator", "wanted", "answers", "is_asked"),
    [
        ("boolean", "exists", {"answerBoolean": True}, (False,), True),
        ("boolean", "exists", {"answerBoolean": True}, (), False),
        ("boolean", "exists", {"answerBoolean": False}, (), True),
        ("boolean", "=", {"answerBoolean": True}, (True,), True),
        ("boolean", "=", {"answerBoolean": False}, (), False), ("boolean", "!=", {"answerBoolean": True}, (), True),
        ("integer", ">", {"answerInteger": 3}, (4,), True), ("integer", ">", {"answerInteger": 3}, (3,), False),
        ("integer", ">=", {"answerInteger": 3}, (3,), True), ("integer", "<", {"answerInteger": 3}, (2,), True),
        ("integer", "<=", {"answerInteger": 3}, (), False), ("decimal", "=", {"answerDecimal": 1.5}, (1,), False),
        ("string", ">", {"answerString": "b"}, ("c",), True), ("string", "=", {"answerString": "b"}, ("b",), True),
        ("date", ">", {"answerDate": "2000-01-01"}, ("2000-01-02",), True),
        ("date", ">", {"answerDate": "2000-01-01"}, ("1999-12-31",), False),
        ("date", ">", {"answerDate": "2000-01-15"}, ("2000-01",), False),
        ("time", "<=", {"answerTime": "11:11:11"}, ("11:11:11",), True),
        ("choice", "=", {"answerCoding": {"code": "1"}}, (Coding("1", "s"),), True),
        ("choice", "=", {"answerString": "1"}, (Coding("1"),), True),
        ("choice", "=", {"answerInteger": 2}, (Coding("2"),), True),
        ("choice", ">=", {"answerDecimal": 2.1}, (Coding("2.2"),), True),
        ("choice", "!=", {"answerCoding": {"code": "1"}}, (Coding("2"), Coding("1")), False),
        ("choice", "=", {"answerCoding": {"code": "1", "system": "s"}}, (Coding("1", "t"),), False),
        ("quantity", ">", {"answerQuantity": {"value": 2, "unit": "kg"}}, (Quantity(3, "kg"),), True),
        ("quantity", "=", {"answerQuantity": {"value": 2, "unit": "kg"}}, (Quantity(2, "lb"),), False),
    ],
)  # fmt: skip
def test_a_condition_of_every_operator_and_type(
    kind: str, operator: str, wanted: dict[str, Any], answers: tuple[Answer, ...], is_asked: bool
) -> None:
    made = layout(asked("a", kind, repeats=True), asked("b", enableWhen=[when("a", operator, **wanted)]))
    assert run(made, {at("a"): answers}).is_asked(at("b")) is is_asked


@pytest.mark.parametrize(("behaviour", "is_asked"), [("any", True), ("all", False)])
def test_one_condition_is_enough_or_all_must_hold(behaviour: str, is_asked: bool) -> None:
    two = [when("a", "=", answerBoolean=True), when("b", "=", answerBoolean=True)]
    made = layout(asked("a", "boolean"), asked("b", "boolean"), asked("c", enableWhen=two, enableBehavior=behaviour))
    assert run(made, {at("a"): (True,)}).is_asked(at("c")) is is_asked


def test_what_is_not_asked_counts_as_not_answered_for_all_that_follows() -> None:
    made = layout(
        asked("a", "boolean"), asked("b", "boolean", enableWhen=[when("a", "=", answerBoolean=True)]),
        asked("c", enableWhen=[when("b", "exists", answerBoolean=True)]),
        asked("g", "group", enableWhen=[when("b", "exists", answerBoolean=False)], item=[asked("d")]),
    )  # fmt: skip
    answers: Answers = {at("b"): (True,), at("c"): ("kept in the draft",), at("d"): ("x",)}
    hidden = run(made, answers)
    assert hidden.places == {at("a"), at("g"), at("d")}
    assert hidden.answers == {at("d"): ("x",)}
    shown = run(made, {**answers, at("a"): (True,)})
    assert shown.places == {at("a"), at("b"), at("c")}


def test_an_item_may_hang_on_one_that_comes_later() -> None:
    made = layout(asked("a", enableWhen=[when("b", "=", answerBoolean=True)]), asked("b", "boolean"))
    assert run(made, {at("b"): (True,)}).is_asked(at("a"))


def test_in_a_group_that_repeats_each_copy_hangs_on_its_own_answers() -> None:
    inner = [asked("drug", "string"), asked("why", enableWhen=[when("drug", "exists", answerBoolean=True)])]
    made = layout(asked("trial", "group", repeats=True, item=inner))
    found = run(made, {at(("trial", 1), "drug"): ("a",), at(("trial", 2), "why"): ("x",)})
    assert {place[0].nth for place in found.places if place[-1].link_id == "why"} == {1}
    assert {place[0].nth for place in found.places if place[-1].link_id == "drug"} == {0, 1, 2}


def test_repeats_in_repeats_and_sums_over_all_copies_and_over_ones_own() -> None:
    visits = asked("visit", "group", repeats=True, item=[asked("minutes", "integer")])
    week = asked("week", "group", repeats=True, item=[visits, asked("sum", "integer", extension=by("sum([minutes])"))])
    made = layout(week, asked("all", "integer", extension=by("sum(known([minutes]))")))
    found = run(made, {
        at(("week", 0), ("visit", 0), "minutes"): (10,), at(("week", 0), ("visit", 1), "minutes"): (20,),
        at(("week", 1), ("visit", 0), "minutes"): (5,),
    })  # fmt: skip
    assert found.answers[at(("week", 0), "sum")] == (30,)
    assert found.answers[at(("week", 1), "sum")] == (5,)
    assert found.answers[at("all")] == (35,)


def test_what_is_worked_out_counts_and_what_was_sent_for_it_does_not() -> None:
    made = layout(
        chosen("a", "0", "1", "2"), asked("b", "integer", extension=by("[a] * 2 + 1")),
        asked("c", "boolean", extension=by("[b] > 3")), asked("d", "string", extension=by("if([c], 'high', 'low')")),
        asked("e", "decimal", extension=by("1 / 3")), asked("f", "integer", extension=by("1 / 3")),
        asked("g", "date", extension=by("today")), asked("h", "quantity", extension=by("[b]")),
    )  # fmt: skip
    found = run(made, {at("a"): (Coding("2"),), at("b"): (99,)}).answers
    assert [found.get(at(one)) for one in "bcdfgh"] == [(5,), (True,), ("high",), None, ("2026-03-09",), (Quantity(5),)]
    assert at("b") not in run(made, {at("b"): (99,)}).answers


def test_a_formula_may_say_when_an_item_is_asked_and_unknown_is_not_yes() -> None:
    made = layout(asked("a", "integer"), asked("b", extension=only_if("[a] > 3")))
    assert run(made, {at("a"): (4,)}).is_asked(at("b"))
    assert not run(made, {}).is_asked(at("b"))


def test_a_chain_of_two_thousand_conditions_is_settled() -> None:
    chain = [asked("0", "boolean")] + [
        asked(str(n), "boolean", enableWhen=[when(str(n - 1), "=", answerBoolean=True)]) for n in range(1, 2_000)
    ]
    made = layout(*reversed(chain))
    every: Answers = {at(str(n)): (True,) for n in range(2_000)}
    assert len(run(made, every).places) == 2_000
    assert len(run(made, {**every, at("0"): (False,)}).places) == 1


def test_fields_on_a_page_lead_to_their_places_and_nothing_else_does() -> None:
    made = layout(
        asked("g", "group", repeats=True, item=[asked("h", "group", repeats=True, item=[asked("a")])]), asked("b")
    )
    for path in (at(("g", 3), ("h", 12), "a"), at("b")):
        assert made.path_of(made.field(path)) == path
    for field in ("", "q", "q9", "q2", "q2_1", "q2_1_1_1", "q2_1_100", "q2_1_x", "q3_0", "version", "q2_-1_0", "q²"):
        with pytest.raises(NoSuchQuestion):
            made.path_of(field)


def test_a_response_holds_what_was_asked_and_answered_in_the_shape_of_the_form() -> None:
    made = layout(
        asked("g", "group", item=[asked("a", "boolean", item=[chosen("b", "x", repeats=True)])]),
        asked("r", "group", repeats=True, item=[asked("n", "integer")]), asked("d", "date"), asked("q", "quantity"),
        asked("hidden", enableWhen=[when("a", "=", answerBoolean=False)]), asked("words", "display"),
    )  # fmt: skip
    found = run(made, {
        at("a"): (True,), at("b"): (Coding("x", "", "Answer x"),), at(("r", 0), "n"): (1,), at(("r", 1), "n"): (2,),
        at("d"): ("2026-03-09",), at("q"): (Quantity(3, "kg"),), at("hidden"): ("x",),
    })  # fmt: skip
    told = response_of(made, found.answers, "urn:form|1.0")
    assert told["questionnaire"] == "urn:form|1.0"
    assert [one["linkId"] for one in told["item"]] == ["g", "r", "r", "d", "q"]
    under = told["item"][0]["item"][0]
    assert under["answer"][0]["valueBoolean"] is True
    assert under["answer"][0]["item"][0]["answer"] == [{"valueCoding": {"code": "x", "display": "Answer x"}}]
    assert [one["item"][0]["answer"] for one in told["item"][1:3]] == [[{"valueInteger": 1}], [{"valueInteger": 2}]]
    assert told["item"][3]["answer"] == [{"valueDate": "2026-03-09"}]
    assert told["item"][4]["answer"] == [{"valueQuantity": {"value": 3, "unit": "kg"}}]
    assert answers_of(made, told) == (found.answers, ())


def test_a_draft_finds_its_answers_in_a_later_version_and_what_has_no_place_is_parked() -> None:
    before = layout(asked("a"), asked("b", "integer"), asked("g", "group", repeats=True, item=[asked("c", "date")]))
    given_answers: Answers = {
        at("a"): ("said",), at("b"): (3,), at(("g", 0), "c"): ("2026-03-09",), at(("g", 1), "c"): ("2026-03-10",),
    }  # fmt: skip
    draft = response_of(before, given_answers)
    later = layout(
        asked("h", "group", item=[asked("b", "integer")]), asked("g", "group", repeats=True, item=[asked("c", "date")])
    )
    assert answers_of(later, draft) == (
        {path: said for path, said in given_answers.items() if path != at("a")}, (Parked("a", "Question a", "said"),),
    )  # fmt: skip
    once = layout(asked("g", "group", item=[asked("c", "date")]))
    assert [one.link_id for one in answers_of(once, draft)[1]] == ["a", "b"]
    again = response_of(once, {}, parked=answers_of(once, draft)[1])
    assert answers_of(once, again)[1] == answers_of(once, draft)[1]


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.booleans()),
    st.lists(st.tuples(st.sampled_from("bcdef"), st.booleans()), max_size=8),
)
def test_whatever_is_answered_the_same_is_asked_again(
    given_answers: dict[str, bool], links: list[tuple[str, bool]]
) -> None:
    conditions: dict[str, list[dict[str, Any]]] = {}
    for name, wanted in links:
        conditions.setdefault(name, []).append(when(chr(ord(name) - 1), "=", answerBoolean=wanted))
    made = layout(
        *[asked(one, "boolean", enableWhen=conditions.get(one, []), enableBehavior="all") for one in "abcdef"]
    )
    found = run(made, {at(name): (value,) for name, value in given_answers.items()})
    assert run(made, found.answers) == found
