"""A form of the practice inside a page of the portal: its fields, its pages, and what is wrong with answers."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from workbench.forms.filling import Path
from workbench.forms.html import form_html
from workbench.forms.pages import FormPage
from workbench.forms.words import ENGLISH, say
from workbench.screens.own_forms import OwnFormPage

Says = Callable[..., str]


def fields(shown: OwnFormPage, page: FormPage, language: str, problems: Mapping[str, str]) -> Markup:
    """One page of it to fill in. problems: sentences by field."""
    layout = shown.filled.layout
    by_place = {layout.path_of(name): said for name, said in problems.items() if name}
    return form_html(layout, shown.filled.found, by_place, language=language, items=page.items, level=2)


def whole(shown: OwnFormPage, language: str) -> Markup:
    """All of it to be read: the text that is signed."""
    return form_html(shown.filled.layout, shown.filled.found, {}, is_locked=True, language=language, level=2)


def missing(shown: OwnFormPage) -> tuple[tuple[str, Path], ...]:
    """What a signature still needs: the words of the question, and where it stands."""
    layout = shown.filled.layout
    return tuple((layout.items[place[-1].link_id].text, place) for place in shown.filled.problems)


def unanswered(shown: OwnFormPage) -> int:
    """How many questions that are asked have no answer."""
    told = shown.filled
    return sum(
        told.layout.items[place[-1].link_id].is_question and not told.found.answers.get(place)
        for place in told.found.places
    )


def in_language(problems: Mapping[str, str], t: Says, language: str) -> dict[str, str]:
    """What is wrong with answers, as the renderer says it in this language; else one sentence that fits every field."""
    said = {name: say(language, problem) for name, problem in problems.items()}
    if language == ENGLISH:
        return said
    return {name: t("forms.not_an_answer") if words == problems[name] else words for name, words in said.items()}
