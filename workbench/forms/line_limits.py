"""What an answer must keep to, as it is typed by hand. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from workbench.forms.answering import NotAnAnswer, typed
from workbench.forms.line_parts import NotAnItem, kind_of, put, put_extension, said_by
from workbench.forms.questionnaire import Item, ItemType

_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
_LEAST, _MOST, _SHORTEST = f"{_CORE}minValue", f"{_CORE}maxValue", f"{_CORE}minLength"
_DECIMALS, _REGEX, _FORMAT = f"{_CORE}maxDecimalPlaces", f"{_CORE}regex", f"{_CORE}entryFormat"
_LONGEST: Final = 64_000
_VALUES: Final[Mapping[ItemType, str]] = {
    ItemType.INTEGER: "valueInteger", ItemType.DECIMAL: "valueDecimal", ItemType.DATE: "valueDate",
    ItemType.DATE_TIME: "valueDateTime", ItemType.TIME: "valueTime",
}  # fmt: skip
WITH_SIZE: Final = frozenset(_VALUES)
"""Types whose answers have a least and a most."""
WITH_LENGTH: Final = frozenset({ItemType.STRING, ItemType.TEXT, ItemType.URL})
OWN_PATTERN: Final = "own"
"""The name of a pattern that the form came with and that is none of ours."""


class Pattern(NamedTuple):
    """A pattern by its name. words: what is chosen from; wanted: what is said to whoever fills in."""

    regex: str
    words: str
    wanted: str


PATTERNS: Final[Mapping[str, Pattern]] = {
    "phone": Pattern(r"(\+1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]?\d{4}", "A US telephone number", "555-201-0123"),
    "zip": Pattern(r"\d{5}(-\d{4})?", "A ZIP code", "five digits, or five and four"),
    "state": Pattern(r"[A-Z]{2}", "A state by its two letters", "two capital letters"),
    "email": Pattern(r"[^@\s]{1,64}@[^@\s]{1,190}\.[A-Za-z]{2,24}", "A mail address", "name@example.com"),
    "digits": Pattern(r"\d+", "Digits only", "digits only"),
    "four": Pattern(r"\d{4}", "Four digits", "four digits"),
    "npi": Pattern(r"[12]\d{9}", "A national provider identifier", "ten digits, the first 1 or 2"),
    "icd": Pattern(r"[A-TV-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?", "A diagnosis code of ICD-10", "such as F41.1"),
    "words": Pattern(r"[^\d]+", "Words without digits", "no digits"),
}
"""The patterns to choose from: nobody has to write one."""


@dataclass(frozen=True)
class Limits:
    """What is typed; "" is no limit. pattern: a name of `PATTERNS`, or `own`."""

    least: str = ""
    most: str = ""
    decimals: str = ""
    shortest: str = ""
    longest: str = ""
    pattern: str = ""


NO_LIMITS: Final = Limits()


def limits_of(item: dict[str, Any]) -> Limits:
    """The limits of an item, as they would be typed."""
    told = said_by(item, _REGEX)
    regex = str(told.get("valueString", "")) if told else ""
    named = next((name for name, one in PATTERNS.items() if one.regex == regex), OWN_PATTERN if regex else "")
    return Limits(
        _value(item, _LEAST), _value(item, _MOST), _value(item, _DECIMALS, "valueInteger"),
        _value(item, _SHORTEST, "valueInteger"), str(item.get("maxLength", "")), named,
    )  # fmt: skip


def _value(item: dict[str, Any], url: str, name: str = "") -> str:
    told = said_by(item, url)
    return str(told.get(name or _VALUES.get(kind_of(item), ""), "")) if told else ""


def say_limits(item: dict[str, Any], limits: Limits) -> None:
    """Write the limits into the item; each that is the same stays as it came.

    Raises:
        NotAnItem: one is no limit of this kind of answer, or the two cross.
    """
    before, kind = limits_of(item), kind_of(item)
    if kind in _VALUES:
        for field, url in (("least", _LEAST), ("most", _MOST)):
            said = getattr(limits, field).strip()
            if said != getattr(before, field):
                put_extension(item, (url,), _sized(kind, field, url, said))
        if (limits.least, limits.most) != (before.least, before.most):
            _check_order(kind, limits)
    if kind is ItemType.DECIMAL and limits.decimals.strip() != before.decimals:
        places = _whole("decimals", limits.decimals, 0, 10)
        put_extension(item, (_DECIMALS,), None if places is None else {"url": _DECIMALS, "valueInteger": places})
    if kind in WITH_LENGTH:
        _say_lengths(item, limits, before)


def _say_lengths(item: dict[str, Any], limits: Limits, before: Limits) -> None:
    if (limits.shortest, limits.longest) != (before.shortest, before.longest):
        shortest = _whole("shortest", limits.shortest, 1, _LONGEST)
        longest = _whole("longest", limits.longest, 1, _LONGEST)
        if shortest is not None and longest is not None and shortest > longest:
            raise NotAnItem("longest", "The longest is shorter than the shortest.")
        put_extension(item, (_SHORTEST,), {"url": _SHORTEST, "valueInteger": shortest} if shortest else None)
        put(item, "maxLength", longest)
    if limits.pattern in (before.pattern, OWN_PATTERN):
        return
    if limits.pattern and limits.pattern not in PATTERNS:
        raise NotAnItem("pattern", "Choose one of the patterns.")
    pattern = PATTERNS.get(limits.pattern)
    put_extension(item, (_REGEX,), {"url": _REGEX, "valueString": pattern.regex} if pattern else None)
    if pattern and not said_by(item, _FORMAT):
        put_extension(item, (_FORMAT,), {"url": _FORMAT, "valueString": pattern.wanted})


def _sized(kind: ItemType, field: str, url: str, said: str) -> dict[str, Any] | None:
    if not said:
        return None
    return {"url": url, _VALUES[kind]: _answer(kind, field, said)}


def _answer(kind: ItemType, field: str, said: str) -> Any:
    try:
        (answer,) = typed(Item("limit", kind), [said])
    except NotAnAnswer as refused:
        raise NotAnItem(field, str(refused)) from None
    return answer


def _check_order(kind: ItemType, limits: Limits) -> None:
    if limits.least.strip() and limits.most.strip():
        least, most = (_answer(kind, field, getattr(limits, field).strip()) for field in ("least", "most"))
        if least > most:
            raise NotAnItem("most", "The most is below the least.")


def _whole(field: str, said: str, least: int, most: int) -> int | None:
    if not said.strip():
        return None
    if not re.fullmatch(r"\d{1,6}", said.strip(), re.ASCII) or not least <= int(said) <= most:
        raise NotAnItem(field, f"Write a whole number from {least} to {most:,}.")
    return int(said)
