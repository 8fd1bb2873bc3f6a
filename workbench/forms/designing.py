"""Editing a questionnaire by hand, one step at a time. What a step does not name stays as it came. Pure."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from workbench.forms.line_conditions import Hangs, hangs_of, say_conditions
from workbench.forms.line_limits import NO_LIMITS, Limits, limits_of, say_limits
from workbench.forms.line_parts import ItemGone, NotAnItem, every, find, kind_of, put, put_extension
from workbench.forms.line_sources import formula_of, is_carried, path_of, reads, say_formula, say_sources
from workbench.forms.outline import code_of
from workbench.forms.questionnaire import MOST_OPTIONS, NO_QUESTION, ItemType

__all__ = ["CHOICES", "MADE_BY_HAND", "Hangs", "ItemGone", "Limits", "Line", "NotAnItem", "added", "changed",
           "item_at", "line_of", "moved", "removed", "with_title"]  # fmt: skip

_FORMAT: Final = "http://hl7.org/fhir/StructureDefinition/entryFormat"
_MOST: Final = 1_000
"""Characters of what one question says."""
CHOICES: Final = frozenset({ItemType.CHOICE, ItemType.OPEN_CHOICE})
MADE_BY_HAND: Final = (
    ItemType.TEXT, ItemType.STRING, ItemType.CHOICE, ItemType.OPEN_CHOICE, ItemType.BOOLEAN, ItemType.INTEGER,
    ItemType.DECIMAL, ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME, ItemType.GROUP, ItemType.DISPLAY,
)  # fmt: skip
"""The types a new item may have."""


@dataclass(frozen=True)
class Line:
    """What is said of one item by hand. answers: the words of the choices, in order.

    conditions: when it is asked, `needs_all` of them or any; none is always, one without a question an empty row.
    formula: what it is worked out by. prefilled_by: a path of the record. is_carried: last time's answer is.
    """

    text: str
    kind: ItemType
    hint: str = ""
    is_required: bool = False
    repeats: bool = False
    answers: tuple[str, ...] = ()
    conditions: tuple[Hangs, ...] = ()
    needs_all: bool = True
    limits: Limits = NO_LIMITS
    formula: str = ""
    prefilled_by: str = ""
    is_carried: bool = False


def with_title(document: dict[str, Any], title: str) -> dict[str, Any]:
    """The form under another name.

    Raises:
        NotAnItem: it has none, or one that is too long.
    """
    said = " ".join(title.split())
    if not 0 < len(said) <= 120:
        raise NotAnItem("title", "Give it a title of 120 letters at most.")
    return {**deepcopy(document), "title": said}


def added(document: dict[str, Any], line: Line, *, after: str = "") -> dict[str, Any]:
    """A new item after another one, or first within it where that is a group; "" is at the end.

    Raises:
        NotAnItem, ItemGone.
    """
    made = deepcopy(document)
    used = {item.get("linkId") for item in every(made)}
    item: dict[str, Any] = {"linkId": _free(code_of(line.text)[:40] or "item", used), "type": line.kind.value}
    _say(made, item, line)
    if not after:
        made.setdefault("item", []).append(item)
        return made
    siblings, place = find(made, after)
    if siblings[place].get("type") == ItemType.GROUP:
        siblings[place].setdefault("item", []).insert(0, item)
    else:
        siblings.insert(place + 1, item)
    return made


def changed(document: dict[str, Any], link_id: str, line: Line) -> dict[str, Any]:
    """An item said otherwise. Its type and its linkId stay, so that drafts find their answers again.

    Raises:
        NotAnItem, ItemGone.
    """
    made = deepcopy(document)
    siblings, place = find(made, link_id)
    _say(made, siblings[place], line)
    return made


def removed(document: dict[str, Any], link_id: str) -> dict[str, Any]:
    """The form without an item and what stands under it.

    Raises:
        NotAnItem: another item hangs on it, or it is the last. ItemGone.
    """
    made = deepcopy(document)
    siblings, place = find(made, link_id)
    gone = {one.get("linkId") for one in (siblings[place], *every(siblings.pop(place)))}
    for item in every(made):
        if any(condition.get("question") in gone for condition in item.get("enableWhen", ())):
            raise NotAnItem("link_id", f"“{_name(item)}” is asked only by an answer to it. Change that one first.")
        if gone & reads(item):
            raise NotAnItem("link_id", f"“{_name(item)}” is worked out from it. Change that one first.")
    if not made.get("item"):
        raise NotAnItem("link_id", "A form has one line at least.")
    return made


def moved(document: dict[str, Any], link_id: str, *, down: bool) -> dict[str, Any]:
    """An item one place up or down among those beside it; at the end it stays.

    Raises:
        ItemGone.
    """
    made = deepcopy(document)
    siblings, place = find(made, link_id)
    to = min(max(place + (1 if down else -1), 0), len(siblings) - 1)
    siblings.insert(to, siblings.pop(place))
    return made


def line_of(item: dict[str, Any]) -> Line:
    """What an item says, as it would be typed."""
    conditions, needs_all = hangs_of(item)
    return Line(
        text=str(item.get("text", "")),
        kind=kind_of(item),
        hint=_hint(item),
        is_required=bool(item.get("required")),
        repeats=bool(item.get("repeats")),
        answers=tuple(_shown(one) for one in item.get(_listed(item), ())),
        conditions=conditions,
        needs_all=needs_all,
        limits=limits_of(item),
        formula=formula_of(item),
        prefilled_by=path_of(item),
        is_carried=is_carried(item),
    )


def item_at(document: dict[str, Any], link_id: str) -> dict[str, Any]:
    """An item by its linkId.

    Raises:
        ItemGone.
    """
    siblings, place = find(document, link_id)
    return siblings[place]


def _say(document: dict[str, Any], item: dict[str, Any], line: Line) -> None:
    text = line.text.strip()
    if not 0 < len(text) <= _MOST:
        raise NotAnItem("text", f"Say something, in at most {_MOST:,} letters.")
    item["text"] = text
    kind = kind_of(item)
    put(item, "required", line.is_required and kind not in NO_QUESTION)
    if kind in {ItemType.GROUP, *CHOICES}:
        put(item, "repeats", line.repeats)
    if kind not in NO_QUESTION:
        hint = line.hint.strip()[:_MOST]
        put_extension(item, (_FORMAT,), {"url": _FORMAT, "valueString": hint} if hint else None)
        say_limits(item, line.limits)
        say_formula(document, item, line.formula)
        say_sources(item, line.prefilled_by, line.is_carried)
    if kind in CHOICES and not {"answerValueSet", "options"} & item.keys():
        item[_listed(item)] = _options(item.get(_listed(item), []), line.answers)
    if (tuple(one for one in line.conditions if one.question), line.needs_all) != hangs_of(item):
        say_conditions(document, item, line.conditions, line.needs_all)


def _listed(item: dict[str, Any]) -> str:
    """Where an item lists its answers: STU3 has another name for it."""
    return "option" if "option" in item else "answerOption"


def _options(before: list[dict[str, Any]], answers: tuple[str, ...]) -> list[dict[str, Any]]:
    """The choices in their new order; one whose words are the same keeps its code and all that was said of it."""
    words = [one.strip() for one in answers if one.strip()]
    if len(words) < 2 or len(words) > MOST_OPTIONS:
        raise NotAnItem("answers", "Give two answers at least, each in a line of its own.")
    if len(set(words)) < len(words):
        raise NotAnItem("answers", "One of the answers is there twice.")
    kept = {_shown(one): one for one in before}
    codes = {str(one.get("valueCoding", {}).get("code", "")) for one in before}
    made = []
    for one in words:
        if one in kept:
            made.append(kept[one])
            continue
        code = _free(code_of(one)[:40] or "answer", codes)
        codes.add(code)
        made.append({"valueCoding": {"code": code, "display": one}})
    return made


def _shown(option: dict[str, Any]) -> str:
    coding = option.get("valueCoding")
    if coding is not None:
        return str(coding.get("display") or coding.get("code", ""))
    return str(next((value for name, value in option.items() if name.startswith("value")), ""))


def _hint(item: dict[str, Any]) -> str:
    return next((str(one["valueString"]) for one in item.get("extension", ()) if one.get("url") == _FORMAT), "")


def _name(item: dict[str, Any]) -> str:
    return str(item.get("text") or item.get("linkId", ""))[:80]


def _free(wanted: str, used: set[Any]) -> str:
    if wanted not in used:
        return wanted
    return next(name for number in range(2, len(used) + 3) if (name := f"{wanted}_{number}") not in used)
