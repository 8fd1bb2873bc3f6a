"""Where an answer comes from other than from whoever fills in: worked out, from the record, from last time. Pure."""

from typing import Any, Final

from workbench.forms.expressions import CALCULATED, OURS
from workbench.forms.line_parts import NotAnItem, every, kind_of, put_extension, said_by
from workbench.forms.prefill import CARRIED, PREFILLED, is_path
from workbench.forms.questionnaire import ItemType
from workbench.formula.reading import read_formula
from workbench.formula.syntax import Node, NotAFormula, asks_for

WORKED_OUT: Final = frozenset(
    {ItemType.INTEGER, ItemType.DECIMAL, ItemType.BOOLEAN, ItemType.DATE, ItemType.STRING, ItemType.TEXT}
)
"""Types whose answer may be worked out."""
FROM_THE_RECORD: Final = frozenset(
    {ItemType.STRING, ItemType.TEXT, ItemType.DATE, ItemType.INTEGER, ItemType.CHOICE, ItemType.OPEN_CHOICE}
)
KNOWN_NAMES: Final = frozenset({"today"})
"""What a formula knows beside answers."""


def formula_of(item: dict[str, Any]) -> str:
    """The formula of ours an item is worked out by; "" where it has none, or one in another language."""
    told = said_by(item, *CALCULATED)
    inner = told.get("valueExpression", {}) if told else {}
    return str(inner.get("expression", "")) if inner.get("language") == OURS else ""


def reads(item: dict[str, Any]) -> frozenset[str]:
    """The linkIds that an item's formula reads; none where it is no formula of ours, or none that can be read."""
    try:
        return asks_for(read_formula(formula_of(item)))[0] if formula_of(item) else frozenset()
    except NotAFormula:
        return frozenset()


def path_of(item: dict[str, Any]) -> str:
    """The path of the record an item is filled in by."""
    told = said_by(item, PREFILLED)
    return str(told.get("valueString", "")) if told else ""


def is_carried(item: dict[str, Any]) -> bool:
    """Whether last time's answer is carried forward."""
    told = said_by(item, CARRIED)
    return bool(told and told.get("valueBoolean"))


def say_formula(document: dict[str, Any], item: dict[str, Any], formula: str) -> None:
    """Write the formula into the item; the same stays as it came, and so does one in another language.

    Raises:
        NotAnItem: it is none, or reads what is not there.
    """
    said = formula.strip()
    if said == formula_of(item):
        return
    if kind_of(item) not in WORKED_OUT:
        if said:
            raise NotAnItem("formula", "An answer of this kind cannot be worked out.")
        return  # the form came with it, and nobody was asked about it
    if said:
        checked_formula(document, str(item.get("linkId", "")), said)
    told = {"url": CALCULATED[0], "valueExpression": {"language": OURS, "expression": said}}
    put_extension(item, CALCULATED, told if said else None)


def checked_formula(document: dict[str, Any], link_id: str, formula: str) -> Node:
    """The formula, if it reads only what the form asks.

    Raises:
        NotAnItem: with what is wrong, in plain words.
    """
    try:
        node = read_formula(formula)
    except NotAFormula as refused:
        raise NotAnItem("formula", str(refused)) from None
    items, names = asks_for(node)
    known = {str(one.get("linkId", "")) for one in every(document)}
    for name in sorted(items - known):
        raise NotAnItem("formula", f"There is no line “{name[:60]}” in this form. Take the name beside the line.")
    for name in sorted(names - KNOWN_NAMES):
        hint = f" A line is written in square brackets: [{name}]." if name in known else ""
        raise NotAnItem("formula", f"“{name}” is nothing a formula knows.{hint}")
    if link_id in items:
        raise NotAnItem("formula", "A line cannot be worked out from itself.")
    return node


def say_sources(item: dict[str, Any], path: str, carried: bool) -> None:
    """Write where it is filled in from.

    Raises:
        NotAnItem: the record has nothing of this name, or the line cannot take it.
    """
    may_take_one = kind_of(item) in FROM_THE_RECORD
    if path != path_of(item) and (path or may_take_one):
        if path and (not is_path(path) or not may_take_one):
            raise NotAnItem("prefilled_by", "Choose one of the list.")
        put_extension(item, (PREFILLED,), {"url": PREFILLED, "valueString": path} if path else None)
    if carried != is_carried(item):
        put_extension(item, (CARRIED,), {"url": CARRIED, "valueBoolean": True} if carried else None)
