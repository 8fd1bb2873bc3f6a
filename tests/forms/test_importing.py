"""FHIR questionnaires are read as they mean, in three versions, and given out again as they came."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import asked, chosen, extension, item_of, questionnaire, taken, when
from workbench.forms.documents import Refused, digest, read_document, write_document
from workbench.forms.importing import import_form
from workbench.forms.questionnaire import Bounds, Coding, Condition, ItemType, Quantity

TYPES = [kind.value for kind in ItemType]


def warned(document: dict[str, Any]) -> dict[str, str]:
    return {one.link_id: one.what for one in taken(document).form.warnings}


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_item_is_taken(kind: str) -> None:
    found = taken(questionnaire(asked("a", kind)))
    (item,) = found.form.items
    assert item.type == kind
    assert item.is_question is (kind not in ("group", "display"))
    assert found.form.warnings == ()


def test_items_nest_under_groups_and_under_questions() -> None:
    inner = asked("c", repeats=True)
    document = questionnaire(asked("a", "group", repeats=True, item=[asked("b", "boolean", item=[inner])]))
    assert [item.link_id for item in taken(document).form.walk()] == ["a", "b", "c"]
    assert item_of(document, "c").repeats


def test_what_an_answer_must_keep_to_is_read() -> None:
    document = questionnaire(
        asked("a", "decimal", required=True, extension=[
            extension("minValue", valueDecimal=1.5), extension("maxValue", valueDecimal=9),
            extension("maxDecimalPlaces", valueInteger=2)]),
        asked("b", maxLength=20, extension=[
            extension("minLength", valueInteger=3), extension("regex", valueString="[A-Z]+"),
            extension("entryFormat", valueString="capitals")]),
        asked("c", "date", readOnly=True, extension=[extension("maxValue", valueDate="2026-12-31")]),
        asked("d", "quantity", repeats=True, extension=[
            extension("questionnaire-minOccurs", valueInteger=2), extension("questionnaire-maxOccurs", valueInteger=4),
            extension("questionnaire-unitOption", valueCoding={"code": "kg", "display": "kilograms"}),
            extension("questionnaire-hidden", valueBoolean=True)]),
    )  # fmt: skip
    assert item_of(document, "a").bounds == Bounds(min_value=Decimal("1.5"), max_value=9, max_decimals=2)
    assert item_of(document, "a").is_required
    assert item_of(document, "b").bounds == Bounds(min_length=3, max_length=20, pattern="[A-Z]+")
    assert item_of(document, "b").entry_format == "capitals"
    assert item_of(document, "c").bounds.max_value == "2026-12-31"
    assert item_of(document, "c").is_read_only
    assert item_of(document, "d").occurs == (2, 4)
    assert item_of(document, "d").units == (Coding("kg", "", "kilograms"),)
    assert item_of(document, "d").is_hidden


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"valueBoolean": False}, False), ({"valueInteger": 3}, 3), ({"valueDecimal": 1.5}, Decimal("1.5")),
        ({"valueString": "x"}, "x"), ({"valueDate": "2026-03"}, "2026-03"), ({"valueTime": "14:30:00"}, "14:30:00"),
        ({"valueDateTime": "2026-03-09T14:30:00-05:00"}, "2026-03-09T14:30:00-05:00"), ({"valueUri": "urn:a"}, "urn:a"),
        ({"valueCoding": {"code": "a", "system": "s", "display": "A"}}, Coding("a", "s", "A")),
        ({"valueQuantity": {"value": 2, "unit": "kg"}}, Quantity(2, "kg")),
        ({"valueReference": {"reference": "Patient/1"}}, "Patient/1"),
    ],
)  # fmt: skip
def test_every_kind_of_value_is_read(value: dict[str, Any], read: object) -> None:
    assert item_of(questionnaire(asked("a", initial=[value])), "a").initial == (read,)


def test_choices_come_from_options_and_from_sets_the_file_brings_along() -> None:
    codes = [{"code": "y", "display": "Yes"}, {"code": "n", "display": "No"}]
    sets = [
        {"resourceType": "ValueSet", "id": "listed", "compose": {"include": [{"system": "s", "concept": codes}]}},
        {"resourceType": "ValueSet", "id": "expanded", "expansion": {"contains": [
            {"abstract": True, "code": "all", "contains": [{"system": "s", **codes[0]}]}, {"system": "s",
            **codes[1]}]}},
        {"resourceType": "CodeSystem", "url": "own", "concept": codes},
        {"resourceType": "ValueSet", "id": "system", "url": "urn:set", "compose": {"include": [{"system": "own"}]}},
    ]  # fmt: skip
    document = questionnaire(
        chosen("a", "1", "2"), asked("b", "choice", answerValueSet="#listed"),
        asked("c", "choice", answerValueSet="#expanded"), asked("d", "open-choice", answerValueSet="urn:set"),
        contained=sets,
    )  # fmt: skip
    assert [option.label for option in item_of(document, "a").options] == ["Answer 1", "Answer 2"]
    assert [option.value for option in item_of(document, "b").options] == [
        Coding("y", "s", "Yes"),
        Coding("n", "s", "No"),
    ]
    assert [option.label for option in item_of(document, "c").options] == ["Yes", "No"]
    assert [option.label for option in item_of(document, "d").options] == ["Yes", "No"]
    assert taken(document).form.warnings == ()


def test_a_value_set_that_lies_elsewhere_is_told_and_never_fetched() -> None:
    assert "not in the file" in warned(questionnaire(asked("a", "choice", answerValueSet="http://example.org/vs")))["a"]


def test_weights_of_options_are_kept_as_hints() -> None:
    option = {
        "valueCoding": {"code": "a"},
        "extension": [extension("ordinalValue", valueDecimal=3)],
        "initialSelected": True,
    }
    (found,) = item_of(questionnaire(asked("a", "choice", answerOption=[option])), "a").options
    assert (found.weight, found.is_chosen) == (3, True)
    assert item_of(questionnaire(asked("a", "choice", answerOption=[option])), "a").initial == (Coding("a"),)


def test_conditions_of_r4_say_whether_all_or_any_must_hold() -> None:
    two = [when("a", "exists", answerBoolean=True), when("b", ">", answerInteger=3)]
    document = questionnaire(
        asked("a"), asked("b", "integer"), asked("c", enableWhen=two, enableBehavior="any"),
        asked("d", enableWhen=two, enableBehavior="all"),
    )  # fmt: skip
    assert item_of(document, "c").conditions == (Condition("a", "exists", True), Condition("b", ">", 3))
    assert not item_of(document, "c").needs_all
    assert item_of(document, "d").needs_all


def test_stu3_is_read_as_r4_means_it() -> None:
    document = questionnaire(
        asked("a", "choice", option=[{"valueCoding": {"code": "1"}}], initialCoding={"code": "1"}),
        asked("b", "choice", options={"reference": "#vs"}),
        asked("c", enableWhen=[{"question": "a", "hasAnswer": True}, {"question": "b", "answerCoding": {"code": "y"}}]),
        contained=[{"resourceType": "ValueSet", "id": "vs", "compose": {"include": [{"concept": [{"code": "y"}]}]}}],
    )  # fmt: skip
    assert item_of(document, "a").options[0].value == Coding("1")
    assert item_of(document, "a").initial == (Coding("1"),)
    assert item_of(document, "b").options[0].value == Coding("y")
    assert item_of(document, "c").conditions == (Condition("a", "exists", True), Condition("b", "=", Coding("y")))
    assert not item_of(document, "c").needs_all


def test_r5_is_read_as_r4_means_it() -> None:
    document = questionnaire(
        asked("a", "coding", answerConstraint="optionsOnly", answerOption=[{"valueCoding": {"code": "1"}}]),
        asked("b", "coding", answerConstraint="optionsOrString", answerOption=[{"valueString": "x"}]),
        asked("c", "question", item=[asked("d")], disabledDisplay="protected"),
    )  # fmt: skip
    assert [item_of(document, one).type for one in "abc"] == ["choice", "open-choice", "group"]
    assert write_document(taken(document).questionnaire) == write_document(document)


def test_formulas_of_ours_and_simple_ones_of_fhirpath_are_worked_out_and_others_are_kept() -> None:
    def by(language: str, text: str) -> list[dict[str, Any]]:
        return [extension("sdc:calculatedExpression", valueExpression={"language": language, "expression": text})]

    path = "%resource.item.where(linkId='a').answer.value + %resource.item.where(linkId='b').answer.value"
    document = questionnaire(
        asked("a", "integer"), asked("b", "integer"),
        asked("c", "integer", extension=by("text/x-workbench-formula", "sum([a, b])")),
        asked("d", "integer", extension=by("text/fhirpath", path)),
        asked("e", "integer", extension=by("text/cql", "PHQ9.total")),
        asked("f", "integer", extension=by("text/fhirpath", "%resource.repeat(item).answer.sum()")),
        asked("g", "integer", extension=by("text/x-workbench-formula", "sum([a, b")),
    )  # fmt: skip
    assert [item_of(document, one).calculated is not None for one in "cdefg"] == [True, True, False, False, False]
    assert set(warned(document)) == {"e", "f", "g"}
    assert "Character 5" in warned(document)["g"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (asked("a", enableWhen=[when("nobody", "exists", answerBoolean=True)]), "“nobody”, which is not in the form"),
        (asked("a", modifierExtension=[{"url": "x"}]), "may change its meaning"),
        (asked("a", extension=[extension("regex", valueString="(?=a)b")]), "pattern is kept and not checked"),
        (asked("a", extension=[extension("regex", valueString="(")]), "pattern is kept and not checked"),
        (asked("a", extension=[extension("sdc:enableWhenExpression", valueExpression={"language": "text/fhirpath"})]),
        "kept"),
        (asked("a", extension=[extension("sdc:initialExpression", valueExpression={"language": "text/cql"})]), "kept"),
        (asked("a", _text={"extension": [extension("rendering-xhtml", valueString="<b>bold</b>")]}),
        "plain text is shown"),
        (asked("a", _text={"extension": [extension("rendering-xhtml", valueString="<img src='http://x/y.png'/>")]}),
        "not shown"),
        (asked("a", "display", required=True), "cannot be required"),
    ],
)  # fmt: skip
def test_what_is_kept_and_not_done_is_told(item: dict[str, Any], words: str) -> None:
    assert words in warned(questionnaire(item))["a"]


def test_a_name_that_occurs_twice_is_told() -> None:
    assert "2 items" in warned(questionnaire(asked("a"), asked("a")))["a"]


def test_something_to_read_may_lack_a_name_and_nothing_else() -> None:
    assert "no linkId" in warned(questionnaire(asked("a"), {"type": "display", "text": "Read this"}))["item[1]"]
    with pytest.raises(Refused, match=r"item\[1\]: an item needs a linkId"):
        taken(questionnaire(asked("a"), {"type": "string", "text": "Say this"}))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.decimals(-1000, 1000, places=3),
    st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.text(min_size=1, max_size=8), JSON, max_size=5))
def test_whatever_others_put_into_a_questionnaire_comes_out_again(more: dict[str, Any]) -> None:
    document = questionnaire(asked("a"), extension=[{"url": "urn:unknown", "extension": [{"url": "x", "more": more}]}])
    given_out = write_document(import_form(write_document(document).encode()).questionnaire)
    assert json.loads(given_out, parse_float=Decimal) == document
    assert digest(document) == digest(json.loads(given_out, parse_float=Decimal))


def test_digits_after_the_point_stay() -> None:
    assert write_document(read_document(b'{"a": 1.50, "b": 1E2}')) == '{"a":1.50,"b":1E+2}'


def test_the_hash_does_not_hang_on_the_order_of_keys() -> None:
    turned = dict(reversed(questionnaire(asked("a")).items()))
    assert taken(turned).hash == taken(questionnaire(asked("a"))).hash
