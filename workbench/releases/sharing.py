"""What the person's own site shows of their record, and on which ground something is not shown.

Sources: 45 CFR 164.524(a) (access, and when it may be denied), 45 CFR 171.202 (privacy and 171.201 harm as exceptions
to the rule against information blocking).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from workbench.kernel.errors import WorkbenchError
from workbench.paper.leaf import RecordKind
from workbench.releases.sharing_tables import SharingDecision, SharingMode, SharingRule
from workbench.store.newest import Rows

LONGEST: Final = 2_000
MOST_DAYS: Final = 30
"""A request for access is answered within thirty days (164.524(b)(2)), so no rule keeps a record back for longer."""


class Ground(StrEnum):
    """Why one record is not shown. Stored values."""

    DANGER = "danger"
    OTHER_PERSON = "other_person"
    REPRESENTATIVE = "representative"
    PROCEEDING = "proceeding"
    IN_CONFIDENCE = "in_confidence"


GROUND_WORDS: Final = {
    Ground.DANGER: "Reading it is reasonably likely to endanger life or physical safety (164.524(a)(3)(i))",
    Ground.OTHER_PERSON: "It names another person, whom it is likely to harm substantially (164.524(a)(3)(ii))",
    Ground.REPRESENTATIVE: "A representative's access is likely to cause substantial harm (164.524(a)(3)(iii))",
    Ground.PROCEEDING: "It was put together for a civil, criminal or administrative proceeding (164.524(a)(1)(ii))",
    Ground.IN_CONFIDENCE: "It was told in confidence and would reveal who told it (164.524(a)(2)(v))",
}
REVIEWED: Final = frozenset({Ground.DANGER, Ground.OTHER_PERSON, Ground.REPRESENTATIVE})
"""Of these the person may have another licensed professional review the refusal (164.524(a)(4))."""
USUAL: Final[Mapping[RecordKind, SharingMode]] = {
    RecordKind.NOTE: SharingMode.AT_ONCE,
    RecordKind.PLAN: SharingMode.AT_ONCE,
    RecordKind.FORM: SharingMode.AT_ONCE,
    RecordKind.MEASURE: SharingMode.AT_ONCE,
    RecordKind.DOCUMENT: SharingMode.ON_REQUEST,
}
"""Where the practice has said nothing: what it signed appears at once, what others sent when it is marked so."""


class Standing(StrEnum):
    """How one record stands."""

    SHOWN = "shown"
    LATER = "later"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


class SharingUnclear(WorkbenchError):
    """Something is missing or does not fit. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class NotSignedYet(WorkbenchError):
    """A draft is shown to nobody, whatever is decided."""

    def __init__(self) -> None:
        super().__init__("This is not signed yet, so nobody in care sees it. Decide once it is signed.")


@dataclass(frozen=True)
class Rule:
    """What holds for a kind."""

    mode: SharingMode
    days: int = 0
    why: str = ""


@dataclass(frozen=True)
class Shared:
    """How one record stands. from_on: the first day it is shown, of `later`. ground: of `withheld`."""

    standing: Standing
    from_on: date | None = None
    ground: Ground | None = None


def rules_of(rows: Rows) -> dict[RecordKind, Rule]:
    """What holds for every kind."""
    held = {kind: Rule(mode) for kind, mode in USUAL.items()}
    for row in rows.scalars(select(SharingRule).order_by(SharingRule.number)):
        held[RecordKind(row.kind)] = Rule(SharingMode(row.mode), row.days, row.why)
    return held


def decisions_of(rows: Rows, patient_id: str) -> dict[str, SharingDecision]:
    """What was said last of each record of one person, by its id."""
    query = select(SharingDecision).where(SharingDecision.patient_id == patient_id).order_by(SharingDecision.number)
    return {row.record_id: row for row in rows.scalars(query)}


def stands(rule: Rule, decision: SharingDecision | None, final_on: date, today: date, *, is_self: bool) -> Shared:
    """How a signed record stands. final_on: the day it was signed, or filed. What was said of it goes before the rule.

    is_self: for the person it is about; what is kept from a representative is not kept from them.
    """
    if decision is not None:
        if decision.is_shown:
            return Shared(Standing.SHOWN)
        if not (is_self and decision.ground == Ground.REPRESENTATIVE):
            return Shared(Standing.WITHHELD, ground=Ground(decision.ground))
    if rule.mode is SharingMode.ON_REQUEST:
        return Shared(Standing.ON_REQUEST)
    from_on = final_on + timedelta(days=rule.days)
    return Shared(Standing.SHOWN) if from_on <= today else Shared(Standing.LATER, from_on)


def checked_rule(kind: str, mode: str, days: int, why: str) -> Rule:
    """A rule as it is kept.

    Raises:
        SharingUnclear: by field.
    """
    problems = {}
    if kind not in set(RecordKind):
        problems["kind"] = "Please choose a kind of record."
    if mode not in set(SharingMode):
        problems["mode"] = "Please choose when it is shown."
    if mode == SharingMode.AFTER_DAYS and not 0 < days <= MOST_DAYS:
        problems["days"] = f"From 1 to {MOST_DAYS} days: access is owed within thirty (45 CFR 164.524(b)(2))."
    said = " ".join(why.split())
    if mode != SharingMode.AT_ONCE and not said:
        problems["why"] = "Say what the delay rests on: without a reason it may be information blocking (45 CFR 171)."
    if len(said) > LONGEST:
        problems["why"] = f"At most {LONGEST:,} letters."
    if problems:
        raise SharingUnclear(problems)
    return Rule(SharingMode(mode), days if mode == SharingMode.AFTER_DAYS else 0, said)


def checked_decision(is_shown: bool, ground: str, why: str) -> tuple[str, str]:
    """Ground and words as they are kept.

    Raises:
        SharingUnclear: by field.
    """
    problems, said = {}, why.strip()
    if not is_shown and ground not in set(Ground):
        problems["ground"] = "Please choose the ground of the law. Without one the record is theirs to read."
    if not is_shown and not said:
        problems["why"] = "Please write down what led you to this, for whoever reviews it."
    if len(said) > LONGEST:
        problems["why"] = f"At most {LONGEST:,} letters."
    if problems:
        raise SharingUnclear(problems)
    return ("" if is_shown else ground), said
