"""A form on paper: the exact version with its answers, or empty to be filled in by hand. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.forms.asking import Asked
from workbench.forms.filling import Layout, Path, Step
from workbench.forms.html import read_out
from workbench.forms.questionnaire import HELP, Answer, Item, ItemType
from workbench.paper.sheet import Part

_YES_NO = (True, False)


@dataclass(frozen=True)
class Printing:
    """One form while it is set. is_blank: with space to write. answers_only: leaves out what was not answered."""

    layout: Layout
    found: Asked
    is_blank: bool = False
    answers_only: bool = False


def parts_of(printing: Printing) -> tuple[Part, ...]:
    """Everything on the sheet, in reading order."""
    return tuple(_items(printing, printing.layout.form.items, (), 2))


def _items(printing: Printing, items: tuple[Item, ...], around: Path, level: int) -> Iterator[Part]:
    for item in items:
        if item.is_hidden or (item.is_question and item.control in HELP):
            continue
        if item.type is ItemType.GROUP and item.repeats:
            yield from _copies(printing, item, around, level)
        elif printing.is_blank or printing.found.is_asked((*around, Step(item.link_id))):
            yield from _item(printing, item, around, level)


def _copies(printing: Printing, item: Item, around: Path, level: int) -> Iterator[Part]:
    # Empty, one copy has to do; who needs another takes another sheet.
    count = 1 if printing.is_blank else printing.layout.copies(item.link_id, around, printing.found.answers)
    for nth in range(count):
        inner = tuple(_items(printing, item.items, (*around, Step(item.link_id, nth)), level + 1))
        if inner:
            said = f"{_words(item)} ({nth + 1} of {count})" if count > 1 else _words(item)
            yield from ((Part("heading", text=said, level=level),) if item.text else ())
            yield from inner


def _item(printing: Printing, item: Item, around: Path, level: int) -> Iterator[Part]:
    if item.type is ItemType.DISPLAY:
        yield Part("words", text=_words(item))
        return
    is_group = item.type is ItemType.GROUP
    inner = tuple(_items(printing, item.items, around, level + 1 if is_group and item.text else level))
    if is_group:
        yield from ((Part("heading", text=_words(item), level=level),) if item.text and inner else ())
    else:
        yield from _question(printing, item, (*around, Step(item.link_id)))
    yield from inner


def _question(printing: Printing, item: Item, place: Path) -> Iterator[Part]:
    answers = () if printing.is_blank else printing.found.answers.get(place, ())
    if printing.answers_only and not answers:
        return
    label = _words(item) + (f"\n{item.entry_format}" if printing.is_blank and item.entry_format else "")
    offered: tuple[Answer, ...] = _YES_NO if item.type is ItemType.BOOLEAN else tuple(
        option.value for option in item.options
    )  # fmt: skip
    if offered and not printing.answers_only:
        own = [read_out(item, one) for one in answers if one not in offered]
        choices = tuple((read_out(item, one), one in answers) for one in offered)
        yield Part("choice", label, "; ".join(own), choices=choices)
    elif printing.is_blank and item.calculated is None:
        yield Part("lines" if item.type is ItemType.TEXT else "line", label)
    elif not printing.is_blank:
        yield Part("answer", label, "\n".join(read_out(item, one) for one in answers) or "–")


def _words(item: Item) -> str:
    return f"{item.prefix} {item.text}".strip() or item.link_id
