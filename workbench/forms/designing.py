"""Editing a questionnaire by hand, one step at a time. What a step does not name stays as it came. Pure."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from workbench.forms.outline import code_of
from workbench.forms.questionnaire import MOST_OPTIONS, NO_QUESTION, ItemType
from workbench.kernel.errors import WorkbenchError

_FORMAT: Final = "http://hl7.org/fhir/StructureDefinition/entryFormat"
_MOST: Final = 1_000
"""Characters of what one question says."""
CHOICES: Final = frozenset({ItemType.CHOICE, ItemType.OPEN_CHOICE})
MADE_BY_HAND: Final = (
    ItemType.TEXT, ItemType.STRING, ItemType.CHOICE, ItemType.OPEN_CHOICE, ItemType.BOOLEAN, ItemType.INTEGER,
    ItemType.DECIMAL, ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME, ItemType.GROUP, ItemType.DISPLAY,
)  # fmt: skip
"""The types a new item may have."""


class NotAnItem(WorkbenchError):
    """A step cannot be done. `fields`: a sentence by field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.fields = {field: words}


class ItemGone(WorkbenchError):
    """The item a step is about is not there, or not any more."""

    def __init__(self) -> None:
        super().__init__("This line is not in the form any more. Please look again.")


@dataclass(frozen=True)
class Line:
    """What is said of one item by hand. answers: the words of the choices, in order.

    asked_if: the linkId of a choice or yes-no above it, and the answer by which this is asked; both empty is always.
    """

    text: str
    kind: ItemType
    hint: str = ""
    is_required: bool = False
    repeats: bool = False
    answers: tuple[str, ...] = ()
    asked_if: tuple[str, str] = ("", "")


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
    used = {item.get("linkId") for item in _every(made)}
    item: dict[str, Any] = {"linkId": _free(code_of(line.text)[:40] or "item", used), "type": line.kind.value}
    _say(made, item, line)
    if not after:
        made.setdefault("item", []).append(item)
        return made
    siblings, place = _find(made, after)
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
    siblings, place = _find(made, link_id)
    _say(made, siblings[place], line)
    return made


def removed(document: dict[str, Any], link_id: str) -> dict[str, Any]:
    """The form without an item and what stands under it.

    Raises:
        NotAnItem: another item hangs on it, or it is the last. ItemGone.
    """
    made = deepcopy(document)
    siblings, place = _find(made, link_id)
    gone = {one.get("linkId") for one in _under(siblings.pop(place))}
    for item in _every(made):
        if any(condition.get("question") in gone for condition in item.get("enableWhen", ())):
            raise NotAnItem("link_id", f"“{_name(item)}” is asked only by an answer to it. Change that one first.")
    if not made.get("item"):
        raise NotAnItem("link_id", "A form has one line at least.")
    return made


def moved(document: dict[str, Any], link_id: str, *, down: bool) -> dict[str, Any]:
    """An item one place up or down among those beside it; at the end it stays.

    Raises:
        ItemGone.
    """
    made = deepcopy(document)
    siblings, place = _find(made, link_id)
    to = min(max(place + (1 if down else -1), 0), len(siblings) - 1)
    siblings.insert(to, siblings.pop(place))
    return made


def line_of(item: dict[str, Any]) -> Line:
    """What an item says, as it would be typed."""
    conditions = item.get("enableWhen") or []
    simple = len(conditions) == 1 and conditions[0].get("operator") == "="
    when = (str(conditions[0]["question"]), _answer_words(conditions[0])) if simple else ("", "")
    return Line(
        str(item.get("text", "")), ItemType(item["type"]), _hint(item), bool(item.get("required")),
        bool(item.get("repeats")), tuple(_shown(one) for one in item.get("answerOption", ())), when,
    )  # fmt: skip


def item_at(document: dict[str, Any], link_id: str) -> dict[str, Any]:
    """An item by its linkId.

    Raises:
        ItemGone.
    """
    siblings, place = _find(document, link_id)
    return siblings[place]


def _say(document: dict[str, Any], item: dict[str, Any], line: Line) -> None:
    text = line.text.strip()
    if not 0 < len(text) <= _MOST:
        raise NotAnItem("text", f"Say something, in at most {_MOST:,} letters.")
    item["text"] = text
    kind = ItemType(item["type"])
    _set(item, "required", line.is_required and kind not in NO_QUESTION)
    _set(item, "repeats", line.repeats and kind in {ItemType.GROUP, *CHOICES})
    hints = [one for one in item.get("extension", ()) if one.get("url") != _FORMAT]
    if line.hint.strip() and kind not in NO_QUESTION:
        hints.append({"url": _FORMAT, "valueString": line.hint.strip()[:_MOST]})
    _set(item, "extension", hints)
    if kind in CHOICES and "answerValueSet" not in item:
        item["answerOption"] = _options(item.get("answerOption", []), line.answers)
    if line.asked_if != line_of(item).asked_if:
        _set(item, "enableWhen", _conditions(document, item, *line.asked_if))


def _set(item: dict[str, Any], name: str, value: object) -> None:
    if value:
        item[name] = value
    else:
        item.pop(name, None)


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


def _conditions(document: dict[str, Any], item: dict[str, Any], question: str, answer: str) -> list[dict[str, Any]]:
    if not question:
        return []
    asked, _place = _find(document, question)
    other = asked[_place]
    if other is item:
        raise NotAnItem("asked_if", "A question cannot hang on itself.")
    if other.get("type") == ItemType.BOOLEAN:
        if answer.casefold() not in ("yes", "no"):
            raise NotAnItem("asked_if_answer", "Write yes or no.")
        return [{"question": question, "operator": "=", "answerBoolean": answer.casefold() == "yes"}]
    for option in other.get("answerOption", ()):
        if "valueCoding" in option and answer.strip().casefold() in (
            _shown(option).casefold(), str(option["valueCoding"].get("code", "")).casefold(),
        ):  # fmt: skip
            told = {name: option["valueCoding"][name] for name in ("system", "code") if name in option["valueCoding"]}
            return [{"question": question, "operator": "=", "answerCoding": told}]
    raise NotAnItem("asked_if_answer", "Write one of its answers, as it stands there.")


def _answer_words(condition: dict[str, Any]) -> str:
    for name, value in condition.items():
        if name == "answerBoolean":
            return "yes" if value else "no"
        if name == "answerCoding":
            return str(value.get("code", ""))
    return ""


def _shown(option: dict[str, Any]) -> str:
    coding = option.get("valueCoding")
    if coding is not None:
        return str(coding.get("display") or coding.get("code", ""))
    return str(next((value for name, value in option.items() if name.startswith("value")), ""))


def _hint(item: dict[str, Any]) -> str:
    return next((str(one["valueString"]) for one in item.get("extension", ()) if one.get("url") == _FORMAT), "")


def _name(item: dict[str, Any]) -> str:
    return str(item.get("text") or item.get("linkId", ""))[:80]


def _every(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document.get("item", ()):
        yield from _under(item)


def _under(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield item
    yield from _every(item)


def _find(document: dict[str, Any], link_id: str) -> tuple[list[dict[str, Any]], int]:
    waiting = [document]
    while waiting:
        siblings = waiting.pop().get("item", [])
        for place, item in enumerate(siblings):
            if item.get("linkId") == link_id:
                return siblings, place
        waiting.extend(siblings)
    raise ItemGone


def _free(wanted: str, used: set[Any]) -> str:
    if wanted not in used:
        return wanted
    return next(name for number in range(2, len(used) + 3) if (name := f"{wanted}_{number}") not in used)
