"""A form one question, or one page of a few, at a time: which page comes next, and what of a page is missing. Pure.

Nothing of the way is kept here: the answers are the draft, and a page is named by the field of its first question. So
a page can be reloaded, gone back to, or taken up again on another device.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import Asked, asked
from workbench.forms.filling import Answers, Layout, NoSuchQuestion, Path
from workbench.forms.questionnaire import HELP, Item, ItemType
from workbench.forms.reading_fields import is_field, read_fields
from workbench.forms.whole_form import formulas_of
from workbench.formula.syntax import asks_for

END: Final = "end"
"""The page after the last question: what still needs a look, or that all is answered."""


DRAWN: Final = "drawn"
"""The field that names what was drawn: another window may have made the page longer since."""
Order = tuple[tuple[int, int], ...]
"""Where a place stands in reading order: items are numbered so, and copies of a group follow each other whole."""


@dataclass(frozen=True)
class PageOf:
    """One page. key: the field of its first question. places: what is drawn; questions: what of it can be answered.

    first, last: where it begins and ends in reading order.
    """

    key: str
    places: frozenset[Path]
    questions: tuple[Path, ...]
    first: Order
    last: Order


@dataclass(frozen=True)
class Turned:
    """What comes of a page that was sent. answers: all of the draft. at: the page to show now, or `END`.

    problems: what is wrong on that page, by place; where there are any, it is the page that was sent.
    """

    answers: Answers
    at: str
    problems: Mapping[Path, str]


def pages_of(layout: Layout, found: Asked, *, size: int = 1) -> tuple[PageOf, ...]:
    """The pages as they are asked now. size: questions on a page at most; 1 is one at a time.

    A page ends where a section of the form begins, and before a question that hangs on one of the same page.
    """
    pages: list[PageOf] = []
    words: list[Path] = []
    places: list[Path] = []
    section = ""

    def close() -> None:
        nonlocal words, places
        if places:
            pages.append(_page(layout, places, words))
            words, places = [], []

    for item, place, top in _in_order(layout, found):
        if not _is_answered(item):
            if places and top != section:
                close()
            words.append(place)
            continue
        if len(places) >= size or (places and (top != section or _hangs_on(layout, item, places))):
            # What was read just before a question belongs to it.
            after = [one for one in words if _order(layout, one) > _order(layout, places[-1])]
            words = [one for one in words if one not in after]
            close()
            words = after
        section = top
        places.append(place)
    close()
    if words and pages:
        pages[-1] = replace(pages[-1], places=pages[-1].places | frozenset(words))
    elif words:
        pages.append(_page(layout, [], words))
    return tuple(pages)


def _page(layout: Layout, questions: Sequence[Path], words: Sequence[Path]) -> PageOf:
    on_it = questions or words
    return PageOf(
        layout.field(on_it[0]), frozenset([*words, *questions]), tuple(questions), _order(layout, on_it[0]),
        _order(layout, on_it[-1]),
    )  # fmt: skip


def _in_order(layout: Layout, found: Asked) -> Iterator[tuple[Item, Path, str]]:
    """Everything that is asked, in reading order, with the item at the top it stands in."""
    shown = [
        place
        for place in found.places
        if not _is_hidden(layout, place[-1].link_id) and layout.items[place[-1].link_id].type is not ItemType.GROUP
    ]
    for place in sorted(shown, key=lambda one: _order(layout, one)):
        item = layout.items[place[-1].link_id]
        if not (item.type is ItemType.DISPLAY and item.control in HELP and _is_help(layout, item)):
            yield item, place, _top(layout, item.link_id)


def _is_help(layout: Layout, item: Item) -> bool:
    parent = layout.parents[item.link_id]
    return bool(parent) and layout.items[parent].is_question


def _is_hidden(layout: Layout, link_id: str) -> bool:
    while link_id:
        if layout.items[link_id].is_hidden:
            return True
        link_id = layout.parents[link_id]
    return False


def _top(layout: Layout, link_id: str) -> str:
    """The group at the top around an item; "" for one that stands in none."""
    parent = layout.parents[link_id]
    while parent and layout.parents[parent]:
        parent = layout.parents[parent]
    return parent


def _is_answered(item: Item) -> bool:
    return item.is_question and not item.is_read_only and item.calculated is None


def _hangs_on(layout: Layout, item: Item, places: Sequence[Path]) -> bool:
    """Whether an item, or a group around it, hangs on a question that is asked on the same page."""
    here = {place[-1].link_id for place in places}
    link_id = item.link_id
    while link_id:
        one = layout.items[link_id]
        reads = {name for formula in formulas_of(one) for name in asks_for(formula)[0]}
        if here & (reads | {condition.question for condition in one.conditions}):
            return True
        link_id = layout.parents[link_id]
    return False


def _order(layout: Layout, place: Path) -> Order:
    return tuple((layout.number(step.link_id), step.nth) for step in place)


def page_at(layout: Layout, pages: Sequence[PageOf], at: str) -> int:
    """The number of the page with a field, from 0; of one that is not asked any more, the next; the first for "".

    `len(pages)` is the end.
    """
    if at == END or not pages:
        return len(pages)
    if not at:
        return 0
    try:
        place = layout.path_of(at)
    except NoSuchQuestion:
        return 0
    return next(
        (nth for nth, page in enumerate(pages) if page.last >= _order(layout, place)),
        len(pages),
    )


def turned(
    layout: Layout,
    answers: Answers,
    values: Mapping[str, Sequence[str]],
    *,
    today: date,
    at: str,
    go: str,
    size: int = 1,
) -> Turned:
    """A page was sent. values: its fields by name. at: which page it was; go: `next`, `back`, or the key of a page.

    Forward only when the page is right; back always, with what could be read. Only what was drawn is answered or
    emptied by it: fields of other pages are left aside, and a page that is not asked any more changes nothing.
    """
    before = pages_of(layout, asked(layout, answers, today=today), size=size)
    nth = page_at(layout, before, at)
    if nth == len(before):
        return Turned(answers, _key(before, nth - 1) if go == "back" else END if go == "next" else go, {})
    page = before[nth]
    if at and page.key != at:
        return Turned(answers, page.key, {})
    drawn = set(" ".join(values[DRAWN]).split()) if DRAWN in values else None
    page = replace(page, questions=tuple(one for one in page.questions if drawn is None or layout.field(one) in drawn))
    own = {layout.field(place) for place in page.questions}
    read = read_fields(layout, {name: said for name, said in values.items() if is_field(name) and _base(name) in own})
    kept = {place: told for place, told in answers.items() if place not in page.questions}
    merged = {**kept, **read.answers}
    found = asked(layout, merged, today=today)
    if go == "next":
        unread = {layout.path_of(name): said for name, said in read.problems.items()}
        wrong = {
            place: said
            for place, said in {**missing_and_wrong(layout, found), **unread}.items()
            if place in page.questions
        }
        if wrong:
            return Turned(merged, page.key, wrong)
    return Turned(merged, _after(layout, pages_of(layout, found, size=size), page, go), {})


def _base(name: str) -> str:
    return name.removesuffix(".own")


def _after(layout: Layout, pages: Sequence[PageOf], page: PageOf, go: str) -> str:
    if go == "back":
        earlier = [one for one in pages if one.last < page.first]
        return earlier[-1].key if earlier else _key(pages, 0)
    if go != "next":
        return _key(pages, page_at(layout, pages, go))
    return next((one.key for one in pages if one.last > page.last), END)


def _key(pages: Sequence[PageOf], nth: int) -> str:
    return pages[nth].key if 0 <= nth < len(pages) else END


def page_with(pages: Sequence[PageOf], place: Path) -> str:
    """The key of the page a place is on; the end where it is on none."""
    return next((page.key for page in pages if place in page.places), END)
