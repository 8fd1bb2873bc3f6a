"""A form one page at a time, as a plain page: it works by posts alone, and a small script saves loading whole pages.

What is drawn is inside of a form element that whoever serves it opens and closes, with its address and its token. Sent
are the fields of the page, `at`, `drawn` and `go`; `paging.turned` says what comes of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from markupsafe import Markup

from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import Asked
from workbench.forms.filling import Layout, Path
from workbench.forms.html import form_html
from workbench.forms.paging import DRAWN, END, PageOf, page_at, page_with, pages_of
from workbench.forms.translating import in_language
from workbench.forms.words import ENGLISH, direction, say

_HEADING: Final = "form-page-heading"


@dataclass(frozen=True)
class FormPage:
    """One page drawn. nth: from 1, of `count`; at the end it is one more. is_end: nothing is asked here any more.

    key: what the page is called, for the address. open: how many answers are missing or wrong in the whole form.
    """

    html: Markup
    key: str
    nth: int
    count: int
    is_end: bool
    open: int


def form_page_html(
    layout: Layout,
    found: Asked,
    at: str = "",
    *,
    problems: Mapping[Path, str] | None = None,
    size: int = 1,
    language: str = "",
    marks: Mapping[Path, str] | None = None,
) -> FormPage:
    """The page at a field, the first for "". problems: of what was sent. size: questions on a page at most."""
    pages = pages_of(layout, found, size=size)
    nth, spoken = page_at(layout, pages, at), language or ENGLISH
    missing = missing_and_wrong(layout, found)
    if nth == len(pages):
        inner = _end(layout, pages, missing, language)
    else:
        page, wrong = pages[nth], problems or {}
        fields = form_html(layout, found, wrong, marks=marks, language=language, only=page.places)
        inner = problems_html(layout, wrong, language=language) + fields
    key = pages[nth].key if nth < len(pages) else END
    fields_drawn = " ".join(layout.field(one) for one in pages[nth].questions) if nth < len(pages) else ""
    drawn = Markup(
        '<div class="form-page" data-form-page="{}" lang="{}" dir="{}"><input type="hidden" name="at" value="{}">'
        '<input type="hidden" name="{}" value="{}">{}{}{}</div>'
    ).format(key, spoken, direction(spoken), key, DRAWN, fields_drawn, _progress(nth, len(pages), size, spoken), inner,
             _buttons(nth, len(pages), spoken))  # fmt: skip
    return FormPage(drawn, key, nth + 1, len(pages), nth == len(pages), len(missing))


def problems_html(
    layout: Layout, problems: Mapping[Path, str], *, language: str = "", pages: Sequence[PageOf] = ()
) -> Markup:
    """What needs a look, each as a link to its question, or as a button to its page where there are pages."""
    if not problems:
        return Markup("")
    spoken = language or ENGLISH
    words = {item.link_id: item.text or item.link_id for item in in_language(layout.form, language).walk()}
    told = "1 answer needs a look" if len(problems) == 1 else f"{len(problems)} answers need a look"
    rows = Markup("").join(
        Markup("<li>{}: {}</li>").format(_leads_to(layout, place, words, pages), say(spoken, said))
        for place, said in sorted(problems.items(), key=lambda one: layout.number(one[0][-1].link_id))
    )
    return Markup(
        '<section class="form-problems" role="alert" tabindex="-1" aria-labelledby="form-problems">'
        '<h3 id="form-problems">{}</h3><ul>{}</ul></section>'
    ).format(say(spoken, told), rows)


def _leads_to(layout: Layout, place: Path, words: Mapping[str, str], pages: Sequence[PageOf]) -> Markup:
    text = words[place[-1].link_id]
    if pages:
        return Markup('<button class="form-link" type="submit" name="go" value="{}" formnovalidate>{}</button>').format(
            page_with(pages, place), text
        )
    return Markup('<a href="#{}">{}</a>').format(layout.field(place), text)


def _end(layout: Layout, pages: Sequence[PageOf], missing: Mapping[Path, str], language: str) -> Markup:
    if missing:
        return problems_html(layout, missing, language=language, pages=pages)
    return Markup('<p class="form-words" role="status">{}</p>').format(
        say(language or ENGLISH, "Everything is answered.")
    )


def _progress(nth: int, count: int, size: int, language: str) -> Markup:
    """How far along it is. The count follows what is asked, so it may change on the way."""
    if nth == count:
        told = say(language, "Look through it")
    else:
        told = say(language, f"{'Question' if size == 1 else 'Page'} {nth + 1} of {count}")
    return Markup(
        '<p class="form-progress"><span id="{0}" tabindex="-1">{1}</span>'
        '<progress max="{2}" value="{3}" aria-labelledby="{0}"></progress></p>'
    ).format(_HEADING, told, max(count, 1), min(nth, count) if count else 1)


def _buttons(nth: int, count: int, language: str) -> Markup:
    """Next comes first in the page, so that Enter goes on; it is shown last."""
    forward = Markup("") if nth == count else Markup(
        '<button class="button primary" type="submit" name="go" value="next">{}</button>'
    ).format(say(language, "Next"))  # fmt: skip
    back = Markup("") if nth == 0 else Markup(
        '<button class="button" type="submit" name="go" value="back" formnovalidate>{}</button>'
    ).format(say(language, "Back"))  # fmt: skip
    return Markup('<div class="form-turn">{}{}</div>').format(forward, back)


@cache
def pages_script() -> str:
    """The small script, for whoever serves it as a file of its own."""
    return (resources.files("workbench.forms") / "form_pages.js").read_text(encoding="utf-8")
