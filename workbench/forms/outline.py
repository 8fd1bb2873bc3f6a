"""The outline a template of the library is written in, read into a FHIR Questionnaire.

One line is one item, two spaces deeper is under it:

    [plan] Plan                                   a group; `[goals...]` repeats, `[goals...1]` has at least one copy
    ! Read this to the client.                    something to read
    @risk                                         a block that several templates share
    si one*{denied;passive;plan}: Thoughts        a question: key, type, marks, answers, text
    action long* ?si!=denied: What was done | Who was called, and when
    sud number(0..10): Distress now
    minutes whole =minutes([began], [ended]): Minutes, worked out

Types: short, long, number, whole, day, moment, time, yes, one{…}, many{…}, open{…}; of `many` and `open` an answer with
`!` before it stands alone. Marks: `*` required to sign, `~` carried forward, `^path` filled in from the record, `!` not
written by hand. After `?` when it is asked: `key`, `key=code`, `key!=code` (answered, and otherwise), `key>3`;
joined by `&` (all) or `/` (any): `risk=high/imminent`.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from workbench.forms.documents import Refused
from workbench.forms.expressions import CALCULATED, OURS
from workbench.forms.prefill import CARRIED, PREFILLED, is_path

_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
_TYPES: Final = {
    "short": "string", "long": "text", "number": "decimal", "whole": "integer", "day": "date", "moment": "dateTime",
    "time": "time", "yes": "boolean", "one": "choice", "many": "choice", "open": "open-choice",
}  # fmt: skip
_GROUP: Final = re.compile(
    r"\[(?P<key>[a-z][a-z0-9_]*)(?P<repeats>\.\.\.)?(?P<least>\d?)(?: \?(?P<when>\S+))?\](?: (?P<text>.+))?"
)
_LINE: Final = re.compile(
    r"(?P<key>[a-z][a-z0-9_]*) (?P<type>[a-z]+)(?P<marks>[*~]*)(?:\((?P<least>-?\d*)\.\.(?P<most>-?\d*)\))?"
    r"(?:\^(?P<path>[a-z][A-Za-z0-9_.-]*))?(?P<fixed>!?)(?:\{(?P<answers>[^}]*)\})?"
    r"(?: \?(?P<when>[^:\s]+))?(?: =(?P<formula>[^:]+))?: (?P<text>[^|]+)(?: \| (?P<hint>.+))?"
)
_WHEN: Final = re.compile(r"([a-z][a-z0-9_]*)(?:(!=|<=|>=|=|<|>)(.+))?")
_ORDERED: Final = frozenset({"<", ">", "<=", ">="})


def items_of(outline: str, blocks: Mapping[str, str]) -> list[dict[str, Any]]:
    """The items of an outline. blocks: outlines by the name they are called in with.

    Raises:
        Refused: a line says nothing that is known; its number is named.
    """
    return _Reader(blocks).read(outline)


class _Reader:
    def __init__(self, blocks: Mapping[str, str]) -> None:
        self._blocks = blocks
        self._kinds: dict[str, str] = {}
        self._words = 0

    def read(self, outline: str) -> list[dict[str, Any]]:
        top: list[dict[str, Any]] = []
        under = [top]
        for number, line in enumerate(outline.splitlines(), 1):
            said = line.strip()
            if not said or said.startswith("//"):
                continue
            depth, odd = divmod(len(line) - len(line.lstrip(" ")), 2)
            if odd or depth >= len(under):
                raise Refused("it is indented by more than the line before allows.", f"line {number}")
            del under[depth + 1 :]
            if said.startswith("@"):
                under[depth] += self._block(said[1:], number)
                continue
            item = self._item(said, number)
            under[depth].append(item)
            under.append(item.setdefault("item", []))
        return [_without_empty(item) for item in top]

    def _block(self, name: str, number: int) -> list[dict[str, Any]]:
        if name not in self._blocks:
            raise Refused(f"there is no block “{name}”.", f"line {number}")
        return self.read(self._blocks[name])

    def _item(self, said: str, number: int) -> dict[str, Any]:
        where = f"line {number}"
        if said.startswith("! "):
            self._words += 1
            return {"linkId": f"words_{self._words}", "type": "display", "text": said[2:].strip()}
        group = _GROUP.fullmatch(said)
        if group:
            self._take(group["key"], "group", where)
            return {**_group(group), **(self._when(group["when"], where) if group["when"] else {})}
        line = _LINE.fullmatch(said)
        if line is None or line["type"] not in _TYPES:
            raise Refused("it says neither a group, nor words, nor a question.", where)
        self._take(line["key"], line["type"], where)
        return self._question(line, where)

    def _take(self, key: str, kind: str, where: str) -> None:
        if key in self._kinds:
            raise Refused(f"“{key}” is there already.", where)
        self._kinds[key] = kind

    def _question(self, line: re.Match[str], where: str) -> dict[str, Any]:
        kind, path = line["type"], line["path"]
        item: dict[str, Any] = {"linkId": line["key"], "type": _TYPES[kind], "text": line["text"].strip()}
        if "*" in line["marks"]:
            item["required"] = True
        if line["fixed"]:
            item["readOnly"] = True
        if kind in ("many", "open"):
            item["repeats"] = True
        if line["answers"] is not None:
            item["answerOption"] = _options(line["answers"], where)
        elif kind in ("one", "many", "open"):
            raise Refused("a choice needs its answers.", where)
        if path is not None and not is_path(path):
            raise Refused(f"“{path}” is nothing the record could fill in.", where)
        extensions = [*_bounds(line, kind)]
        if line["hint"]:
            extensions.append({"url": f"{_CORE}entryFormat", "valueString": line["hint"].strip()})
        if "~" in line["marks"]:
            extensions.append({"url": CARRIED, "valueBoolean": True})
        if path is not None:
            extensions.append({"url": PREFILLED, "valueString": path})
        if line["formula"]:
            formula = {"language": OURS, "expression": line["formula"].strip()}
            extensions.append({"url": CALCULATED[0], "valueExpression": formula})
        if extensions:
            item["extension"] = extensions
        if line["when"]:
            item |= self._when(line["when"].strip(), where)
        return item

    def _when(self, said: str, where: str) -> dict[str, Any]:
        if "&" in said and "/" in said:
            raise Refused("conditions are joined by & or by /, not by both.", where)
        made: list[dict[str, Any]] = []
        question = ""
        for part in re.split("[&/]", said):
            # After the first one the question may be left out: a=x/y.
            told = f"{question}={part}" if question and "/" in said and not set(part) & set("=<>") else part
            condition = self._condition(told, where)
            question = condition["question"]
            if condition["operator"] == "!=" and "/" not in said:
                made.append({"question": question, "operator": "exists", "answerBoolean": True})
            made.append(condition)
        return {"enableWhen": made, **({"enableBehavior": "any" if "/" in said else "all"} if len(made) > 1 else {})}

    def _condition(self, said: str, where: str) -> dict[str, Any]:
        found = _WHEN.fullmatch(said)
        if found is None or found[1] not in self._kinds:
            raise Refused(f"“{said}” hangs on no question above it.", where)
        key, operator, answer = found.groups()
        if operator is None:
            return {"question": key, "operator": "exists", "answerBoolean": True}
        kind = self._kinds[key]
        if kind == "yes":
            return {"question": key, "operator": operator, "answerBoolean": answer == "yes"}
        if kind in ("whole", "number"):
            return {"question": key, "operator": operator, "answerInteger": int(answer)}
        if operator in _ORDERED:
            raise Refused(f"“{said}” compares what has no size.", where)
        return {"question": key, "operator": operator, "answerCoding": {"code": answer.strip()}}


def _group(said: re.Match[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"linkId": said["key"], "type": "group"}
    if said["text"]:
        made["text"] = said["text"].strip()
    if said["repeats"]:
        made["repeats"] = True
    if said["least"]:
        made["extension"] = [{"url": f"{_CORE}questionnaire-minOccurs", "valueInteger": int(said["least"])}]
    return made


def _options(said: str, where: str) -> list[dict[str, Any]]:
    made, codes = [], set[str]()
    for words in (one.strip() for one in said.split(";")):
        alone, shown = words.startswith("!"), words.removeprefix("!").strip()
        code = code_of(shown)
        if not code or code in codes:
            raise Refused(f"the answer “{shown}” is empty or there twice.", where)
        codes.add(code)
        option: dict[str, Any] = {"valueCoding": {"code": code, "display": shown}}
        if alone:
            option["extension"] = [{"url": f"{_CORE}questionnaire-optionExclusive", "valueBoolean": True}]
        made.append(option)
    return made


def code_of(words: str) -> str:
    """What an answer is kept as: its words in small letters, with one underscore between them."""
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")


def _bounds(line: re.Match[str], kind: str) -> list[dict[str, Any]]:
    value = "valueInteger" if kind == "whole" else "valueDecimal"
    return [
        {"url": f"{_CORE}{name}", value: int(limit)}
        for name, limit in (("minValue", line["least"]), ("maxValue", line["most"]))
        if limit
    ]


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    under = [_without_empty(one) for one in item.pop("item", [])]
    return {**item, "item": under} if under else item
