"""REDCap's branching logic and calculations as formulas of our own, where they mean the same.

`[smokes] = '1' and [since(2)] = '1'` asks for the choice 1 of one field and for the box 2 of another. REDCap's sums
leave out what is missing; ours do so only when told, so they are told.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from workbench.forms.questionnaire import is_number
from workbench.formula.reading import read_formula
from workbench.formula.syntax import NotAFormula

_BOX: Final = re.compile(r"\[([a-z][a-z0-9_]{0,99})\(([A-Za-z0-9_-]{1,50})\)\]\s*(=|<>|!=)\s*['\"]?([01])['\"]?")
_FIELD: Final = re.compile(r"\[([a-z][a-z0-9_]{0,99})\]")
_EMPTY: Final = re.compile(r"\[([a-z][a-z0-9_]{0,99})\]\s*(=|<>|!=)\s*(?:''|\"\")")
_QUOTED_NUMBER: Final = re.compile(r"(<=|>=|<|>)\s*['\"](-?\d+(?:\.\d+)?)['\"]")
_LENIENT: Final = ("sum", "mean", "min", "max")


def as_formula(text: str, kinds: Mapping[str, str]) -> str:
    """The formula that a piece of logic says; empty where it says something that ours cannot.

    kinds: every field of the dictionary with the kind of its answers: `truth`, `code`, `number` or `other`.
    """
    said = _boxes(" ".join(text.split()))
    said = _EMPTY.sub(lambda found: _emptiness(found.group(1), found.group(2) == "="), said)
    said = said.replace("<>", "!=").replace('"', "'")
    said = re.sub(r"\b(AND|OR|NOT)\b", lambda found: found.group(1).lower(), said)
    said = _QUOTED_NUMBER.sub(r"\1 \2", said)
    said = _compared(said, kinds)
    said = _lenient(said)
    if any(name not in kinds for name in _FIELD.findall(said)):
        return ""
    try:
        read_formula(said)
    except NotAFormula:
        return ""
    return said


def _boxes(text: str) -> str:
    """`[since(2)] = '1'` is true when 2 is among the answers to `since`."""

    def told(found: "re.Match[str]") -> str:
        name, code, sign, ticked = found.groups()
        is_ticked = (ticked == "1") == (sign == "=")
        return f"{'' if is_ticked else 'not '}any(known([{name}] = {_value(code)}))"

    return _BOX.sub(told, text)


def _value(code: str) -> str:
    """A code as formulas see it: one that is a number counts as one."""
    return code if is_number(code) else f"'{code}'"


def _emptiness(name: str, is_empty: bool) -> str:
    return f"(count(known([{name}])) {'=' if is_empty else '>'} 0)"


def _compared(text: str, kinds: Mapping[str, str]) -> str:
    """What a field is compared with becomes of the kind of its answers: '1' is true for a yes, 1 for a number."""

    def told(found: "re.Match[str]") -> str:
        name, sign, quoted, bare = found.groups()
        value, kind = quoted if quoted is not None else bare, kinds.get(name, "other")
        if kind == "truth":
            return f"[{name}] {sign} {'true' if value == '1' else 'false'}"
        return f"[{name}] {sign} {value if kind == 'number' else _value(value)}"

    return re.sub(r"\[([a-z][a-z0-9_]{0,99})\]\s*(=|!=)\s*(?:'([^']*)'|(-?\d+(?:\.\d+)?))", told, text)


def _lenient(text: str, functions: Collection[str] = _LENIENT) -> str:
    """`sum(a, b)` becomes `sum(known(a, b))`, because REDCap adds up what is there."""
    made, at = "", 0
    for found in re.finditer(rf"\b({'|'.join(functions)})\(", text):
        if found.start() < at:
            continue
        close = _closing(text, found.end())
        if close is None:
            return text
        made += text[at : found.end()] + "known(" + _lenient(text[found.end() : close], functions) + "))"
        at = close + 1
    return made + text[at:]


def _closing(text: str, at: int) -> int | None:
    depth = 1
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return None
