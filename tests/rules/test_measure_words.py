"""Measures as forms: their words are locked, the others are numbered, what has no form asks its total."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.forms.fhir import read_questionnaire
from workbench.forms.questionnaire import ItemType
from workbench.measures import wording
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.definition import Licence
from workbench.measures.wording import is_measure, questionnaire_of, words_of

KEYS = sorted(measures())


@pytest.mark.parametrize("key", KEYS)
def test_every_measure_is_a_form_without_a_warning_and_is_known_again(key: str) -> None:
    measure = measures()[key]
    form = read_questionnaire(questionnaire_of(measure))
    assert form.warnings == ()
    assert is_measure(questionnaire_of(measure)) is measure
    questions = [item.link_id for item in form.walk() if item.is_question]
    assert questions == (["total"] if measure.by_total_only else [item.key for item in measure.items])


@pytest.mark.parametrize("key", KEYS)
def test_no_words_are_shipped_that_may_not_be(key: str) -> None:
    measure = measures()[key]
    if words_of(measure) is not None:
        assert measure.licence is Licence.SHIP
        return
    for item in read_questionnaire(questionnaire_of(measure)).walk():
        assert len(item.text) < 50
        assert all(option.label.casefold() in {"yes", "no", "refused", "does not apply"} or option.label.isdecimal()
                   for option in item.options)  # fmt: skip


def test_of_what_may_have_no_form_the_total_is_asked() -> None:
    for name in ("SDQ", "Y-BOCS", "ORS", "SRS"):
        (total,) = read_questionnaire(questionnaire_of(measure_named(name))).items
        assert total.type in (ItemType.INTEGER, ItemType.DECIMAL)
    (total,) = read_questionnaire(questionnaire_of(measure_named("ORS"))).items
    assert (total.bounds.min_value, total.bounds.max_value) == (0, 40)


def test_the_words_are_those_that_were_published() -> None:
    form = read_questionnaire(questionnaire_of(measure_named("PHQ-9")))
    assert [item.text for item in form.items][1] == "Little interest or pleasure in doing things"
    assert [option.label for option in form.items[9].options] == [
        "Not at all", "Several days", "More than half the days", "Nearly every day",
    ]  # fmt: skip


def texts(document: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every text that somebody reads."""
    if isinstance(document, dict):
        return [way for name, value in document.items() for way in (
            [(*path, name)] if name in ("text", "display") else texts(value, (*path, name)))]  # fmt: skip
    return (
        [way for at, one in enumerate(document) for way in texts(one, (*path, at))]
        if isinstance(document, list)
        else []
    )


@given(st.sampled_from(["PHQ-9", "GAD-7"]), st.data())
def test_a_copy_with_one_word_changed_is_the_measure_no_more(name: str, data: st.DataObject) -> None:
    edited: Any = copy.deepcopy(questionnaire_of(measure_named(name)))
    *way, last = data.draw(st.sampled_from(texts(edited)))
    place = edited
    for step in way:
        place = place[step]
    place[last] += " now"
    assert is_measure(edited) is None


def test_words_that_are_not_those_the_file_vouches_for_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    measure = measure_named("PHQ-9")
    altered = wording.Words("Lately", {"1": "x"}, {"0": "y"})
    monkeypatch.setattr(wording, "_read", lambda _: altered)
    assert words_of(measure) is None
    assert read_questionnaire(questionnaire_of(measure)).items[0].text == "Item 1"


def test_a_form_asks_only_what_the_rule_would_not_skip() -> None:
    items = {item.link_id: item for item in read_questionnaire(questionnaire_of(measure_named("AUDIT"))).walk()}
    assert items["5"].asked_when is not None
    assert items["9"].asked_when is None
