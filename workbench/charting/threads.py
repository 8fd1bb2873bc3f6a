"""The golden thread: from assessment to diagnosis, problem, goal, objective and note, and where it is broken. Pure.

Source: the concept of Washington's DBHR (2017) and of auditors: each service leads back to an assessed need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from workbench.charting.plan_tables import Goal, Objective, ObjectiveState, PlanText, Problem
from workbench.charting.plans import Review, diagnoses_of, objectives_of, review_of, review_on
from workbench.kernel.time import spoken_day

TOUCHED_WITHIN: Final = timedelta(days=30)
"""An active objective that no note served for longer is asked about."""


class GapKind(StrEnum):
    """Where a thread breaks."""

    ASSESSMENT = "assessment"
    PLAN = "plan"
    REVIEW = "review"
    DIAGNOSIS = "diagnosis"
    PROBLEM = "problem"
    GOAL = "goal"
    OBJECTIVE = "objective"
    NOTE = "note"


@dataclass(frozen=True)
class Gap:
    """One break in words. about: the id of the part, or the code of the diagnosis; "" for the whole."""

    kind: GapKind
    words: str
    about: str = ""
    is_pressing: bool = False


@dataclass(frozen=True)
class Served:
    """A signed note and the objectives it named."""

    note_id: str
    service_on: date
    objectives: frozenset[str]


@dataclass(frozen=True)
class Thread:
    """What there is of one patient on a day. signed_on: of the plan in force; since: from when each objective stands.

    diagnoses: of the newest signed note. notes: the signed ones.
    """

    today: date
    assessed_on: date | None = None
    plan: PlanText | None = None
    signed_on: date | None = None
    since: Mapping[str, date] = field(default_factory=dict)
    diagnoses: tuple[str, ...] = ()
    notes: tuple[Served, ...] = ()


def gaps(thread: Thread) -> tuple[Gap, ...]:
    """Every break, from the assessment to the notes."""
    found = []
    if thread.assessed_on is None:
        found.append(Gap(GapKind.ASSESSMENT, "No signed assessment stands in the record."))
    found += review_gaps(thread.signed_on, thread.today)
    if thread.plan is not None:
        found += _of_diagnoses(thread, thread.plan)
        found += links_missing(thread.plan)
        found += _of_objectives(thread, thread.plan)
        found += _of_notes(thread)
    return tuple(found)


def review_gaps(signed_on: date | None, today: date) -> tuple[Gap, ...]:
    """What is to be said about the plan's own time."""
    state = review_of(signed_on, today)
    if signed_on is None:
        return (Gap(GapKind.PLAN, "No treatment plan is signed.", is_pressing=True),)
    due = spoken_day(review_on(signed_on))
    if state is Review.OVERDUE:
        return (Gap(GapKind.REVIEW, f"The plan was due for review by {due}.", is_pressing=True),)
    return (Gap(GapKind.REVIEW, f"The plan is due for review by {due}."),) if state is Review.SOON else ()


def links_missing(plan: PlanText) -> tuple[Gap, ...]:
    """What of a plan leads nowhere, whether it is signed or still written."""
    return tuple(gap for problem in plan.problems for gap in _of_problem(problem))


def _of_problem(problem: Problem) -> Iterator[Gap]:
    if not problem.diagnoses:
        yield Gap(GapKind.PROBLEM, f"The problem {named(problem)} names no diagnosis.", problem.id)
    if not problem.goals:
        yield Gap(GapKind.PROBLEM, f"The problem {named(problem)} has no goal.", problem.id)
    for goal in problem.goals:
        if not goal.objectives:
            yield Gap(GapKind.GOAL, f"The goal {named(goal)} has no objective.", goal.id)
        for one in goal.objectives:
            if one.state == ObjectiveState.ACTIVE and not one.interventions:
                yield Gap(GapKind.OBJECTIVE, f"Nothing is said to be done for {named(one)}.", one.id)


def _of_diagnoses(thread: Thread, plan: PlanText) -> Iterator[Gap]:
    treated = diagnoses_of(plan)
    for code in thread.diagnoses:
        if code not in treated:
            yield Gap(GapKind.DIAGNOSIS, f"The diagnosis {code} of the newest note stands for no problem.", code)


def _of_objectives(thread: Thread, plan: PlanText) -> Iterator[Gap]:
    for _, _, one in objectives_of(plan):
        if one.state != ObjectiveState.ACTIVE:
            continue
        days = [note.service_on for note in thread.notes if one.id in note.objectives]
        last = max(days, default=None)
        begun = last or thread.since.get(one.id) or thread.signed_on
        if begun is not None and thread.today - begun > TOUCHED_WITHIN:
            when = f"since {spoken_day(last)}" if last else "yet"
            yield Gap(GapKind.OBJECTIVE, f"No note served {named(one)} {when}.", one.id)
        if one.by is not None and one.by < thread.today:
            yield Gap(GapKind.OBJECTIVE, f"{named(one)} was to be reached by {spoken_day(one.by)}.", one.id)


def _of_notes(thread: Thread) -> Iterator[Gap]:
    aimless = unserving(thread)
    if aimless:
        notes, name = ("note", "names") if len(aimless) == 1 else ("notes", "name")
        said = f"{len(aimless)} {notes} since the plan was signed {name} no objective."
        yield Gap(GapKind.NOTE, said)


def unserving(thread: Thread) -> tuple[Served, ...]:
    """The notes of sessions since the plan in force was signed that name no objective."""
    signed_on = thread.signed_on
    return tuple(one for one in thread.notes
                 if signed_on is not None and one.service_on > signed_on and not one.objectives)  # fmt: skip


def named(part: Problem | Goal | Objective) -> str:
    """A part by its words in quotation marks, shortened; what has none yet is called so."""
    words = part.words.strip()
    if not words:
        return "without words"
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + '…'}”"


_SHOWN: Final = 80
