"""Answers to any form, made up by the form itself."""

from collections.abc import Mapping

from workbench.forms.filling import Layout, Path
from workbench.forms.questionnaire import Item, ItemType
from workbench.forms.signing import Filled

_TYPED = {
    ItemType.STRING: "Some words", ItemType.TEXT: "Some words\nand a second line", ItemType.DATE: "2026-03-09",
    ItemType.DATE_TIME: "2026-03-09T14:30", ItemType.TIME: "14:30", ItemType.BOOLEAN: "true",
    ItemType.URL: "urn:example:1", ItemType.REFERENCE: "Some record", ItemType.ATTACHMENT: "Some file",
}  # fmt: skip


def typed_for(item: Item) -> str:
    """What somebody could type or choose."""
    if item.options:
        return str(len(item.options) - 1)
    if item.type in (ItemType.INTEGER, ItemType.DECIMAL, ItemType.QUANTITY):
        least, most = item.bounds.min_value, item.bounds.max_value
        return str(least if least is not None else most if most is not None else 3)
    return _TYPED[item.type]


def values_for(draft: Filled) -> Mapping[str, tuple[str, ...]]:
    """A value for every question that is asked now, by the name of its field."""
    layout: Layout = draft.layout

    def is_open(place: Path) -> bool:
        item = layout.items[place[-1].link_id]
        return item.is_question and not item.is_hidden and not item.is_read_only and item.calculated is None

    return {
        layout.field(place): (typed_for(layout.items[place[-1].link_id]),)
        for place in draft.found.places
        if is_open(place)
    }
