"""Answers as a FHIR QuestionnaireResponse, which is what is kept and given out, and back again."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from workbench.forms.cursor import Place
from workbench.forms.fhir_values import value_at
from workbench.forms.filling import Answers, Layout, Path, Step
from workbench.forms.questionnaire import Answer, Coding, Item, ItemType, Quantity, answer_words

_VALUES = {
    ItemType.BOOLEAN: "valueBoolean", ItemType.DECIMAL: "valueDecimal", ItemType.INTEGER: "valueInteger",
    ItemType.DATE: "valueDate", ItemType.DATE_TIME: "valueDateTime", ItemType.TIME: "valueTime",
    ItemType.URL: "valueUri",
}  # fmt: skip


PARKED: Final = "urn:therapy-practice-workbench:parked"
"""Extension of a draft: an answer to a question that its version does not ask any more."""


@dataclass(frozen=True, order=True)
class Parked:
    """An answer without a place, in words, so that whoever goes on can write it somewhere else."""

    link_id: str
    question: str
    answer: str


def response_of(
    layout: Layout,
    answers: Answers,
    questionnaire: str = "",
    *,
    is_signed: bool = False,
    parked: Iterable[Parked] = (),
) -> dict[str, Any]:
    """The response to a form with these answers. questionnaire: its address with its version.

    Of a draft that is everything that was answered, of a signed one what was asked. parked: of a draft, kept beside it.
    """
    kept = [
        {"url": PARKED, "extension": [{"url": name, "valueString": said} for name, said in asdict(one).items()]}
        for one in parked
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        **({"extension": kept} if kept else {}),
        "status": "completed" if is_signed else "in-progress",
        **({"questionnaire": questionnaire} if questionnaire else {}),
        "item": _items(layout, answers, layout.form.items, ()),
    }


def _items(layout: Layout, found: Answers, items: tuple[Item, ...], around: Path) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for item in items:
        if item.type is ItemType.GROUP:
            copies = layout.copies(item.link_id, around, found) if item.repeats else 1
            for nth in range(copies):
                inner = (*around, Step(item.link_id, nth)) if item.repeats else around
                under = _items(layout, found, item.items, inner)
                made += [{"linkId": item.link_id, **_text(item), "item": under}] if under else []
        elif item.type is not ItemType.DISPLAY and (answers := found.get((*around, Step(item.link_id)))):
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


def answers_of(layout: Layout, response: Mapping[str, Any]) -> tuple[Answers, tuple[Parked, ...]]:
    """The answers a response holds, by their linkIds, and those the form has no place for: they are parked.

    So a draft of an earlier version of the form is taken over, and nothing of it is lost unseen.

    Raises:
        Refused: the response is not as FHIR says.
    """
    found: dict[Path, tuple[Answer, ...]] = {}
    root = Place(response)
    parked = [
        Parked(*(said.text("valueString") if (said := one.extension(name)) else "" for name in _PARTS))
        for one in root.extensions(PARKED)
    ]
    _read(layout, root, (), found, parked)
    return found, tuple(dict.fromkeys(parked))


_PARTS: Final = ("link_id", "question", "answer")


def _read(
    layout: Layout, place: Place, around: Path, found: dict[Path, tuple[Answer, ...]], parked: list[Parked]
) -> None:
    copies: dict[str, int] = {}
    for one in place.each("item"):
        link_id = one.text("linkId")
        item = layout.items.get(link_id)
        inner = around
        if item is not None and item.type is ItemType.GROUP and item.repeats:
            copies[link_id] = nth = copies.get(link_id, -1) + 1
            inner = (*around, Step(link_id, nth))
        told = list(one.each("answer"))
        values = [value for value in (value_at(answer) for answer in told) if value is not None]
        fits = item is not None and item.is_question and tuple(step.link_id for step in inner) == layout.around[link_id]
        if values and fits:
            found[(*inner, Step(link_id))] = tuple(values)
        elif values:
            words = ", ".join(answer_words(value) for value in values)
            parked.append(Parked(link_id, one.text("text") or link_id, words))
        _read(layout, one, inner, found, parked)
        for answer in told:
            _read(layout, answer, inner, found, parked)
