"""`workbench measure score`, `change` and `list`: scoring for other people's scripts. JSON lines in, JSON lines out.

An unknown measure and an answer out of range are an `error` on their line, never a clamp; the lines after it go on.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from workbench.formula.functions import Number, Value
from workbench.formula.functions import number as as_number
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.change import changed
from workbench.measures.reading import GIVEN
from workbench.measures.scoring import score

_NOTHING: Mapping[str, Any] = {
    "rule": None, "complete": False, "total": None, "band": None, "positive": None, "flags": [], "subscores": {},
    "missing": [], "error": None,
}  # fmt: skip
_NO_CHANGE = {
    "change": None, "reliable": None, "clinically_meaningful": None, "responded": None, "remission": None,
}  # fmt: skip


class NotALine(WorkbenchError):
    """A line is not what the command reads."""


def register(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group."""
    commands = groups.add_parser("measure", help="score measures; needs no practice").add_subparsers(
        dest="command", required=True, metavar="COMMAND"
    )
    commands.add_parser("score", help="answers as JSON lines on stdin, a score a line").set_defaults(
        run=lambda _: _each_line(_scored, {"measure": None, **_NOTHING})
    )
    commands.add_parser("change", help="first and last score as JSON lines on stdin").set_defaults(
        run=lambda _: _each_line(_changed, _NO_CHANGE)
    )
    shown = commands.add_parser("list", help="every measure with its licence class, rule and source")
    shown.add_argument("--json", action="store_true", help="as JSON, for scripts")
    shown.set_defaults(run=_list)


def _each_line(answer: Callable[[Mapping[str, Any]], dict[str, Any]], nothing: Mapping[str, Any]) -> int:
    for line in sys.stdin:
        if not line.strip():
            continue
        told: dict[str, Any] = {"id": None} | dict(nothing)
        try:
            said = _read(line)
            told["id"] = said.get("id")
            if "measure" in told:
                told["measure"] = said.get("measure")
            told |= answer(said)
        except WorkbenchError as refused:
            told["error"] = sentence(refused)
        print(json.dumps(told, ensure_ascii=False, default=_plain), flush=True)
    return 0


def _read(line: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError) as broken:
        raise NotALine("This line is not JSON.") from broken
    if not isinstance(said, dict):
        raise NotALine("Each line is one JSON object.")
    return said


def _scored(said: Mapping[str, Any]) -> dict[str, Any]:
    measure = measure_named(_text(said, "measure"))
    found = score(measure, _mapping(said, "answers"), _given(said))
    return {
        "measure": measure.measure,
        "rule": measure.key,
        "complete": found.is_complete,
        "total": found.total,
        "band": found.band or None,
        "positive": found.positive,
        "flags": list(found.flags) + list(found.findings),
        "subscores": {name: scale.value for name, scale in found.scales.items()},
        "missing": list(found.missing),
    }


def _changed(said: Mapping[str, Any]) -> dict[str, Any]:
    measure = measure_named(_text(said, "measure"))
    found = changed(measure, _number(said, "first"), _number(said, "last"))
    return {name: getattr(found, name) for name in _NO_CHANGE}


def _given(said: Mapping[str, Any]) -> dict[str, Value]:
    """What else decides. What no rule asks for is left aside; an age that is no number decides nothing."""
    context = _mapping(said, "context") if said.get("context") is not None else {}
    return {name: value for name, value in context.items() if name in GIVEN and isinstance(value, str | int | Decimal)}


def _mapping(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    if not isinstance(value, dict):
        raise NotALine(f"“{name}” is an object, such as {{}}.")
    return value


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise NotALine(f"“{name}” is missing.")
    return value


def _number(said: Mapping[str, Any], name: str) -> Number:
    value = said.get(name)
    if (told := as_number(value)) is None:
        raise NotALine(f"“{name}” is a number.")
    return told


def _plain(value: object) -> int | float:
    """A part of a point as JSON has it."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in the contract")
    return int(value) if value == value.to_integral_value() else float(value)


def _list(given: argparse.Namespace) -> int:
    told = [
        {
            "measure": one.measure, "title": one.title, "rule": one.key, "licence": str(one.licence),
            "rights": one.rights, "source": one.source, "items": len(one.items), "loinc": one.loinc or None,
        }
        for one in measures().values()
    ]  # fmt: skip
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for row in told:
        print(f"{row['measure']:<22}{row['licence']}  {row['rule']:<16}{row['title']}")
    return 0
