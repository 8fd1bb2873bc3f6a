"""A form one page at a time: which page comes next, what is missing on one, and that nothing is lost on the way."""

from datetime import date

import pytest

from tests.forms.building import asked, chosen, questionnaire, taken, when
from tests.forms.test_form_html import Seen
from workbench.forms.asking import asked as ask
from workbench.forms.filling import Answers, Layout, Step
from workbench.forms.html_pages import form_page_html, pages_script, problems_html
from workbench.forms.library import templates
from workbench.forms.paging import END, pages_of, turned
from workbench.forms.questionnaire import Coding
from workbench.forms.signing import laid_out

TODAY = date(2026, 3, 9)
HIDDEN = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
FORM = questionnaire(
    asked("hello", "display"),
    asked("part", "group", item=[
        asked("sleeps", "boolean", required=True),
        asked("since", "date", required=True, enableWhen=[when("sleeps", "=", answerBoolean=False)]),
        chosen("helps", "walk", "tea", repeats=True),
    ]),
    asked("other", "group", item=[
        asked("words", "display"), asked("hours", "integer"),
        asked("drugs", "group", repeats=True, item=[asked("drug")]), asked("hidden", extension=[HIDDEN]),
    ]),
    asked("bye", "display"),
)  # fmt: skip
LAYOUT = Layout(taken(FORM).form, has_spare=True)


def at(link_id: str) -> tuple[Step, ...]:
    return (Step(link_id),)


def names(answers: Answers, size: int = 1, layout: Layout = LAYOUT) -> list[list[str]]:
    """What is on each page, by linkId in reading order."""
    pages = pages_of(layout, ask(layout, answers, today=TODAY), size=size)
    return [sorted((place[-1].link_id for place in page.places), key=layout.number) for page in pages]


def turn(answers: Answers, here: str, go: str = "next", **values: str) -> tuple[Answers, str, list[str]]:
    done = turned(LAYOUT, answers, {name: (said,) for name, said in values.items()}, today=TODAY, at=here, go=go)
    return done.answers, done.at, [place[-1].link_id for place in done.problems]


def test_one_question_a_page_with_what_is_read_before_it() -> None:
    assert names({}) == [["hello", "sleeps"], ["helps"], ["words", "hours"], ["drug", "bye"]]
    assert names({at("sleeps"): (False,)})[1] == ["since"]


def test_a_page_of_a_few_ends_with_its_section_and_before_what_hangs_on_it() -> None:
    assert names({at("sleeps"): (False,)}, 5) == [
        ["hello", "sleeps"], ["since", "helps"], ["words", "hours", "drug", "bye"],
    ]  # fmt: skip
    assert names({at("sleeps"): (True,)}, 5)[0] == ["hello", "sleeps", "helps"]
    assert names({at("sleeps"): (True,)}, 2)[1] == ["words", "hours", "drug", "bye"]


def test_forward_only_when_the_page_is_right_and_back_always() -> None:
    answers, here, wrong = turn({}, "")
    assert (answers, here, wrong) == ({}, "q2", ["sleeps"])
    answers, here, wrong = turn({}, "q2", q2="false")
    assert (here, wrong) == ("q3", [])
    answers, here, wrong = turn(answers, here, q3="tomorrow")
    assert (here, wrong) == ("q3", ["since"])
    answers, here, wrong = turn(answers, "q3", "back", q3="tomorrow")
    assert (answers, here, wrong) == ({at("sleeps"): (False,)}, "q2", [])
    answers, here, wrong = turn(answers, "q2", q2="true")
    assert here == "q4"  # what hung on the other answer is not asked any more
    assert turn(answers, "q2", "back")[1] == "q2"


def test_the_way_through_ends_and_what_is_missing_there_is_told() -> None:
    answers, here, _ = turn({}, "q4", q4="1")
    assert here == "q7"
    answers, here, _ = turn(answers, here, q7="")
    answers, here, _ = turn(answers, here, q9_0="Tea")
    assert here == "q9_1"  # a copy more than was filled in
    answers, here, _ = turn(answers, here, q9_1="")
    assert here == END
    page = form_page_html(LAYOUT, ask(LAYOUT, answers, today=TODAY), here)
    assert (page.is_end, page.open) == (True, 1)
    assert '<button class="form-link" type="submit" name="go" value="q2"' in page.html
    assert turn(answers, END, "q2")[1] == "q2"
    assert turn(answers, END, "back")[1] == "q9_1"
    done = {**answers, at("sleeps"): (True,)}
    assert "Everything is answered." in form_page_html(LAYOUT, ask(LAYOUT, done, today=TODAY), END).html


def test_a_page_answers_nothing_of_another_page() -> None:
    answers, here, _ = turn({at("hours"): (7,)}, "q2", q2="true", q7="3", q3="2026-01-01")
    assert answers == {at("sleeps"): (True,), at("hours"): (7,)}
    assert here == "q4"
    # A box that is not ticked any more is not sent, and is no answer any more.
    assert turn({at("helps"): (Coding("walk", "", "Answer walk"),)}, "q4")[0] == {}


def test_a_page_that_is_not_asked_any_more_and_what_was_not_drawn_lose_nothing() -> None:
    walks = (Coding("walk", "", "Answer walk"),)
    kept = {at("sleeps"): (True,), at("helps"): walks}
    # In another window the answer before became yes, so this day is not asked; the page after it was never sent.
    assert turn(kept, "q3", q3="2026-01-01") == (kept, "q4", [])
    assert turn(kept, "q3", "back", q3="2026-01-01") == (kept, "q4", [])
    longer = turned(LAYOUT, kept, {"drawn": ("q2",), "q2": ("true",)}, today=TODAY, at="q2", go="next", size=5)
    assert longer.answers == kept


def test_an_address_that_leads_nowhere_begins_at_the_front_and_one_not_asked_at_the_next() -> None:
    found = ask(LAYOUT, {}, today=TODAY)
    shown = [form_page_html(LAYOUT, found, key).nth for key in ("", "q999", "q7_3", "junk", "q3", "end")]
    assert shown == [1, 1, 1, 1, 2, 5]


def test_a_form_to_read_only_is_one_page() -> None:
    layout = Layout(taken(questionnaire(asked("a", "display"), asked("b", "display"))).form)
    assert names({}, 1, layout) == [["a", "b"]]
    assert turned(layout, {}, {}, today=TODAY, at="", go="next").at == END


def test_a_page_is_drawn_with_progress_headings_and_both_ways() -> None:
    found = ask(LAYOUT, {}, today=TODAY)
    seen = Seen(form_page_html(LAYOUT, found, "q7").html)
    assert seen.open == []
    assert seen.all("progress")[0]["max"] == "4"
    assert [one["value"] for one in seen.all("button")] == ["next", "back"]
    assert "Question 3 of 4" in seen.words
    assert "Question other" in seen.words  # the section it stands in
    assert "Question part" not in seen.words
    assert [one["name"] for one in seen.all("input")] == ["at", "drawn", "q7"]
    assert [one["value"] for one in Seen(form_page_html(LAYOUT, found).html).all("button")] == ["next"]


def test_what_is_wrong_is_a_list_of_links_that_lead_to_their_question() -> None:
    done = turned(LAYOUT, {}, {}, today=TODAY, at="", go="next")
    seen = Seen(form_page_html(LAYOUT, ask(LAYOUT, {}, today=TODAY), done.at, problems=done.problems).html)
    (link,), (group,) = seen.all("a"), seen.all("fieldset")
    assert (link["href"], group["id"], group["tabindex"]) == ("#q2", "q2", "-1")
    assert "1 answer needs a look" in seen.words
    assert problems_html(LAYOUT, {}) == ""


def test_the_pages_speak_another_language_and_its_direction() -> None:
    found = ask(LAYOUT, {}, today=TODAY)
    spanish = form_page_html(LAYOUT, found, "q2", problems={at("sleeps"): "Please answer this."}, language="es")
    for words in ('lang="es" dir="ltr"', "Pregunta 1 de 4", "Siguiente", "Por favor responda a esto.", ">Sí<",
                  '<span lang="en" dir="ltr">Question sleeps</span>'):  # fmt: skip
        assert words in spanish.html
    assert 'lang="ar" dir="rtl"' in form_page_html(LAYOUT, found, "q2", language="ar").html


def test_the_script_is_there_to_be_served() -> None:
    assert "data-form-pages" in pages_script()


@pytest.mark.parametrize("size", [1, 4])
def test_every_template_of_the_library_has_a_way_through(size: int) -> None:
    for template in templates().values():
        layout = laid_out(template.questionnaire(), has_spare=True)
        found = ask(layout, {}, today=TODAY)
        pages = pages_of(layout, found, size=size)
        shown = {place for place in found.places if layout.items[place[-1].link_id].is_question}
        assert shown <= frozenset().union(*(page.places for page in pages))
        assert [page.first for page in pages] == sorted(page.first for page in pages)
        for page in pages:
            assert Seen(form_page_html(layout, found, page.key, size=size).html).open == []
