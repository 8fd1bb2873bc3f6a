"""What the parts of a line have in common: how they are refused, and how an item's extensions are read and written."""

from collections.abc import Iterator
from typing import Any

from workbench.forms.cursor import Place
from workbench.forms.fhir_items import type_of
from workbench.forms.questionnaire import ItemType
from workbench.kernel.errors import WorkbenchError


class NotAnItem(WorkbenchError):
    """A step cannot be done. `fields`: a sentence by field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.fields = {field: words}


class ItemGone(WorkbenchError):
    """The item a step is about is not there, or not any more."""

    def __init__(self) -> None:
        super().__init__("This line is not in the form any more. Please look again.")


def kind_of(item: dict[str, Any]) -> ItemType:
    """The type of an item, whichever version of FHIR names it."""
    return type_of(Place(item))


def put(item: dict[str, Any], name: str, value: object) -> None:
    """A value under its name, or none where there is nothing to say."""
    if value:
        item[name] = value
    else:
        item.pop(name, None)


def said_by(item: dict[str, Any], *urls: str) -> dict[str, Any] | None:
    """The first extension of these addresses."""
    return next((one for one in item.get("extension", ()) if one.get("url") in urls), None)


def put_extension(item: dict[str, Any], urls: tuple[str, ...], made: dict[str, Any] | None) -> None:
    """One extension in the place of those of the same addresses; None takes them away."""
    kept = [one for one in item.get("extension", ()) if one.get("url") not in urls]
    put(item, "extension", [*kept, made] if made else kept)


def every(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All items of a questionnaire, or under an item, in reading order."""
    for item in document.get("item", ()):
        yield item
        yield from every(item)


def find(document: dict[str, Any], link_id: str) -> tuple[list[dict[str, Any]], int]:
    """The list an item stands in, and its place there.

    Raises:
        ItemGone.
    """
    waiting = [document]
    while waiting:
        siblings = waiting.pop().get("item", [])
        for place, item in enumerate(siblings):
            if item.get("linkId") == link_id:
                return siblings, place
        waiting.extend(siblings)
    raise ItemGone
