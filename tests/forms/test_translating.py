"""A form in another language: its translations come along and go out as they came, and what is missing is told."""

from datetime import date
from typing import Any

import pytest

from tests.forms.building import asked, extension, questionnaire, taken, when
from tests.forms.test_form_html import Seen
from workbench.forms.answering import NotAnAnswer, typed, wrong
from workbench.forms.asking import asked as ask
from workbench.forms.comparing import Weight, compare
from workbench.forms.documents import digest
from workbench.forms.filling import Layout, Step
from workbench.forms.html import form_html
from workbench.forms.library import templates
from workbench.forms.questionnaire import Bounds, Coding, Item, ItemType, Option, Quantity
from workbench.forms.signing import laid_out
from workbench.forms.translating import (
    STATUS,
    TRANSLATION,
    in_language,
    in_languages,
    is_unreviewed,
    languages,
    untranslated,
)
from workbench.forms.words import crisis_words, say

TODAY = date(2026, 3, 9)


def said(**by_language: str) -> dict[str, Any]:
    """The translations of one text, as FHIR writes them."""
    return {"extension": [
        {"url": TRANSLATION, "extension": [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": words}]}
        for tag, words in by_language.items()
    ]}  # fmt: skip


def option(code: str, display: str, **by_language: str) -> dict[str, Any]:
    return {
        "valueCoding": {"code": code, "display": display, **({"_display": said(**by_language)} if by_language else {})}
    }


HINT = extension("entryFormat", valueString="A day", _valueString=said(de="Ein Tag"))
FORM = questionnaire(
    asked("sleep", "choice", text="Sleep", _text=said(de="Schlaf", es="Sueño"), answerOption=[
        option("good", "Good", de="Gut", es="Bueno"), option("bad", "Bad", de="Schlecht"), option("3", "3"),
    ]),
    asked("since", "date", text="Since", _text=said(de="Seit wann"), extension=[HINT],
          enableWhen=[when("sleep", "=", answerCoding={"code": "bad"})]),
    title="Night", _title=said(de="Nacht"), language="en",
    extension=[{"url": STATUS, "extension": [{"url": "lang", "valueCode": "es"},
                                             {"url": "status", "valueCode": "machine-draft"}]}],
)  # fmt: skip


def test_translations_are_read_shown_and_go_out_as_they_came() -> None:
    imported = taken(FORM)
    assert (imported.questionnaire, imported.hash) == (FORM, digest(FORM))
    assert languages(imported.form) == ("de", "es")
    german = in_language(imported.form, "de-AT")
    assert (german.title, [item.text for item in german.walk()]) == ("Nacht", ["Schlaf", "Seit wann"])
    assert [one.label for one in german.items[0].options] == ["Gut", "Schlecht", "3"]
    assert german.items[1].entry_format == "Ein Tag"
    assert untranslated(imported.form, "de") == ()
    assert in_language(imported.form, "en") is imported.form


def test_what_a_language_does_not_have_is_told_and_stays_in_the_forms_own() -> None:
    form = taken(FORM).form
    missing = [(one.link_id, one.what, one.words) for one in untranslated(form, "es")]
    assert missing == [("", "title", "Night"), ("sleep", "answer", "Bad"), ("since", "text", "Since"),
                       ("since", "hint", "A day")]  # fmt: skip
    assert (is_unreviewed(form, "es"), is_unreviewed(form, "de")) == (True, False)
    assert [one.words for one in in_languages(form)] == [
        "German: whole.", "Spanish: 4 texts are not translated; drafted by a machine, not reviewed.",
    ]  # fmt: skip


def test_an_answer_is_kept_by_its_code_whatever_language_it_was_given_in() -> None:
    layout = Layout(taken(FORM).form)
    answers = {(Step("sleep"),): typed(layout.items["sleep"], ["1"])}
    assert answers[(Step("sleep"),)] == (Coding("bad", "", "Bad"),)
    found = ask(layout, answers, today=TODAY)
    seen = Seen(form_html(layout, found, {}, language="es"))
    assert [one["value"] for one in seen.all("input") if "checked" in one] == ["1"]
    assert "Sueño" in seen.words
    assert {"lang": "en", "dir": "ltr"} in seen.all("span")  # what is not translated says which language it is in
    locked = form_html(layout, found, {}, language="de", is_locked=True)
    assert "<output>Schlecht</output>" in locked


def test_days_and_answers_are_read_out_in_spanish() -> None:
    layout = Layout(taken(FORM).form)
    answers = {(Step("sleep"),): (Coding("bad"),), (Step("since"),): ("2026-03-09",)}
    read = form_html(layout, ask(layout, answers, today=TODAY), {}, language="es", is_locked=True)
    assert "9 de marzo de 2026" in read


def test_another_translation_is_a_change_of_words() -> None:
    other = {**FORM, "item": [{**FORM["item"][0], "_text": said(de="Nachtruhe")}, FORM["item"][1]]}
    found = compare(taken(FORM).form, taken(other).form)
    assert [(one.what, one.weight) for one in found] == [("translations", Weight.WORDS)]


@pytest.mark.parametrize(
    "broken", [{"_text": {"extension": [{"url": TRANSLATION}]}}, {"_text": said(**{"not a tag": "x"})}]
)
def test_a_translation_without_its_language_is_kept_and_not_shown(broken: dict[str, Any]) -> None:
    assert languages(taken(questionnaire(asked("a", **broken))).form) == ()


def every_sentence() -> list[str]:
    """What somebody who fills in a form may be told, each once."""
    told = []
    kinds = {
        ItemType.INTEGER: "x", ItemType.DECIMAL: "x", ItemType.DATE: "x", ItemType.TIME: "x", ItemType.DATE_TIME: "x",
        ItemType.BOOLEAN: "x", ItemType.GROUP: "x", ItemType.QUANTITY: "2 kg",
    }  # fmt: skip
    for kind, text in kinds.items():
        with pytest.raises(NotAnAnswer) as refused:
            typed(Item("a", kind, units=(Coding("mg"),)), [text])
        told.append(str(refused.value))
    yes = Option(Coding("y"), is_exclusive=True)
    for item, texts in ((Item("a", ItemType.CHOICE, options=(yes,)), ["9"]), (Item("a", ItemType.STRING), ["a", "b"]),
                        (Item("a", ItemType.STRING), ["x" * 70_000]),
                        (Item("a", ItemType.STRING, repeats=True), [str(one) for one in range(200)])):  # fmt: skip
        with pytest.raises(NotAnAnswer) as refused:
            typed(item, texts)
        told.append(str(refused.value))
    text = Item("a", ItemType.STRING, bounds=Bounds(min_length=3, max_length=4, pattern="[a-z]+"), entry_format="abc")
    number = Item("a", ItemType.QUANTITY, bounds=Bounds(min_value=1, max_value=2, max_decimals=0))
    told += [wrong(text, [said]) for said in ("a", "abcde", "1234")]
    told += [wrong(number, [Quantity(one)]) for one in (0, 3)]
    told.append(wrong(Item("a", ItemType.CHOICE, options=(yes,)), [Coding("y"), Coding("z")]))
    told += [wrong(Item("a", ItemType.CHOICE, occurs=(2, 2)), ["a"] * count) for count in (1, 3)]
    return [*told, "Please answer this."]


@pytest.mark.parametrize("english", every_sentence())
def test_every_sentence_about_an_answer_is_there_in_spanish(english: str) -> None:
    assert english
    assert say("es-MX", english) != english
    assert say("en", english) == say("vi", english) == english


def test_where_there_is_help_is_said_in_spanish_too() -> None:
    assert "oprima 2" in " ".join(crisis_words("es-US"))
    assert "988" in " ".join(crisis_words("vi"))


@pytest.mark.parametrize("word", ["client", "patient", "member"])
def test_what_a_new_client_fills_in_is_whole_in_spanish_and_marked_as_a_draft(word: str) -> None:
    spanish = [one for one in templates().values() if "es" in one.languages]
    assert len(spanish) >= 3
    for template in spanish:
        form = laid_out(template.questionnaire(word)).form
        assert (untranslated(form, "es"), is_unreviewed(form, "es")) == ((), True)
        shown = in_language(form, "es")
        assert not [item.text for item in shown.walk() if "{" in item.text or "«" in item.text]
