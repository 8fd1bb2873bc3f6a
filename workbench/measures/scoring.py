"""Scores of measures. Pure: answers in, a total with its band and flags out; nothing is clamped or guessed.

The numbers (items, ranges, bands) are facts of the published rules: PHQ-9, Kroenke, Spitzer and Williams 2001; GAD-7,
Spitzer and others 2006. No wording of an item is kept here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workbench.kernel.errors import WorkbenchError


class NotAnAnswer(WorkbenchError):
    """An answer is outside what the item allows, or there are too many or too few."""


@dataclass(frozen=True)
class Band:
    """A range of totals with its name; both ends belong to it."""

    name: str
    least: int
    most: int


@dataclass(frozen=True)
class Rule:
    """How a measure is scored: `items` answers of 0 to `most`, summed.

    key: name and version, kept with every result. critical: items, counted from 1, that raise a flag when above zero,
    whatever else is missing.
    """

    measure: str
    key: str
    items: int
    most: int
    bands: tuple[Band, ...]
    critical: tuple[int, ...] = ()

    @property
    def highest(self) -> int:
        """The highest total."""
        return self.items * self.most


PHQ_9: Final = Rule(
    "PHQ-9",
    "phq9@1",
    items=9,
    most=3,
    bands=(
        Band("minimal", 0, 4),
        Band("mild", 5, 9),
        Band("moderate", 10, 14),
        Band("moderately severe", 15, 19),
        Band("severe", 20, 27),
    ),
    critical=(9,),
)
GAD_7: Final = Rule(
    "GAD-7",
    "gad7@1",
    items=7,
    most=3,
    bands=(Band("minimal", 0, 4), Band("mild", 5, 9), Band("moderate", 10, 14), Band("severe", 15, 21)),
)
RULES: Final = {rule.key: rule for rule in (PHQ_9, GAD_7)}


@dataclass(frozen=True)
class Score:
    """What answers come to. total, band: None and empty while an item is missing. Items are counted from 1."""

    total: int | None
    band: str
    flags: tuple[str, ...]
    missing: tuple[int, ...]


def score(rule: Rule, answers: Sequence[int | None]) -> Score:
    """The score of one administration; None is an item left out, and then there is no total.

    Raises:
        NotAnAnswer: an answer is not one of the item's, or their number is not the measure's.
    """
    if len(answers) != rule.items:
        raise NotAnAnswer(f"{rule.measure} has {rule.items} items; {len(answers)} answers were given.")
    for item, answer in enumerate(answers, start=1):
        if answer is not None and not 0 <= answer <= rule.most:
            raise NotAnAnswer(f"{rule.measure}, item {item}: an answer is from 0 to {rule.most}.")
    missing = tuple(item for item, answer in enumerate(answers, start=1) if answer is None)
    flags = tuple(f"item{item}_positive" for item in rule.critical if answers[item - 1])
    if missing:
        return Score(None, "", flags, missing)
    total = sum(answer for answer in answers if answer is not None)
    return Score(total, band_of(rule, total), flags, ())


def band_of(rule: Rule, total: int) -> str:
    """The name of the band a total is in.

    Raises:
        NotAnAnswer: no such total.
    """
    for band in rule.bands:
        if band.least <= total <= band.most:
            return band.name
    raise NotAnAnswer(f"{rule.measure} has totals from 0 to {rule.highest}.")
