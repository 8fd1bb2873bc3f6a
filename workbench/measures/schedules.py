"""When a measure is due. Pure: days come in.

A rule for one patient goes before the practice's; of those the one for the narrowest diagnosis that fits, then the one
for everybody. Nothing is due after treatment has ended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError

LONGEST: Final = 52
"""Weeks between two times."""
QUIET: Final = timedelta(days=60)
"""Without a visit for so long and none to come, somebody is not in treatment."""


class Cadence(StrEnum):
    """How often. Stored values."""

    VISIT = "visit"
    """At every visit."""
    WEEKS = "weeks"
    """Every so many weeks."""
    START = "start"
    """Once, at the first visit."""
    NEVER = "never"
    """Not at all: for one patient, instead of the practice's rule."""


class NotASchedule(WorkbenchError):
    """It says no time. `fields`: a sentence by field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.fields = {field: words}


@dataclass(frozen=True)
class Rule:
    """One measure, how often, for whom. measure: its name in files. patient_id: "" is everybody."""

    measure: str
    cadence: Cadence
    weeks: int = 0
    diagnosis: str = ""
    patient_id: str = ""


@dataclass(frozen=True)
class Care:
    """Where somebody's treatment stands. first, last: of the visits that were held; coming: the next one.

    ended_on: when a discharge was signed.
    """

    first: date | None = None
    last: date | None = None
    coming: date | None = None
    ended_on: date | None = None

    def is_going_on(self, today: date) -> bool:
        """Whether there is treatment: a visit lately or one to come, and no discharge since."""
        newest = max((day for day in (self.last, self.coming) if day is not None), default=None)
        if newest is None or (self.ended_on is not None and self.ended_on >= newest):
            return False
        return self.coming is not None or newest >= today - QUIET


def checked(cadence: str, weeks: int) -> tuple[Cadence, int]:
    """A cadence as it is kept.

    Raises:
        NotASchedule: there is none such, or weeks are out of range.
    """
    try:
        found = Cadence(cadence)
    except ValueError:
        raise NotASchedule("cadence", "Please choose one.") from None
    if found is not Cadence.WEEKS:
        return found, 0
    if not 1 <= weeks <= LONGEST:
        raise NotASchedule("weeks", f"Give 1 to {LONGEST} weeks.")
    return found, weeks


def rules_for(rules: Iterable[Rule], patient_id: str, diagnoses: Iterable[str]) -> Mapping[str, Rule]:
    """The rule that holds for this patient, by measure. diagnoses: ICD-10-CM codes."""
    codes = tuple(code.replace(".", "") for code in diagnoses)
    found: dict[str, Rule] = {}
    for rule in rules:
        fits = rule.patient_id == patient_id or (
            not rule.patient_id and any(code.startswith(rule.diagnosis.replace(".", "")) for code in (*codes, ""))
        )
        if fits and (rule.measure not in found or _rank(rule) > _rank(found[rule.measure])):
            found[rule.measure] = rule
    return {measure: rule for measure, rule in found.items() if rule.cadence is not Cadence.NEVER}


def _rank(rule: Rule) -> tuple[bool, int]:
    return bool(rule.patient_id), len(rule.diagnosis)


def due_on(rule: Rule, care: Care, taken_on: date | None, today: date) -> date | None:
    """From which day it is due; None where it is not, or not any more. taken_on: when it was answered last."""
    if not care.is_going_on(today):
        return None
    if taken_on is None:
        return care.first or care.coming
    if rule.cadence is Cadence.START:
        return None
    if rule.cadence is Cadence.WEEKS:
        return taken_on + timedelta(weeks=rule.weeks)
    return care.last if care.last is not None and care.last > taken_on else care.coming
