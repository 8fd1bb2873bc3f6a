"""Which objectives a note names, kept so that the golden thread finds it."""

from collections.abc import Iterable
from typing import TypedDict

from sqlalchemy import Select, select

from workbench.charting.plan_queries import locked_plans
from workbench.charting.plan_tables import NoteObjective
from workbench.charting.plans import NotAnObjective, active_objectives, objectives_of
from workbench.charting.tables import Note, NoteText
from workbench.gate.work import Work


class Named(TypedDict):
    """What a note's text says about the plan."""

    objectives: tuple[str, ...]
    plan_id: str


def nameable(work: Work, patient_id: str, objectives: Iterable[str]) -> Named:
    """Those that are aimed at in the plan in force, in its order, and which version that is.

    Raises:
        NotAnObjective: one stands in no signed version of this patient's plan.
    """
    asked = frozenset(objectives)
    if not asked:
        return Named(objectives=(), plan_id="")
    plans = locked_plans(work, patient_id)
    if not asked <= {one.id for plan in plans for _, _, one in objectives_of(plan.text)}:
        raise NotAnObjective
    named = tuple(one for one in active_objectives(plans[0].text) if one in asked)
    return Named(objectives=named, plan_id=plans[0].id if named else "")


def name_objectives(work: Work, note: Note, text: NoteText) -> None:
    """What the draft names now; what it named before and names no more stays as a row that says so."""
    kept = {row.objective_id: row for row in work.scalars(_of(note))}
    for row in kept.values():
        row.is_named = row.objective_id in text.objectives
        row.plan_id = text.plan_id if row.is_named else row.plan_id
    work.add(*(
        NoteObjective(note_id=note.id, objective_id=one, plan_id=text.plan_id, patient_id=note.patient_id)
        for one in text.objectives
        if one not in kept
    ))  # fmt: skip
    work.flush()


def _of(note: Note) -> Select[NoteObjective]:
    return select(NoteObjective).where(NoteObjective.note_id == note.id)
