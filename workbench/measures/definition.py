"""What a measure is: its items, how they are scored, what a score means. Read from data; wording of items is not here.

Counts, keys and cut-offs are facts, each file names their source; the words of an item may be somebody's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from workbench.formula.evaluating import Compiled, Known
from workbench.formula.functions import Number, Value, number

A = TypeVar("A")


class Licence(StrEnum):
    """What may be done with a measure's words. Stored values."""

    SHIP = "A"
    """The words come with the product."""
    PACK = "B"
    """The words come in a pack of their own, with its terms; nobody edits them."""
    SHELL = "C"
    """Numbers and scores only; a practice with the right to the words adds them."""
    SCORE_ONLY = "D"
    """Not even a numbered form: the total is entered from the licensed paper or program."""


@dataclass(frozen=True)
class Item:
    """One question. Responses run from `least` to `most`, or are those of `values`.

    points: what each response scores, where that is not the response itself. words: responses that are words, with the
    number each stands for. has_parts: a line to mark, not steps, so a tenth counts. skip: when it is rightly not asked;
    it then scores nothing. must_say_skipped: what is simply not there is still missing. is_optional: asked, and part of
    no score. asked_when: the formula by which a form asks it; empty is always.
    """

    key: str
    least: int
    most: int
    values: frozenset[int] = frozenset()
    points: Mapping[Number, Number] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    has_parts: bool = False
    is_optional: bool = False
    skip: Compiled | None = None
    must_say_skipped: bool = False
    asked_when: str = ""

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is answered by yes or no."""
        return "yes" in self.words

    def scores(self) -> tuple[Number, ...]:
        """The least and the most a response scores, and whatever lies between for steps of their own."""
        return tuple(self.points.values()) or (self.least, self.most)

    def allows(self, response: Number) -> bool:
        """Whether a response is one of its own."""
        if self.values:
            return response in self.values
        whole = isinstance(response, int) or response == response.to_integral_value()
        return self.least <= response <= self.most and (whole or self.has_parts)


@dataclass(frozen=True)
class Band:
    """A range of scores with its name; both ends belong to it."""

    name: str
    least: int
    most: int


@dataclass(frozen=True)
class Scale:
    """A part of a measure with a score of its own. cut: when it is above its threshold."""

    name: str
    score: Compiled
    bands: tuple[Band, ...] = ()
    cut: Compiled | None = None


@dataclass(frozen=True)
class Change:
    """From when on a change is one. None where nobody published a threshold.

    reliable: beyond what the measure's own error explains. meaningful: beyond what people notice. Both in points.
    response_pct: a part of the first score. remission: what is no longer a case, of `first` and `last`.
    """

    is_lower_better: bool = True
    reliable: Decimal | None = None
    meaningful: Decimal | None = None
    meaningful_pct: Decimal | None = None
    response_pct: Decimal | None = None
    remission: Compiled | None = None
    source: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure under one rule. `key`: name and version of the rule, kept with every result for ever.

    flags: raised by what was answered, whatever else is missing. critical: the items that raise one from 1 on.
    findings: what the answers meet beside a score. words_sha256: of the words that are shipped with it.
    aliases: what else it is called.
    """

    measure: str
    key: str
    title: str
    licence: Licence
    rights: str
    source: str
    items: tuple[Item, ...]
    total: Compiled | None
    bands: tuple[Band, ...]
    band: Compiled | None
    positive: Compiled | None
    scales: tuple[Scale, ...]
    flags: Mapping[str, Compiled]
    critical: tuple[str, ...]
    findings: Mapping[str, Compiled]
    change: Change
    loinc: str = ""
    ages: tuple[int, int] | None = None
    respondent: str = "self"
    words_sha256: str = ""
    aliases: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Its items by their key."""
        return {item.key: item for item in self.items}

    @property
    def by_total_only(self) -> bool:
        """Whether only its total may be entered, although the rule knows its items."""
        return self.licence is Licence.SCORE_ONLY and any(item.key.isdecimal() for item in self.scored)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """The items that count."""
        return tuple(item for item in self.items if not item.is_optional)

    def in_order(self, answers: Sequence[A]) -> dict[str, A]:
        """Answers to the items that count, by item.

        Raises:
            ValueError: there are more or fewer of them.
        """
        return dict(zip((item.key for item in self.scored), answers, strict=True))

    @property
    def lowest(self) -> Number:
        """The lowest total; 0 where it has none."""
        return self._end(min)

    @property
    def highest(self) -> Number:
        """The highest total; 0 where it has none."""
        return self._end(max)

    def _end(self, choose: Callable[[Iterable[Number]], Number]) -> Number:
        """The total if every response scored as little, or as much, as it can."""
        items = {item.key: choose(item.scores()) for item in self.items}
        names: dict[str, Value] = {}
        for scale in self.scales:
            names[scale.name] = scale.score(Known(items, names))
        return number(self.total(Known(items, names))) or 0 if self.total else 0


def band_of(bands: tuple[Band, ...], score: Number | None) -> str:
    """The name of the band a score is in; empty where there is none. A part of a point belongs to the band below."""
    if score is None:
        return ""
    return next((band.name for band in reversed(bands) if band.least <= score < band.most + 1), "")
