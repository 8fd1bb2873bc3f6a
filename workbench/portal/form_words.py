"""A form of the practice inside a page of the portal: its fields, its pages, and what is wrong with answers."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from workbench.forms.filling import Path
from workbench.forms.html import FormWords, form_html
from workbench.forms.pages import FormPage
from workbench.screens.own_forms import OwnFormPage

Says = Callable[..., str]


def words(t: Says) -> FormWords:
    """The renderer's own words, in the person's language."""
    return FormWords(
        yes=t("forms.yes"), no=t("forms.no"), optional=t("forms.optional"), other=t("forms.other"),
        entry=t("forms.entry"), of=t("forms.nth_of", nth="{nth}", count="{count}"),
    )  # fmt: skip


def fields(shown: OwnFormPage, page: FormPage, t: Says, problems: Mapping[str, str]) -> Markup:
    """One page of it to fill in. problems: sentences by field."""
    layout = shown.filled.layout
    by_place = {layout.path_of(name): said for name, said in problems.items() if name}
    return form_html(layout, shown.filled.found, by_place, words=words(t), items=page.items, level=2)


def whole(shown: OwnFormPage, t: Says) -> Markup:
    """All of it to be read: the text that is signed."""
    return form_html(shown.filled.layout, shown.filled.found, {}, is_locked=True, words=words(t), level=2)


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


def in_language(problems: Mapping[str, str], t: Says, *, is_usual: bool) -> dict[str, str]:
    """What is wrong with answers: in English as the form says it, else one sentence for each field."""
    return dict(problems) if is_usual else dict.fromkeys(problems, t("forms.not_an_answer"))
