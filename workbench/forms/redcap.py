"""A REDCap data dictionary becomes a FHIR Questionnaire, which is then read like any other.

Each form of the dictionary is a group, each matrix a table. What REDCap says and FHIR has no word for is kept in an
extension of ours, so that a later export could say it again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from workbench.forms.documents import Refused
from workbench.forms.expressions import ASKED, CALCULATED, OURS
from workbench.forms.markup import plain
from workbench.forms.questionnaire import MOST_OPTIONS, Warned
from workbench.forms.redcap_logic import as_formula
from workbench.forms.redcap_rows import Row

KEPT: Final = "urn:therapy-practice-workbench:redcap"
_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
_CODES: Final = "urn:therapy-practice-workbench:redcap:codes"
_NUMBERS: Final = frozenset({"integer", "number", "number_1dp", "number_2dp", "number_3dp", "number_4dp"})
_NON_ANSWERS: Final = frozenset({"777", "888", "999", "-777", "-888", "-999", "-1", "-9", "-99", "97", "98", "99"})
_TYPES: Final = {
    "notes": "text", "radio": "choice", "dropdown": "choice", "checkbox": "choice", "yesno": "boolean",
    "truefalse": "boolean", "calc": "decimal", "slider": "integer", "descriptive": "display", "file": "attachment",
    "sql": "string", "text": "string",
}  # fmt: skip
_CONTROLS: Final = {"radio": "radio-button", "dropdown": "drop-down", "checkbox": "check-box", "slider": "slider"}
_TAG: Final = re.compile(r"@([A-Z][A-Z-]{1,40})(?:\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(\S+)))?")
_DONE: Final = frozenset({"HIDDEN", "HIDDEN-FORM", "HIDDEN-SURVEY", "READONLY", "DEFAULT"})


def questionnaire_of(rows: list[Row]) -> tuple[dict[str, Any], list[Warned]]:
    """The questionnaire a dictionary is, and what of the dictionary is kept and not done.

    Raises:
        Refused: a field is of no known type, or its choices cannot be read; the line is named.
    """
    maker = _Maker({row.name: _kind(row) for row in rows})
    forms = [
        {"linkId": f"form:{name}", "type": "group", "text": name.replace("_", " ").capitalize(),
         "item": list(maker.items(list(group)))}
        for name, group in groupby(rows, key=lambda row: row.form)
    ]  # fmt: skip
    names = list(dict.fromkeys(form["text"] for form in forms))
    title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more forms"
    _name_apart(forms)
    return {"resourceType": "Questionnaire", "status": "draft", "title": title, "item": forms}, maker.told


def _kind(row: Row) -> str:
    if row.type in ("yesno", "truefalse"):
        return "truth"
    if row.type in ("calc", "slider") or row.validation in _NUMBERS:
        return "number"
    return "code" if row.type in ("radio", "dropdown", "checkbox") else "other"


def _name_apart(forms: list[dict[str, Any]]) -> None:
    """A form that goes on after another one is a second group, which needs a name of its own."""
    seen: dict[str, int] = {}
    for form in forms:
        seen[form["linkId"]] = times = seen.get(form["linkId"], 0) + 1
        if times > 1:
            form["linkId"] += f":{times}"


class _Maker:
    """One dictionary while it is turned into items. kinds: of what kind the answers to each field are."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self.told: list[Warned] = []

    def items(self, rows: list[Row]) -> Iterator[dict[str, Any]]:
        for matrix, group in groupby(rows, key=lambda row: row.matrix):
            members = list(group)
            if matrix:
                yield from _section(members[0])
                yield {
                    "linkId": f"matrix:{members[0].name}",
                    "type": "group",
                    "extension": [_control("gtable")],
                    "item": [self._item(row) for row in members],
                }
            else:
                for row in members:
                    yield from _section(row)
                    yield self._item(row)

    def _item(self, row: Row) -> dict[str, Any]:
        item: dict[str, Any] = {"linkId": row.name, "type": self._type(row), "text": plain(row.label)}
        extensions = list(self._extensions(row, item["type"]))
        if row.type in ("radio", "dropdown", "checkbox"):
            item["answerOption"] = self._options(row)
        if row.type == "checkbox":
            item["repeats"] = True
        if row.required and item["type"] != "display":
            item["required"] = True
        tags = {name: next((one for one in values if one), "") for name, *values in _TAG.findall(row.annotation)}
        if row.type == "calc" or "READONLY" in tags:
            item["readOnly"] = True
        if tags.keys() & {"HIDDEN", "HIDDEN-FORM", "HIDDEN-SURVEY"}:
            extensions.append({"url": f"{_CORE}questionnaire-hidden", "valueBoolean": True})
        if "DEFAULT" in tags and item["type"] in ("string", "text"):
            item["initial"] = [{"valueString": tags["DEFAULT"]}]
        for name in sorted(tags.keys() - _DONE):
            self.told.append(Warned(row.name, f"The action tag @{name} is kept and not done."))
        if extensions:
            item["extension"] = extensions
        return item

    def _type(self, row: Row) -> str:
        if row.type not in _TYPES:
            raise Refused(f"“{row.type[:40]}” is no field type of REDCap.", row.where)
        if row.type == "sql":
            self.told.append(Warned(row.name, "Its choices come from a query; it is asked as text."))
        if row.type != "text":
            return _TYPES[row.type]
        if row.validation == "integer":
            return "integer"
        if row.validation in _NUMBERS:
            return "decimal"
        stem = row.validation.partition("_")[0]
        return {"date": "date", "datetime": "dateTime", "time": "time"}.get(stem, "string")

    def _extensions(self, row: Row, kind: str) -> Iterator[dict[str, Any]]:
        if row.type in _CONTROLS:
            yield _control(_CONTROLS[row.type])
        if row.note:
            yield {"url": f"{_CORE}entryFormat", "valueString": plain(row.note)}
        yield from self._limits(row, kind)
        yield from self._logic(row)
        kept = {"label": row.label if "<" in row.label else "", "annotation": row.annotation,
                "validation": row.validation, "identifier": "y" if row.identifier else ""}  # fmt: skip
        said = [{"url": name, "valueString": value} for name, value in kept.items() if value]
        if said:
            yield {"url": KEPT, "extension": said}

    def _limits(self, row: Row, kind: str) -> Iterator[dict[str, Any]]:
        for value, name in ((row.least, "minValue"), (row.most, "maxValue")):
            if not value:
                continue
            if kind == "integer" and re.fullmatch(r"-?\d{1,15}", value):
                yield {"url": f"{_CORE}{name}", "valueInteger": int(value)}
            elif kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                yield {"url": f"{_CORE}{name}", "valueDate": value}
            elif kind == "decimal" and re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", value):
                yield {"url": f"{_CORE}{name}", "valueDecimal": Decimal(value)}
            else:
                self.told.append(Warned(row.name, f"Its limit “{value[:40]}” is kept and not checked."))

    def _logic(self, row: Row) -> Iterator[dict[str, Any]]:
        if row.branching:
            formula = as_formula(row.branching, self._kinds)
            yield _expression(ASKED, formula, row.branching)
        if row.type == "calc":
            yield _expression(CALCULATED[0], as_formula(row.choices, self._kinds), row.choices)

    def _options(self, row: Row) -> list[dict[str, Any]]:
        found = []
        for part in row.choices.split("|"):
            code, comma, label = part.strip().partition(",")
            if not comma or not code.strip():
                raise Refused("each choice is a code, a comma and its words.", row.where)
            if code.strip() in _NON_ANSWERS:
                words = f"The answer {code.strip()} may stand for no answer; say so before a score counts it."
                self.told.append(Warned(row.name, words))
            found.append({"valueCoding": {"system": _CODES, "code": code.strip(), "display": plain(label)}})
        if len(found) > MOST_OPTIONS:
            raise Refused(f"a question has at most {MOST_OPTIONS} answers to choose from.", row.where)
        codes: Iterable[str] = [one["valueCoding"]["code"] for one in found]
        if len(set(codes)) < len(found):
            raise Refused("two choices have the same code.", row.where)
        return found


def _section(row: Row) -> Iterator[dict[str, Any]]:
    if row.section:
        yield {"linkId": f"section:{row.name}", "type": "display", "text": plain(row.section)}


def _control(code: str) -> dict[str, Any]:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return {"url": f"{_CORE}questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def _expression(url: str, formula: str, source: str) -> dict[str, Any]:
    """A formula of ours, or the source in its own language, which the reader keeps and tells."""
    said = {"language": OURS, "expression": formula} if formula else {"language": "text/x-redcap", "expression": source}
    return {"url": url, "valueExpression": said}
