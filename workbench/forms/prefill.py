"""What a form may ask of the record when it is begun: paths with names, never a query. Pure.

What was filled in is shown as such until somebody changes it. What is carried forward comes from the last signed form
of the same kind, and only where the form says so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.forms.filling import Answers, Layout, Path
from workbench.forms.questionnaire import Answer, Item, ItemType, answer_words

_OURS: Final = "urn:therapy-practice-workbench"
PREFILLED: Final = f"{_OURS}:prefilled"
"""Extension of an item: the path it is filled in by."""
CARRIED: Final = f"{_OURS}:carried"
"""Extension of an item: its answer of last time is carried forward."""

PATHS: Final[Mapping[str, str]] = {
    "patient.name": "The name they go by", "patient.legal_name": "The name on claims",
    "patient.birth_date": "Day of birth", "patient.phone": "Telephone", "patient.email": "E-mail address",
    "patient.address": "Address", "patient.pronouns": "Pronouns", "practice.name": "Name of the practice",
    "practice.npi": "Its national provider identifier", "practice.tax_id": "Its taxpayer number",
    "practice.address": "Its address", "author.name": "Who writes, with credentials", "author.npi": "Their identifier",
    "today": "Today in the practice", "scores": "The last score of every measure",
    "last_note.diagnoses": "The diagnoses of the last signed note",
    "plan.objectives": "Objectives of the signed treatment plan", "plan.goals": "Its goals",
    "plan.problems": "Its problems", "plan.diagnoses": "Its diagnoses", "plan.strengths": "Strengths it names",
    "plan.services": "Services it names, how often and how long", "plan.discharge": "When it says treatment is done",
}  # fmt: skip
"""The paths that stand for one thing each, with what they mean."""
PLAN_LINES: Final[Mapping[str, str]] = {
    "last.treatment-plan.objective": "plan.objectives", "last.treatment-plan.goal": "plan.goals",
    "last.treatment-plan.problem": "plan.problems", "last.treatment-plan.diagnoses": "plan.diagnoses",
    "last.treatment-plan.strengths": "plan.strengths", "last.treatment-plan.discharge_when": "plan.discharge",
}  # fmt: skip
"""Lines of the plan as a form (template 58) by what the treatment plan in the chart says of the same.

Whoever has a signed plan in the chart gets what that says; who only has the form, what was signed in the form.
"""
_SCORE: Final = re.compile(r"score\.([A-Za-z0-9.-]{1,60})")
_LAST: Final = re.compile(r"last\.([a-z0-9-]{1,60})\.([a-z][a-z0-9_]{0,60})")


@dataclass(frozen=True)
class Wanted:
    """What a form asks of the record. measures: names; answers: library key of a form, and a question of it."""

    paths: frozenset[str]
    measures: frozenset[str]
    answers: frozenset[tuple[str, str]]


def is_path(path: str) -> bool:
    """Whether the record has something of this name."""
    return path in PATHS or bool(_SCORE.fullmatch(path)) or bool(_LAST.fullmatch(path))


def measure_of(path: str) -> str:
    """The measure whose last score a path asks for; "" where it asks for something else."""
    found = _SCORE.fullmatch(path)
    return found[1] if found else ""


def says(path: str) -> str:
    """What a path stands for, in words; the path itself where it has none."""
    found = _LAST.fullmatch(path)
    return PATHS.get(path) or (f"“{found[2]}” of the last signed {found[1]}" if found else path)


def wanted(items: Iterable[Item]) -> Wanted:
    """Everything the items ask for, so that nothing else is read."""
    paths = {item.prefilled_by for item in items if item.prefilled_by}
    paths |= {line for line, path in PLAN_LINES.items() if path in paths}
    measures = {measure_of(path) for path in paths} - {""}
    found = (_LAST.fullmatch(path) for path in paths)
    return Wanted(frozenset(paths), frozenset(measures), frozenset((one[1], one[2]) for one in found if one))


def begins_with(layout: Layout, facts: Mapping[str, tuple[Answer, ...]], last: Answers) -> Answers:
    """The answers a form begins with: its own, those of last time where they are carried, and those of the record.

    facts: by path. last: what was signed last time, by place. Of a group that repeats, only what is carried makes
    copies.
    """
    begun: dict[Path, tuple[Answer, ...]] = {}
    for link_id, item in layout.items.items():
        if not item.is_question:
            continue
        if item.is_carried:
            begun.update({place: told for place, told in last.items() if _fits(layout, place, link_id) and told})
        told = tuple(answer for fact in facts.get(item.prefilled_by, ()) if (answer := _as(item, fact)) is not None)
        told = told or item.initial
        for place in layout.places(link_id, {}) if told else ():
            begun.setdefault(place, _together(item, told))
    return begun


def _fits(layout: Layout, place: Path, link_id: str) -> bool:
    return place[-1].link_id == link_id and tuple(step.link_id for step in place[:-1]) == layout.around[link_id]


def _as(item: Item, fact: Answer) -> Answer | None:
    """A fact as an answer of the item's type; None where it is none, so that nothing is guessed at."""
    if item.type in (ItemType.STRING, ItemType.TEXT):
        return answer_words(fact)
    if item.options:
        return fact if fact in [option.value for option in item.options] else None
    if item.type is ItemType.DATE:
        return fact if isinstance(fact, str) else None
    is_number = isinstance(fact, int) and not isinstance(fact, bool)
    return fact if item.type is ItemType.INTEGER and is_number else None


def _together(item: Item, told: tuple[Answer, ...]) -> tuple[Answer, ...]:
    if item.repeats or len(told) == 1:
        return told
    return ("\n".join(answer_words(one) for one in told),) if item.type is ItemType.TEXT else told[:1]


def untouched(layout: Layout, answers: Answers, begun: Answers) -> Mapping[Path, str]:
    """Where an answer still is what the form began with, and where that came from: for a mark beside it."""
    found = {}
    for place, told in begun.items():
        item = layout.items[place[-1].link_id]
        if answers.get(place) == told and not item.is_read_only and (item.prefilled_by or item.is_carried):
            found[place] = "Carried forward from last time." if item.is_carried else "From the record."
    return found
