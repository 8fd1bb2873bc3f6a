"""Requests to amend a record: the clock, the grounds of a denial, how one stands, and what is printed with the record.

Source: 45 CFR 164.526.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import spoken_day, spoken_instant
from workbench.paper.leaf import RecordKind
from workbench.paper.sheet import Part
from workbench.releases.amendment_tables import AmendmentRequest, AmendmentStep, AmendmentText, StepKind
from workbench.store.newest import Rows

DAYS: Final = timedelta(days=60)
MORE_DAYS: Final = timedelta(days=30)
"""Once, told to the person in writing with the reason before the first sixty are over."""
LONGEST: Final = 5_000
OTHER: Final = "other"
"""The kind of a request about no single record."""


class DenialGround(StrEnum):
    """The four of 164.526(a)(2). Stored values."""

    NOT_CREATED_HERE = "not_created_here"
    NOT_IN_THE_SET = "not_in_the_set"
    NOT_OPEN_TO_THEM = "not_open_to_them"
    ACCURATE = "accurate"


GROUND_WORDS: Final = {
    DenialGround.NOT_CREATED_HERE: "It was not created here, and whoever created it can still be asked",
    DenialGround.NOT_IN_THE_SET: "It is not part of the designated record set",
    DenialGround.NOT_OPEN_TO_THEM: "It is not open to inspection by the person",
    DenialGround.ACCURATE: "It is accurate and complete",
}
STEP_WORDS: Final = {
    StepKind.EXTENDED: "More time taken",
    StepKind.ACCEPTED: "Accepted",
    StepKind.DENIED: "Denied",
    StepKind.DISAGREED: "Statement of disagreement",
    StepKind.REBUTTED: "Rebuttal",
}


class AmendmentUnclear(WorkbenchError):
    """Something is missing or too long. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class StepNotNow(WorkbenchError):
    """The request stands otherwise than the step needs."""


@dataclass(frozen=True)
class Case:
    """A request with its steps."""

    row: AmendmentRequest
    steps: tuple[AmendmentStep, ...]

    def step(self, kind: StepKind) -> AmendmentStep | None:
        """That step, if it was taken."""
        return next((one for one in self.steps if one.kind == kind), None)

    @property
    def answer(self) -> AmendmentStep | None:
        """The acceptance or the denial."""
        return self.step(StepKind.ACCEPTED) or self.step(StepKind.DENIED)

    @property
    def due_on(self) -> date:
        """The last day for an answer."""
        more = self.step(StepKind.EXTENDED)
        return more.due_on if more is not None and more.due_on is not None else self.row.due_on


def cases(rows: Rows, *which: ColumnElement[bool]) -> tuple[Case, ...]:
    """The requests that meet `which`, the oldest first."""
    found = rows.scalars(select(AmendmentRequest).where(*which).order_by(AmendmentRequest.received_on)).all()
    steps = defaultdict(list)
    taken = select(AmendmentStep).where(AmendmentStep.request_id.in_([one.id for one in found]))
    for step in rows.scalars(taken.order_by(AmendmentStep.at)):
        steps[step.request_id].append(step)
    return tuple(Case(one, tuple(steps[one.id])) for one in found)


def check_step(case: Case, kind: StepKind, today: date) -> None:
    """Whether this step may be taken now.

    Raises:
        StepNotNow: with the reason.
    """
    if case.step(kind) is not None:
        raise StepNotNow("This was done already. The page shows it.")
    denied = case.step(StepKind.DENIED)
    if kind is StepKind.EXTENDED:
        if case.answer is not None:
            raise StepNotNow("This request is answered, so it needs no more time.")
        if today > case.due_on:
            raise StepNotNow("The sixty days are over. More time is taken before they end, not after.")
    elif kind in (StepKind.ACCEPTED, StepKind.DENIED):
        if case.answer is not None:
            raise StepNotNow("This request is answered already. The page shows how.")
    elif denied is None:
        raise StepNotNow("Only a request that was denied is disagreed with.")
    elif kind is StepKind.REBUTTED and case.step(StepKind.DISAGREED) is None:
        raise StepNotNow("There is no statement of disagreement to answer.")


def checked_amendment(told: AmendmentText, received_on: date, today: date) -> AmendmentText:
    """A request as it is kept.

    Raises:
        AmendmentUnclear: by field.
    """
    tidy = AmendmentText(told.wrong.strip(), told.why.strip(), told.tell.strip())
    problems = {}
    if not 0 < len(tidy.wrong) <= LONGEST:
        problems["wrong"] = f"Write down what is said to be wrong, in at most {LONGEST:,} letters."
    if not 0 < len(tidy.why) <= LONGEST:
        problems["why"] = f"Write down the reason that was given, in at most {LONGEST:,} letters."
    if len(tidy.tell) > LONGEST:
        problems["tell"] = f"At most {LONGEST:,} letters."
    if received_on > today:
        problems["received_on"] = "This day has not come yet."
    if problems:
        raise AmendmentUnclear(problems)
    return tidy


def checked_words(words: str, name: str = "words") -> str:
    """A statement that was given.

    Raises:
        AmendmentUnclear.
    """
    if not 0 < len(words.strip()) <= LONGEST:
        raise AmendmentUnclear({name: f"Please write it down, in at most {LONGEST:,} letters."})
    return words.strip()


def amendment_parts(rows: Rows, kind: RecordKind, record_id: str, zone: ZoneInfo) -> tuple[Part, ...]:
    """What travels with a record whose amendment was accepted or disputed (164.526(c)(1), (d)(4), (d)(5)).

    A denial without a statement of disagreement does not travel by itself; what was accepted, or is disputed, does.
    """
    parts: list[Part] = []
    about = (AmendmentRequest.kind == kind, AmendmentRequest.record_id == record_id)
    for case in cases(rows, *about):
        disputed, accepted = case.step(StepKind.DISAGREED), case.step(StepKind.ACCEPTED)
        if disputed is None and accepted is None:
            continue
        parts += [
            Part("heading", text=f"Request to amend, received {spoken_day(case.row.received_on)}"),
            Part("answer", "Said to be wrong", case.row.told.wrong), Part("answer", "Because", case.row.told.why),
        ]  # fmt: skip
        for step in case.steps:
            if step.kind != StepKind.EXTENDED:
                parts += _step(step, zone)
    return tuple(parts)


def _step(step: AmendmentStep, zone: ZoneInfo) -> list[Part]:
    ground = f"{GROUND_WORDS[DenialGround(step.ground)]}.\n" if step.ground else ""
    label = f"{STEP_WORDS[StepKind(step.kind)]}, {step.said_as}, {spoken_instant(step.at, zone)}"
    return [Part("answer", label, f"{ground}{step.told.words}")]
