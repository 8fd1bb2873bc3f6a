"""A FHIR Questionnaire becomes a form, of R4, of R5 or of STU3. What it holds beyond that is kept and told.

The questionnaire as it came is what is stored and given out again; a form is only how it is read. So nothing is lost
in the round, whatever other systems put into it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused
from workbench.forms.expressions import asked_at, calculated_at, kept_expressions
from workbench.forms.fhir_items import ItemReader
from workbench.forms.markup import holds_script, reaches_out
from workbench.forms.questionnaire import MOST_ITEMS, Form, Item, Warned
from workbench.forms.translating import statuses_at, translations_at
from workbench.forms.value_sets import contained_sets
from workbench.forms.whole_form import check_circles, whole_warnings

_XHTML: Final = "http://hl7.org/fhir/StructureDefinition/rendering-xhtml"
_SDC: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
_ADAPTIVE: Final = f"{_SDC}questionnaireAdaptive"
_ROOT_KEPT: Final = {
    f"{_SDC}launchContext": "What it asks of the record is kept; the practice chooses what is filled in before",
    f"{_SDC}sourceQueries": "Its queries are kept and not run",
    f"{_SDC}targetStructureMap": "Its map is kept and not run",
    f"{_SDC}endpoint": "Where it would be sent is kept, and it is sent nowhere",
    _ADAPTIVE: "It is adaptive; here every question is asked in its order",
    "http://hl7.org/fhir/StructureDefinition/cqf-library": "Its library of expressions is kept and not run",
    "http://hl7.org/fhir/StructureDefinition/variable": "A value of its own is an expression; it is kept and not run",
}


_MOST_FORMULAS: Final = 300_000
"""Characters of all formulas of a form together."""


def read_questionnaire(document: Mapping[str, Any], *, most_items: int = MOST_ITEMS) -> Form:
    """The form a questionnaire is.

    Raises:
        Refused: it is none, is beyond the limits, hangs on itself, or holds a script.
    """
    root = Place(document)
    kind = root.text("resourceType")
    if kind != "Questionnaire":
        raise Refused(f"The file is {'a ' + kind[:40] if kind else 'no FHIR resource'}; a Questionnaire is wanted.")
    _refuse_scripts(document)
    reader = ItemReader(contained_sets(root), most_items)
    items = _with_formulas(root, reader.items(root), reader.warnings)
    if not items and root.extension(_ADAPTIVE) is None:
        raise Refused("a questionnaire without an item asks nothing.", "item")
    check_circles(items)
    told = [*_of_the_whole(root), *reader.warnings, *whole_warnings(items)]
    return Form(
        title=root.text("title") or root.text("name") or root.text("id"),
        url=root.text("url"),
        version=root.text("version"),
        items=items,
        warnings=tuple(dict.fromkeys(told)),
        language=root.text("language"),
        title_translations=tuple(translations_at(root.inner("_title"))),
        translation_statuses=statuses_at(root),
    )


def _with_formulas(place: Place, items: tuple[Item, ...], warnings: list[Warned]) -> tuple[Item, ...]:
    """The items with what they are worked out by, and with what is said about expressions that are only kept."""
    found = []
    for one, item in zip(place.each("item"), items, strict=True):
        warnings.extend(kept_expressions(one, item.link_id))
        warnings.extend(_of_an_item(one, item.link_id))
        asked = asked_at(one, item.link_id, warnings)
        formula = calculated_at(one, item.link_id, warnings)
        inner = _with_formulas(one, item.items, warnings)
        found.append(replace(item, asked_when=asked, calculated=formula, items=inner))
    return tuple(found)


def _of_an_item(place: Place, link_id: str) -> Iterator[Warned]:
    if place.at.get("modifierExtension"):
        yield Warned(link_id, "It has an extension that may change its meaning and is not known here.")
    for name in ("_text", "_prefix"):
        inner = place.inner(name)
        xhtml = inner.extension(_XHTML) if inner else None
        if xhtml is not None:
            markup = xhtml.text("valueString")
            is_remote = reaches_out(markup)
            what = "could reach outside, so it is not shown" if is_remote else "is kept; its plain text is shown"
            yield Warned(link_id, f"Its formatting {what}.")


def _of_the_whole(root: Place) -> Iterator[Warned]:
    if root.at.get("modifierExtension"):
        yield Warned("", "It has an extension that may change its meaning and is not known here.")
    if root.at.get("implicitRules"):
        yield Warned("", "It was made by rules of its own, which are not known here.")
    if root.at.get("derivedFrom"):
        yield Warned("", "It builds on another questionnaire; only what is in this file is asked.")
    for url, what in _ROOT_KEPT.items():
        if root.extension(url) is not None:
            yield Warned("", f"{what}.")


def _refuse_scripts(document: Mapping[str, Any]) -> None:
    """A form runs nothing but formulas, and not without end. Whoever puts a script into one means no good.

    Raises:
        Refused: there is a script, or more formulas than can be read in good time; the place is named.
    """
    waiting: list[tuple[str, object]] = [("", document)]
    left = _MOST_FORMULAS
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((f"{path}.{name}".lstrip("."), one) for name, one in value.items())
            if value.get("language") in ("application/javascript", "text/javascript"):
                raise Refused("it holds a script, and a form runs none.", f"{path}.language")
            left -= len(value["expression"]) if isinstance(value.get("expression"), str) else 0
            if left < 0:
                raise Refused(f"all formulas of a form have at most {_MOST_FORMULAS:,} characters.", path)
        elif isinstance(value, list):
            waiting.extend((f"{path}[{number}]", one) for number, one in enumerate(value))
        elif isinstance(value, str) and holds_script(value):
            raise Refused("it holds a script, and a form runs none.", path)
