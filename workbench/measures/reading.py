"""A measure's file becomes a measure. Whatever in a file is not understood is a mistake of ours, and says where."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from workbench.formula.evaluating import Compiled, compiled
from workbench.formula.functions import Number
from workbench.formula.reading import read_formula
from workbench.formula.syntax import NotAFormula, asks_for
from workbench.measures.definition import Band, Change, Item, Licence, Measure, Scale

YES_NO: Final[Mapping[str, int]] = {"yes": 1, "no": 0}
GIVEN: Final = frozenset({"age", "sex", "respondent", "education_years"})
"""What else than answers may decide a score."""

_RANGE: Final = re.compile(r"(\d+)\.\.(\d+)")
_MUST: Final = frozenset({"measure", "rule", "title", "licence", "rights", "source", "items"})
_MAY: Final = frozenset({
    "total", "bands", "band", "positive", "scales", "flags", "findings", "change", "loinc", "ages", "respondent",
    "reversed", "skips", "critical", "words_sha256", "aliases",
})  # fmt: skip


class BadDefinition(ValueError):
    """A file of the library is no measure."""


def read_measure(text: str) -> Measure:
    """The measure that a file of the library describes.

    Raises:
        BadDefinition: a key is missing or unknown, or a formula asks for what does not exist.
    """
    said = tomllib.loads(text, parse_float=Decimal)
    if wrong := (_MUST - set(said)) | (set(said) - _MUST - _MAY):
        raise BadDefinition(f"{said.get('rule', '?')}: {', '.join(sorted(wrong))}")
    return _Definition(said).measure()


class _Definition:
    """One file while it is read: formulas may ask for items, for what is given, and for scores worked out before."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self._keys = {key for group in said["items"] for key in listed(group["keys"])}
        self._names = set(GIVEN)

    def measure(self) -> Measure:
        said = self._said
        scales = tuple(self._scales())
        total = self._formula(said.get("total"))
        self._names.add("total")
        flags = {f"item{key}_positive": f"[{key}] >= 1" for key in said.get("critical", ())} | said.get("flags", {})
        return Measure(
            measure=said["measure"],
            key=said["rule"],
            title=said["title"],
            licence=Licence(said["licence"]),
            rights=said["rights"],
            source=said["source"],
            items=tuple(_as_numbered(list(self._items()))),
            total=total,
            bands=_bands(said.get("bands", ())),
            band=self._formula(said.get("band")),
            positive=self._formula(said.get("positive")),
            scales=scales,
            critical=tuple(said.get("critical", ())),
            flags={name: self._sure(text) for name, text in flags.items()},
            findings={name: self._sure(text) for name, text in said.get("findings", {}).items()},
            change=self._change(said.get("change", {})),
            loinc=said.get("loinc", ""),
            ages=tuple(said["ages"]) if "ages" in said else None,
            respondent=said.get("respondent", "self"),
            words_sha256=said.get("words_sha256", ""),
            aliases=tuple(said.get("aliases", ())),
        )

    def _items(self) -> Iterator[Item]:
        turned = set(listed(self._said.get("reversed", "")))
        skips = {key: skip for skip in self._said.get("skips", ()) for key in listed(skip["keys"])}
        for group in self._said["items"]:
            least, most = (0, 1) if group.get("yes_no") else group["scale"]
            words = YES_NO if group.get("yes_no") else {}
            for key in listed(group["keys"]):
                points: dict[Number, Number] = dict(enumerate(group.get("points", ()), start=least))
                if key in turned:
                    steps = range(least, most + 1)
                    points = {step: points.get(least + most - step, least + most - step) for step in steps}
                yield Item(
                    key=key,
                    least=least,
                    most=most,
                    values=frozenset(group.get("values", ())),
                    points=points,
                    words={**words, **group.get("also", {})},
                    has_parts=group.get("has_parts", False),
                    is_optional=group.get("optional", False),
                    skip=self._formula(skips[key]["when"]) if key in skips else None,
                    must_say_skipped=skips.get(key, {}).get("if_said", False),
                    asked_when=_asked_when(skips.get(key, {})),
                )

    def _scales(self) -> Iterator[Scale]:
        for name, said in self._said.get("scales", {}).items():
            told: Mapping[str, Any] = {"score": said} if isinstance(said, str) else said
            score = self._sure(told["score"])
            self._names.add(name)
            yield Scale(name, score, _bands(told.get("bands", ())), self._formula(told.get("cut")))

    def _change(self, said: Mapping[str, Any]) -> Change:
        self._names |= {"first", "last"}
        points = ("reliable", "meaningful", "meaningful_pct", "response_pct")
        return Change(
            is_lower_better=said.get("better", "lower") == "lower",
            **{name: Decimal(said[name]) for name in points if name in said},
            remission=self._formula(said.get("remission")),
            source=said.get("source", ""),
        )

    def _formula(self, text: str | None) -> Compiled | None:
        return None if text is None else self._sure(text)

    def _sure(self, text: str) -> Compiled:
        try:
            node = read_formula(text)
        except NotAFormula as refused:
            raise BadDefinition(f"{self._said['rule']}: {text}: {refused}") from refused
        items, names = asks_for(node)
        if unknown := (items - self._keys) | (names - self._names):
            raise BadDefinition(f"{self._said['rule']}: {text}: nobody knows {', '.join(sorted(unknown))}")
        return compiled(node)


def _as_numbered(items: list[Item]) -> list[Item]:
    """The numbered ones in the order of their numbers, wherever the file groups them; the others where they stand."""
    numbered = iter(sorted((item for item in items if item.key[0].isdecimal()), key=lambda item: _number(item.key)))
    return [next(numbered) if item.key[0].isdecimal() else item for item in items]


def _number(key: str) -> tuple[int, str]:
    digits = key.rstrip("abcdefgh")
    return int(digits), key[len(digits) :]


def listed(keys: str) -> Iterator[str]:
    """`1..3, 6a` is 1, 2, 3 and 6a."""
    for part in keys.split(","):
        if between := _RANGE.fullmatch(part.strip()):
            yield from map(str, range(int(between.group(1)), int(between.group(2)) + 1))
        elif part.strip():
            yield part.strip()


def _asked_when(skip: Mapping[str, Any]) -> str:
    """A form asks until it is certain that the item is skipped; where that is only concluded, it always asks."""
    if not skip or skip.get("if_said") or skip.get("concluded"):
        return ""
    return f"not any(known({skip['when']}))"


def _bands(said: list[tuple[str, int, int]] | tuple[()]) -> tuple[Band, ...]:
    return tuple(Band(name, least, most) for name, least, most in said)
