"""What a treatment plan must say to be signed, what exactly is signed, and when it is reviewed. Pure.

Source: Oklahoma OAC 317:30-5-248 (a note names the goals and objectives it served). That a plan is reviewed every 90
days is what payers commonly ask for and no rule of one of them; a contract may say less.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from workbench.charting.plan_tables import Goal, Objective, ObjectiveState, PlanText, Problem, TreatmentPlan
from workbench.charting.rules import MOST_DIAGNOSES, NotADiagnosis, diagnosis
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import new_id
from workbench.kernel.time import microseconds

REVIEW_AFTER: Final = timedelta(days=90)
"""From the signature to the day a plan is due for review."""
WARN_BEFORE: Final = timedelta(days=14)
MOST_PROBLEMS: Final = 12
MOST_GOALS: Final = 16
MOST_OBJECTIVES: Final = 24
LONGEST_WORDS: Final = 2_000
_MOST_INTERVENTIONS: Final = 12
_HIGHEST_SCORE: Final = 1_000
_ASKED: Final = {
    "strengths": "Say what helps them.",
    "services": "Say which services, how often and for how long.",
    "discharge": "Say when treatment is done.",
    "took_part": "Say how they took part in making it.",
}


class PlanUnclear(WorkbenchError):
    """Something cannot be kept. `fields`: a sentence by field, which is an id, a point and what of it."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class PlanIncomplete(WorkbenchError):
    """What a signed plan must say is missing. `fields`: a sentence by field."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("This plan is not ready to sign. Please look at the marked fields.")
        self.fields = missing


class PlanLocked(WorkbenchError):
    """The version is signed; it never changes again."""

    def __init__(self) -> None:
        super().__init__("This version of the plan is signed and stays as it is. Begin its review to change it.")


class ObjectiveTakenAway(WorkbenchError):
    """Notes point at what a signed plan aims at: it is met or dropped, and never just gone."""

    def __init__(self) -> None:
        super().__init__("An objective of the signed plan is marked as met or dropped; it is not taken away.")


class NotAnObjective(WorkbenchError):
    """A note names what is no objective of this patient's plan."""

    def __init__(self) -> None:
        super().__init__("This is no objective of the signed plan. Please reload the page.")


class Review(StrEnum):
    """How a plan stands to its review."""

    NONE = "none"
    """No plan is signed."""
    IN_TIME = "in_time"
    SOON = "soon"
    """Due within two weeks."""
    OVERDUE = "overdue"


def review_on(signed_on: date) -> date:
    """The day by which a plan signed then is reviewed."""
    return signed_on + REVIEW_AFTER


def review_of(signed_on: date | None, today: date) -> Review:
    """How a plan stands that was signed on this day of the practice; on the day it is due it is not overdue yet."""
    if signed_on is None:
        return Review.NONE
    due = review_on(signed_on)
    return Review.OVERDUE if today > due else Review.SOON if today >= due - WARN_BEFORE else Review.IN_TIME


def objectives_of(text: PlanText) -> Iterator[tuple[Problem, Goal, Objective]]:
    """Every objective with what it belongs to, in the order of the plan."""
    for problem in text.problems:
        for goal in problem.goals:
            for objective in goal.objectives:
                yield problem, goal, objective


def active_objectives(text: PlanText) -> dict[str, Objective]:
    """What notes may name, by id."""
    return {one.id: one for _, _, one in objectives_of(text) if one.state == ObjectiveState.ACTIVE}


def diagnoses_of(text: PlanText) -> tuple[str, ...]:
    """The diagnoses of all its problems, each once."""
    return tuple(dict.fromkeys(code for problem in text.problems for code in problem.diagnoses))


def checked(text: PlanText) -> PlanText:
    """A plan as it is kept: words without space around them, codes in their form, no more than can be kept.

    Raises:
        PlanUnclear: with a sentence by field.
    """
    said: dict[str, str] = {}
    problems = tuple(_problem(one, said) for one in text.problems)
    whole = replace(text, problems=problems, **{name: _words(getattr(text, name), name, said) for name in _ASKED})
    goals = sum(len(problem.goals) for problem in problems)
    if len(problems) > MOST_PROBLEMS or goals > MOST_GOALS or sum(1 for _ in objectives_of(whole)) > MOST_OBJECTIVES:
        said["problems"] = (
            f"A plan has at most {MOST_PROBLEMS} problems, {MOST_GOALS} goals and {MOST_OBJECTIVES} objectives."
        )
    if said:
        raise PlanUnclear(said)
    return whole


def _problem(one: Problem, said: dict[str, str]) -> Problem:
    codes: tuple[str, ...] = ()
    try:
        codes = tuple(dict.fromkeys(diagnosis(code) for code in one.diagnoses if code.strip()))
    except NotADiagnosis as refusal:
        said[f"{one.id}.diagnoses"] = str(refusal)
    if len(codes) > MOST_DIAGNOSES:
        said[f"{one.id}.diagnoses"] = f"A problem has at most {MOST_DIAGNOSES} diagnoses."
    goals = tuple(
        replace(goal, words=_words(goal.words, f"{goal.id}.words", said),
                objectives=tuple(_objective(objective, said) for objective in goal.objectives))
        for goal in one.goals
    )  # fmt: skip
    return replace(one, words=_words(one.words, f"{one.id}.words", said), diagnoses=codes, goals=goals)


def _objective(one: Objective, said: dict[str, str]) -> Objective:
    words, baseline, target = (
        _words(getattr(one, name), f"{one.id}.{name}", said) for name in ("words", "baseline", "target")
    )
    done = tuple(line for each in one.interventions if (line := _words(each, f"{one.id}.interventions", said)))
    if len(done) > _MOST_INTERVENTIONS:
        said[f"{one.id}.interventions"] = f"An objective has at most {_MOST_INTERVENTIONS} interventions."
    if one.score is not None and not 0 <= one.score <= _HIGHEST_SCORE:
        said[f"{one.id}.score"] = f"Give a whole number from 0 to {_HIGHEST_SCORE:,}."
    if one.measure and one.score is None:
        said[f"{one.id}.score"] = "Say which total to come to."
    score = one.score if one.measure else None
    return replace(one, words=words, baseline=baseline, target=target, interventions=done, score=score)


def _words(typed: str, field: str, said: dict[str, str]) -> str:
    if len(typed.strip()) > LONGEST_WORDS:
        said[field] = f"This is longer than {LONGEST_WORDS:,} characters. Please shorten it."
    return typed.strip()


def with_ids(text: PlanText, known: frozenset[str]) -> PlanText:
    """Each part with an id of its own: what is known keeps it, once; what is new gets one."""
    left = set(known)

    def kept(old: str, prefix: str) -> str:
        if old in left and old.startswith(f"{prefix}_"):
            left.discard(old)
            return old
        return new_id(prefix)

    return replace(text, problems=tuple(
        replace(problem, id=kept(problem.id, "prb"), goals=tuple(
            replace(goal, id=kept(goal.id, "gol"), objectives=tuple(
                replace(one, id=kept(one.id, "obj")) for one in goal.objectives
            ))
            for goal in problem.goals
        ))
        for problem in text.problems
    ))  # fmt: skip


def ids_of(text: PlanText) -> frozenset[str]:
    """The ids of all its parts."""
    above = {one.id for one in text.problems} | {goal.id for one in text.problems for goal in one.goals}
    return frozenset(above | {one.id for _, _, one in objectives_of(text)})


def with_days(text: PlanText, before: PlanText | None, today: date) -> PlanText:
    """Each objective that is met or dropped with the day it became so. before: the version in force."""
    was = {one.id: one for _, _, one in objectives_of(before)} if before else {}

    def dated(one: Objective) -> Objective:
        old = was.get(one.id)
        if one.state == ObjectiveState.ACTIVE:
            return replace(one, settled_on=None)
        if old is not None and old.state == one.state:
            return replace(one, settled_on=old.settled_on)
        return replace(one, settled_on=one.settled_on or today)

    return replace(text, problems=tuple(
        replace(problem, goals=tuple(
            replace(goal, objectives=tuple(dated(one) for one in goal.objectives)) for goal in problem.goals
        ))
        for problem in text.problems
    ))  # fmt: skip


def check_keeps(text: PlanText, before: PlanText | None) -> None:
    """Whether every objective that is still aimed at in the version in force stands in the next one too.

    Raises:
        ObjectiveTakenAway.
    """
    if before is not None and not active_objectives(before).keys() <= {one.id for _, _, one in objectives_of(text)}:
        raise ObjectiveTakenAway


def missing_to_sign(text: PlanText) -> dict[str, str]:
    """What a signature still needs, a sentence by field. A missing link is told as a gap and does not stop it."""
    missing = {name: words for name, words in _ASKED.items() if not getattr(text, name)}
    for problem in text.problems:
        if not problem.words:
            missing[f"{problem.id}.words"] = "Say what is treated."
        missing |= {f"{goal.id}.words": "Say what they want." for goal in problem.goals if not goal.words}
    for _, _, one in objectives_of(text):
        if not one.words:
            missing[f"{one.id}.words"] = "Say what is to be reached."
        if not one.measure and not one.target:
            missing[f"{one.id}.target"] = "Say how it is measured: a total to come to, or in words."
    if not text.problems:
        missing["problems"] = "A plan treats at least one problem."
    return missing


def content_hash(plan: TreatmentPlan, text: PlanText) -> str:
    """SHA-256 of what was signed: the text, of whose plan, which version, by whom, as what and when.

    What is empty is left out, so that a field which plans get later changes nothing about what was signed before.

    Raises:
        ValueError: it is not signed.
    """
    if plan.signed_at is None:
        raise ValueError("this plan is not signed")
    body = {
        "v": 1, "id": plan.id, "patient": plan.patient_id, "number": plan.number, "author": plan.author_id,
        "signed_as": plan.signed_as, "signed_us": microseconds(plan.signed_at), "text": _said(text),
    }  # fmt: skip
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=date.isoformat)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _said(part: object) -> object:
    """A part of a plan by the names of what it says."""
    if isinstance(part, tuple):
        return [_said(one) for one in part]
    if not is_dataclass(part) or isinstance(part, type):
        return part
    told = {one.name: getattr(part, one.name) for one in fields(part)}
    return {name: _said(value) for name, value in told.items() if value not in ("", None, ())}
