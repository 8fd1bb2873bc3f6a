"""Scores of measures. Pure: answers in, a total with its band and flags out; nothing is clamped or guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workbench.formula.evaluating import Known
from workbench.formula.functions import Number, Value
from workbench.formula.functions import number as as_number
from workbench.kernel.errors import WorkbenchError
from workbench.measures.definition import Item, Measure, band_of

Answer = int | Decimal | str | None
SKIPPED: Final = "NA"
PRORATED: Final = "prorated"
"""The flag of a score in which its own rule let an item be missing."""


class NotAnAnswer(WorkbenchError):
    """An answer is outside what the item allows, or there are too many or too few."""


@dataclass(frozen=True)
class Subscore:
    """What one scale came to. is_above: whether it reaches its threshold; None where it has none or is not known."""

    value: Number | None
    band: str = ""
    is_above: bool | None = None


@dataclass(frozen=True)
class Score:
    """What answers come to. total: None while an item is missing, or where the measure has none.

    positive: whether it reaches the measure's cut-off; None where there is none, or it is not known.
    """

    total: Number | None
    band: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    positive: bool | None = None
    scales: Mapping[str, Subscore] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    is_complete: bool = True


def score(measure: Measure, answers: Mapping[str, Answer], given: Mapping[str, Value] | None = None) -> Score:
    """The score of one administration.

    answers: by item; None is not answered, "NA" rightly not asked, yes and no where the measure uses words.
    given: what else decides, such as age in years and sex ("female", "male").

    Raises:
        NotAnAnswer: an answer is not one of the item's, or there is no such item.
    """
    if extra := [key for key in answers if key not in measure.by_key]:
        raise NotAnAnswer(f"{measure.measure} has no item {extra[0][:20]}.")
    names = dict(given or {})
    items: dict[str, Value] = {}
    missing = []
    for item in measure.items:
        items[item.key] = _points(measure, item, answers.get(item.key))
    known = Known(items, names)
    for item in measure.items:
        if items[item.key] is None and not _is_skipped(measure, item, known, answers):
            missing += [] if item.is_optional else [item.key]
        elif items[item.key] is None:
            items[item.key] = 0
    scales = {}
    for scale in measure.scales:
        value = as_number(scale.score(known))
        names[scale.name] = value
        cut = scale.cut(known) if scale.cut else None
        scales[scale.name] = Subscore(value, band_of(scale.bands, value), _truth(cut))
    return _summed(measure, known, names, scales, tuple(missing))


def score_of_total(measure: Measure, total: Number) -> Score:
    """The score of a measure whose total alone is entered, from the licensed paper or program.

    Raises:
        NotAnAnswer: there is no such total.
    """
    if not measure.lowest <= total <= measure.highest:
        raise NotAnAnswer(f"{measure.measure}: a total is from {measure.lowest} to {measure.highest}.")
    known = Known({}, {"total": total})
    band = measure.band(known) if measure.band else None
    return Score(
        total=total,
        band=band if isinstance(band, str) else band_of(measure.bands, total),
        flags=(),
        missing=(),
        positive=_truth(measure.positive(known)) if measure.positive else None,
    )


def _summed(
    measure: Measure, known: Known, names: dict[str, Value], scales: Mapping[str, Subscore], missing: tuple[str, ...]
) -> Score:
    total = as_number(measure.total(known)) if measure.total else None
    names["total"] = total
    flags = tuple(name for name, when in measure.flags.items() if when(known) is True)
    scored = [total] if measure.total else [one.value for one in scales.values()]
    # With parts that may be missing by the rule itself, what counts is whether it came to a score.
    is_complete = None not in scored if scored else not missing
    prorated = (PRORATED,) if missing and scored and is_complete else ()
    # A table of decisions may be certain before everything is answered.
    band = measure.band(known) if measure.band else None
    return Score(
        total=total,
        band=band if isinstance(band, str) else band_of(measure.bands, total),
        flags=flags + prorated,
        missing=missing,
        positive=_truth(measure.positive(known)) if measure.positive else None,
        scales=scales,
        findings=tuple(name for name, when in measure.findings.items() if when(known) is True),
        is_complete=is_complete,
    )


def _points(measure: Measure, item: Item, answer: Answer) -> Number | None:
    """What a response scores; None where there is none."""
    if answer is None or answer == SKIPPED:
        return None
    response = item.words.get(answer.lower()) if isinstance(answer, str) else as_number(answer)
    if response is None or not item.allows(response):
        raise NotAnAnswer(_allowed(measure, item))
    return item.points[response] if item.points else response


def _is_skipped(measure: Measure, item: Item, known: Known, answers: Mapping[str, Answer]) -> bool:
    """Whether the item was rightly not asked. Source: each measure's own skip instructions."""
    may_be = item.skip is not None and item.skip(known) is True
    is_said = answers.get(item.key) == SKIPPED
    if is_said and not may_be and not item.is_optional:
        raise NotAnAnswer(f"{measure.measure}, item {item.key}: with these answers it is not skipped.")
    return may_be and (is_said or not item.must_say_skipped)


def _allowed(measure: Measure, item: Item) -> str:
    if item.is_yes_or_no:
        words = sorted(item.words, reverse=True)
        return f"{measure.measure}, item {item.key}: an answer is {' or '.join(words)}."
    if item.values:
        steps = ", ".join(map(str, sorted(item.values)))
        return f"{measure.measure}, item {item.key}: an answer is one of {steps}."
    return f"{measure.measure}, item {item.key}: an answer is from {item.least} to {item.most}."


def _truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None
