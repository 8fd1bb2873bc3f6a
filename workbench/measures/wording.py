"""A measure as a FHIR Questionnaire: with its words where the product may ship them, else numbered.

The words are locked: their SHA-256 stands in the measure's file. A copy with one word changed is not the measure any
more and loses its name, its LOINC code and its bands (rules 8 and 9 of section 3 in the measures' list).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

from workbench.formula.functions import Number
from workbench.measures.catalogue import measures
from workbench.measures.definition import Item, Licence, Measure

_ASKED: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
_OURS: Final = "text/x-workbench-formula"
_MOST_STEPS: Final = 11
"""From so many responses on a number is written instead of chosen."""
TOTAL: Final = "total"
NOT_ASKED: Final = "NA"


@dataclass(frozen=True)
class Words:
    """What the product may say: what all items begin with, each item, each response."""

    lead: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    answers_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 over every word in its place."""
        said = [
            self.lead,
            dict(self.items),
            dict(self.answers),
            {key: dict(one) for key, one in self.answers_of.items()},
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def words_of(measure: Measure) -> Words | None:
    """The words of a measure; None where they are not shipped, or are not those its file vouches for."""
    if measure.licence is not Licence.SHIP or not measure.words_sha256:
        return None
    words = _read(measure.key.partition("@")[0])
    return words if words.digest == measure.words_sha256 else None


@cache
def _read(name: str) -> Words:
    file = resources.files("workbench.library") / "measure_words" / f"{name}.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    return Words(said["lead"], said["items"], said["answers"], said.get("answers_of", {}))


def questionnaire_of(measure: Measure) -> dict[str, Any]:
    """The form the measure is filled in with. Of one that may be entered by its total only, that is all it asks."""
    words = words_of(measure)
    items = [_total(measure)] if measure.by_total_only else [_item(one, words) for one in measure.items]
    if words is not None:
        items.insert(0, {"linkId": "lead", "type": "display", "text": words.lead})
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": f"urn:therapy-practice-workbench:measure:{measure.key}",
        "title": measure.measure,
        "item": items,
    }


def _total(measure: Measure) -> dict[str, Any]:
    parts = any(item.has_parts for item in measure.items)
    return _number(TOTAL, "Total of the licensed form", measure.lowest, measure.highest, parts=parts)


def _item(item: Item, words: Words | None) -> dict[str, Any]:
    text = words.items[item.key] if words else _numbered(item)
    if item.has_parts or (not item.values and not item.words and item.most - item.least >= _MOST_STEPS):
        made = _number(item.key, text, item.least, item.most, parts=item.has_parts)
    else:
        told = (words.answers_of.get(item.key, words.answers) if words else None) or {}
        options = [{"valueCoding": {"code": code, "display": told.get(code, word)}} for code, word in _responses(item)]
        made = {"linkId": item.key, "type": "choice", "text": text, "answerOption": options}
    if item.is_optional:
        made["extension"] = [*made.get("extension", []), {"url": f"{_CORE}entryFormat", "valueString": "Not scored."}]
    if item.asked_when:
        made["extension"] = [
            *made.get("extension", []),
            {"url": _ASKED, "valueExpression": {"language": _OURS, "expression": item.asked_when}},
        ]
    return made


def _numbered(item: Item) -> str:
    return f"Item {item.key}" if item.key[0].isdecimal() or len(item.key) == 1 else item.key.capitalize()


def _responses(item: Item) -> list[tuple[str, str]]:
    """The code and word of each response; a yes counts 1, as it does in the rule."""
    if item.words:
        ordered = sorted(item.words.items(), key=lambda pair: (pair[0] not in ("no", "yes"), pair[1]))
        found = [(str(value) if word in ("yes", "no") else word, word.capitalize()) for word, value in ordered]
    else:
        found = [(str(step), str(step)) for step in sorted(item.values) or range(item.least, item.most + 1)]
    return [*found, (NOT_ASKED, "Does not apply")] if item.must_say_skipped else found


def _number(key: str, text: str, least: Number, most: Number, *, parts: bool) -> dict[str, Any]:
    kind, value = ("decimal", "valueDecimal") if parts else ("integer", "valueInteger")
    bounds = [{"url": f"{_CORE}{name}", value: Decimal(limit) if parts else int(limit)}
              for name, limit in (("minValue", least), ("maxValue", most))]  # fmt: skip
    return {"linkId": key, "type": kind, "text": f"{text} ({least} to {most})", "extension": bounds}


def is_measure(questionnaire: Mapping[str, Any]) -> Measure | None:
    """The measure that a questionnaire is, word for word; None where it is none, or a copy that somebody changed."""
    key = str(questionnaire.get("url", "")).rpartition(":")[2]
    measure = measures().get(key)
    if measure is None:
        return None
    own = questionnaire_of(measure)
    return measure if all(questionnaire.get(name) == own[name] for name in ("url", "title", "item")) else None
