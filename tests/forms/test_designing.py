"""Editing by hand: what a step does not name stays, and a step that cannot be done says why."""

from copy import deepcopy
from typing import Any

import pytest

from tests.forms.building import asked, chosen, extension, questionnaire, taken, when
from workbench.forms.designing import (
    Hangs,
    ItemGone,
    Line,
    NotAnItem,
    added,
    changed,
    item_at,
    line_of,
    moved,
    removed,
    with_title,
)
from workbench.forms.questionnaire import ItemType

BASE = questionnaire(
    asked("sleeps", "boolean", required=True), chosen("helps", "walk", "tea", repeats=True),
    asked("since", "date", enableWhen=[when("sleeps", "=", answerBoolean=False)],
    extension=[extension("minValue", valueDate="2020-01-01"), {"url": "urn:of:somebody", "valueString": "kept"}]),
    asked("group", "group", item=[asked("inner")]),
)  # fmt: skip


def keys(document: dict[str, Any]) -> list[str]:
    return [item.link_id for item in taken(document).form.walk()]


def said(link_id: str, **more: Any) -> Line:
    return Line(**{**line_of(item_at(BASE, link_id)).__dict__, **more})


def test_a_line_is_added_at_the_end_after_another_or_first_in_a_section() -> None:
    line = Line("How deep?", ItemType.INTEGER, hint="In hours", is_required=True)
    assert keys(added(BASE, line))[-1] == "how_deep"
    assert keys(added(BASE, line, after="sleeps"))[1] == "how_deep"
    inside = added(BASE, line, after="group")
    assert keys(inside)[-3:] == ["group", "how_deep", "inner"]
    assert line_of(item_at(inside, "how_deep")) == line
    assert keys(added(added(BASE, line), line))[-1] == "how_deep_2"


def test_what_is_not_named_stays_as_it_came() -> None:
    before = deepcopy(BASE)
    made = changed(BASE, "since", said("since", text="Since which day?"))
    assert before == BASE
    assert item_at(made, "since") == {**item_at(BASE, "since"), "text": "Since which day?"}


def test_choices_keep_their_codes_and_new_ones_get_one() -> None:
    made = changed(BASE, "helps", said("helps", answers=("Answer tea", "Warm bath", "Answer walk")))
    codes = [one["valueCoding"]["code"] for one in item_at(made, "helps")["answerOption"]]
    assert codes == ["tea", "warm_bath", "walk"]


def test_a_question_hangs_on_a_choice_or_a_yes() -> None:
    made = changed(BASE, "inner", said("inner", conditions=(Hangs("helps", "=", "answer tea"),)))
    assert item_at(made, "inner")["enableWhen"] == [when("helps", "=", answerCoding={"code": "tea"})]
    assert line_of(item_at(made, "inner")).conditions == (Hangs("helps", "=", "tea"),)
    again = changed(made, "inner", said("inner", conditions=()))
    assert "enableWhen" not in item_at(again, "inner")
    assert line_of(item_at(BASE, "since")).conditions == (Hangs("sleeps", "=", "no"),)


def test_lines_move_among_those_beside_them_and_stop_at_the_end() -> None:
    assert keys(moved(BASE, "sleeps", down=True))[:2] == ["helps", "sleeps"]
    assert moved(BASE, "sleeps", down=False) == BASE
    assert moved(BASE, "inner", down=True) == BASE


def test_a_line_goes_with_what_stands_under_it_unless_another_hangs_on_it() -> None:
    assert keys(removed(BASE, "group")) == ["sleeps", "helps", "since"]
    with pytest.raises(NotAnItem, match="“Question since” is asked only by an answer to it"):
        removed(BASE, "sleeps")
    with pytest.raises(NotAnItem, match="one line at least"):
        removed(questionnaire(asked("a")), "a")


@pytest.mark.parametrize(
    ("link_id", "more", "field"),
    [
        ("sleeps", {"text": " "}, "text"), ("sleeps", {"text": "x" * 1001}, "text"),
        ("helps", {"answers": ("one",)}, "answers"), ("helps", {"answers": ("one", "one")}, "answers"),
        ("inner", {"conditions": (Hangs("sleeps", "=", "maybe"),)}, "when_1_answer"),
        ("inner", {"conditions": (Hangs(""), Hangs("helps", "=", "coffee"))}, "when_2_answer"),
        ("inner", {"conditions": (Hangs("inner", "=", "x"),)}, "when_1_question"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_by_its_field(link_id: str, more: dict[str, Any], field: str) -> None:
    with pytest.raises(NotAnItem) as refused:
        changed(BASE, link_id, said(link_id, **more))
    assert set(refused.value.fields) == {field}


def test_what_is_not_there_is_told() -> None:
    for step in (lambda: removed(BASE, "gone"), lambda: moved(BASE, "gone", down=True), lambda: item_at(BASE, "gone"),
                 lambda: added(BASE, Line("x", ItemType.TEXT), after="gone")):  # fmt: skip
        with pytest.raises(ItemGone):
            step()


def test_a_form_has_a_name() -> None:
    assert with_title(BASE, "  Sleep   well ")["title"] == "Sleep well"
    for title in ("", " ", "x" * 121):
        with pytest.raises(NotAnItem):
            with_title(BASE, title)
