"""What a note may name of the treatment plan, and what it named; what is told before it is signed."""

from dataclasses import dataclass

from workbench.charting.plan_queries import plan_in_force
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.plans import active_objectives, objectives_of
from workbench.charting.tables import NoteText
from workbench.charting.threads import review_gaps
from workbench.gate.view import Look
from workbench.kernel.time import day_of


@dataclass(frozen=True)
class ToName:
    """An objective in words."""

    objective_id: str
    words: str
    goal: str
    is_named: bool


@dataclass(frozen=True)
class Aimed:
    """objectives: those to choose from, or of a signed note those it named. plan_number: 0 without a plan.

    told: what is said before a signature and does not stop it.
    """

    objectives: tuple[ToName, ...] = ()
    plan_number: int = 0
    told: tuple[str, ...] = ()


def to_name(look: Look, patient_id: str, text: NoteText) -> Aimed:
    """For the editor: what the plan in force aims at."""
    plan = plan_in_force(look, patient_id)
    if plan is None or plan.signed_at is None:
        return Aimed()
    active = active_objectives(plan.text)
    chosen = _in_words(plan, frozenset(active), frozenset(text.objectives))
    told = [one.words for one in review_gaps(day_of(plan.signed_at, look.zone), look.today) if one.is_pressing]
    if chosen and not any(one.is_named for one in chosen):
        told.append("This note names no objective of the treatment plan.")
    return Aimed(chosen, plan.number, tuple(told))


def as_named(look: Look, text: NoteText) -> Aimed:
    """For a signed note: what it named, in the words of the plan as it stood."""
    if not text.objectives:
        return Aimed()
    plan = look.get(TreatmentPlan, text.plan_id)
    named = frozenset(text.objectives)
    return Aimed(_in_words(plan, named, named), plan.number)


def _in_words(plan: TreatmentPlan, which: frozenset[str], named: frozenset[str]) -> tuple[ToName, ...]:
    return tuple(
        ToName(one.id, one.words, goal.words, one.id in named)
        for _, goal, one in objectives_of(plan.text)
        if one.id in which
    )
