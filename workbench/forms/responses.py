"""Answers as a FHIR QuestionnaireResponse, and as plain data to be kept."""

from collections.abc import Mapping
from typing import Any

from workbench.forms.asking import Asked
from workbench.forms.filling import Layout, Path, Step
from workbench.forms.questionnaire import Answer, Coding, Item, ItemType, Quantity

_VALUES = {
    ItemType.BOOLEAN: "valueBoolean", ItemType.DECIMAL: "valueDecimal", ItemType.INTEGER: "valueInteger",
    ItemType.DATE: "valueDate", ItemType.DATE_TIME: "valueDateTime", ItemType.TIME: "valueTime",
    ItemType.URL: "valueUri",
}  # fmt: skip


def response_of(layout: Layout, found: Asked, questionnaire: str) -> dict[str, Any]:
    """The response to a form. questionnaire: its address with its version. What is not asked is not in it."""
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        **({"questionnaire": questionnaire} if questionnaire else {}),
        "item": _items(layout, found, layout.form.items, ()),
    }


def _items(layout: Layout, found: Asked, items: tuple[Item, ...], around: Path) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for item in items:
        if item.type is ItemType.GROUP:
            copies = layout.copies(item.link_id, around, found.answers) if item.repeats else 1
            for nth in range(copies):
                inner = (*around, Step(item.link_id, nth)) if item.repeats else around
                under = _items(layout, found, item.items, inner)
                made += [{"linkId": item.link_id, **_text(item), "item": under}] if under else []
        elif item.type is not ItemType.DISPLAY and (answers := found.answers.get((*around, Step(item.link_id)))):
            under = _items(layout, found, item.items, around)
            told = [_value(item, answer) for answer in answers]
            if under:
                told[0]["item"] = under
            made.append({"linkId": item.link_id, **_text(item), "answer": told})
    return made


def _text(item: Item) -> Mapping[str, str]:
    return {"text": item.text} if item.text else {}


def _value(item: Item, answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Coding):
        said = {"system": answer.system, "code": answer.code, "display": answer.display}
        return {"valueCoding": {name: value for name, value in said.items() if value}}
    if isinstance(answer, Quantity):
        return {"valueQuantity": {"value": answer.value, **({"unit": answer.unit} if answer.unit else {})}}
    if isinstance(answer, bool):
        return {"valueBoolean": answer}
    return {_VALUES.get(item.type, "valueString"): answer}
