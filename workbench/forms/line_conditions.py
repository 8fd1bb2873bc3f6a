"""When a line is asked, as it is said by hand: a question, how it is compared, and an answer in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.forms.answering import NotAnAnswer, typed
from workbench.forms.cursor import Place
from workbench.forms.fhir import read_questionnaire
from workbench.forms.fhir_values import value_at
from workbench.forms.importing import WITH_GROUPS
from workbench.forms.line_parts import NotAnItem, put
from workbench.forms.questionnaire import Coding, Item, ItemType, answer_words, is_number

MISSING: Final = "missing"
OPERATORS: Final[Mapping[str, str]] = {
    "=": "is", "!=": "is not", "exists": "is answered", MISSING: "is not answered", ">": "is more than",
    ">=": "is at least", "<": "is less than", "<=": "is at most",
}  # fmt: skip
"""How a question may be compared, in words. FHIR has one `exists` for both: with true, and with false."""
MOST: Final = 8
"""Conditions of one line that are said by hand."""
_ORDERED: Final = frozenset({">", ">=", "<", "<="})
_WITH_ORDER: Final = frozenset({ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.DATE_TIME, ItemType.TIME})
_NAMES: Final[Mapping[ItemType, str]] = {
    ItemType.BOOLEAN: "answerBoolean", ItemType.INTEGER: "answerInteger", ItemType.DECIMAL: "answerDecimal",
    ItemType.DATE: "answerDate", ItemType.DATE_TIME: "answerDateTime", ItemType.TIME: "answerTime",
}  # fmt: skip


@dataclass(frozen=True)
class Hangs:
    """One condition. question: a linkId; operator: of `OPERATORS`; answer: in words, none of what is (not) answered."""

    question: str
    operator: str = "="
    answer: str = ""


def hangs_of(item: dict[str, Any]) -> tuple[tuple[Hangs, ...], bool]:
    """What an item hangs on, and whether all of it must hold."""
    told = item.get("enableWhen") or []
    # STU3 has no operators, and any one condition was enough there.
    needs_all = item.get("enableBehavior") == "all" or (
        "enableBehavior" not in item and all("operator" in one for one in told)
    )
    return tuple(_hangs(one) for one in told), needs_all


def _hangs(told: dict[str, Any]) -> Hangs:
    question = str(told.get("question", ""))
    operator = str(told.get("operator", "exists" if "hasAnswer" in told else "="))
    if operator == "exists":
        is_there = told.get("answerBoolean", told.get("hasAnswer"))
        return Hangs(question, "exists" if is_there else MISSING)
    answer = value_at(Place(told), "answer")
    if isinstance(answer, bool):
        return Hangs(question, operator, "yes" if answer else "no")
    if isinstance(answer, Coding):
        return Hangs(question, operator, answer.code)
    return Hangs(question, operator, "" if answer is None else answer_words(answer))


def say_conditions(document: dict[str, Any], item: dict[str, Any], wanted: tuple[Hangs, ...], needs_all: bool) -> None:
    """Write the conditions into the item; one that is the same stays as it came. A row without a question is none.

    Raises:
        NotAnItem: one hangs on nothing, or on an answer that the question does not have; `when_2_answer` is the second.
    """
    if sum(bool(one.question) for one in wanted) > MOST:
        raise NotAnItem("when_1_question", f"A line hangs on {MOST} conditions at most.")
    before = item.get("enableWhen") or []
    same = dict(zip(hangs_of(item)[0], before, strict=True))
    form = read_questionnaire(document, most_items=WITH_GROUPS)
    items = {one.link_id: one for one in form.walk() if one.is_question}
    made = [
        same[one] if one in same else _condition(items, item, one, f"when_{at}")
        for at, one in enumerate(wanted, start=1)
        if one.question
    ]
    put(item, "enableWhen", made)
    put(item, "enableBehavior", ("all" if needs_all else "any") if len(made) > 1 else "")


def _condition(items: Mapping[str, Item], own: dict[str, Any], wanted: Hangs, field: str) -> dict[str, Any]:
    asked = items.get(wanted.question)
    if asked is None:
        raise NotAnItem(f"{field}_question", "This question is not in the form any more.")
    if asked.link_id == own.get("linkId"):
        raise NotAnItem(f"{field}_question", "A question cannot hang on itself.")
    if wanted.operator not in OPERATORS:
        raise NotAnItem(f"{field}_operator", "Choose how it is compared.")
    if wanted.operator in ("exists", MISSING):
        return {"question": asked.link_id, "operator": "exists", "answerBoolean": wanted.operator == "exists"}
    if wanted.operator in _ORDERED and not _has_order(asked):
        raise NotAnItem(f"{field}_operator", "More and less are of numbers, days and times only.")
    name, value = _answer(asked, wanted.answer.strip(), f"{field}_answer")
    return {"question": asked.link_id, "operator": wanted.operator, name: value}


def _has_order(asked: Item) -> bool:
    if asked.options:
        return all(isinstance(one.value, Coding) and is_number(one.value.code) for one in asked.options)
    return asked.type in _WITH_ORDER


def _answer(asked: Item, said: str, field: str) -> tuple[str, Any]:
    if not said:
        raise NotAnItem(field, "Write the answer it is compared with.")
    if asked.options:
        return _option(asked, said, field)
    if asked.type is ItemType.BOOLEAN:
        if said.casefold() not in ("yes", "no"):
            raise NotAnItem(field, "Write yes or no.")
        return "answerBoolean", said.casefold() == "yes"
    if asked.type in (ItemType.QUANTITY, ItemType.ATTACHMENT, ItemType.REFERENCE):
        raise NotAnItem(field, "Of this question only whether it is answered can be asked.")
    try:
        (answer,) = typed(Item(asked.link_id, asked.type), [said])
    except NotAnAnswer as refused:
        raise NotAnItem(field, str(refused)) from None
    return _NAMES.get(asked.type, "answerString"), answer


def _option(asked: Item, said: str, field: str) -> tuple[str, Any]:
    for option in asked.options:
        value = option.value
        code = value.code if isinstance(value, Coding) else str(value)
        if said.casefold() not in (option.label.casefold(), code.casefold()):
            continue
        if isinstance(value, Coding):
            return "answerCoding", {**({"system": value.system} if value.system else {}), "code": value.code}
        return _NAMES.get(asked.type, "answerString"), value
    if asked.type is ItemType.OPEN_CHOICE:
        return "answerString", said
    raise NotAnItem(field, "Write one of its answers, as it stands there.")
