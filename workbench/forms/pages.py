"""A form in pages that fit a phone: one for each part with a heading, what stands before it with it. Pure."""

from dataclasses import dataclass

from workbench.forms.asking import Asked
from workbench.forms.filling import Layout, Path, Step
from workbench.forms.questionnaire import Item, ItemType


@dataclass(frozen=True)
class FormPage:
    """Items of the first level that are shown together. title: the heading of its part, "" for none."""

    title: str
    items: tuple[Item, ...]

    @property
    def link_ids(self) -> frozenset[str]:
        """Everything on it, with what stands under it."""
        return frozenset(inner.link_id for item in self.items for inner in item.walk())


def pages_of(layout: Layout, found: Asked) -> tuple[FormPage, ...]:
    """Those with something that is asked; a form always has one."""
    pages: list[FormPage] = []
    waiting: list[Item] = []
    for item in layout.form.items:
        if item.is_hidden or not _is_shown(item, found):
            continue
        waiting.append(item)
        if item.type is ItemType.GROUP:
            pages.append(FormPage(item.text, tuple(waiting)))
            waiting = []
    if waiting:
        pages.append(FormPage("", tuple(waiting)))
    return tuple(pages) or (FormPage("", ()),)


def page_of(pages: tuple[FormPage, ...], place: Path) -> int:
    """On which page a question stands, from 0."""
    link_id = place[-1].link_id
    return next((number for number, one in enumerate(pages) if link_id in one.link_ids), 0)


def _is_shown(item: Item, found: Asked) -> bool:
    return item.repeats or found.is_asked((Step(item.link_id),))
