"""Which plans of a patient there are: the one in force, the one that is written, those before."""

from collections.abc import Mapping

from sqlalchemy import func, select

from workbench.charting.plan_tables import NoteObjective, TreatmentPlan
from workbench.charting.tables import NoteState
from workbench.gate.view import Look
from workbench.gate.work import Work


def plan_in_force(rows: Work | Look, patient_id: str) -> TreatmentPlan | None:
    """The newest that is signed by everybody who must."""
    query = select(TreatmentPlan).where(TreatmentPlan.patient_id == patient_id, TreatmentPlan.state == NoteState.LOCKED)
    found: TreatmentPlan | None = rows.scalar(query.order_by(TreatmentPlan.number.desc()).limit(1))
    return found


def open_plan(rows: Work | Look, patient_id: str) -> TreatmentPlan | None:
    """The one that is written, or waits for its co-signature; there is one at most."""
    query = select(TreatmentPlan).where(TreatmentPlan.patient_id == patient_id, TreatmentPlan.state != NoteState.LOCKED)
    found: TreatmentPlan | None = rows.scalar(query)
    return found


def plans_so_far(rows: Work | Look, patient_id: str) -> int:
    """The number of the newest version."""
    query = select(func.max(TreatmentPlan.number)).where(TreatmentPlan.patient_id == patient_id)
    return int(rows.scalar(query) or 0)


def locked_plans(rows: Work | Look, patient_id: str) -> list[TreatmentPlan]:
    """Every signed version, the newest first."""
    query = select(TreatmentPlan).where(TreatmentPlan.patient_id == patient_id, TreatmentPlan.state == NoteState.LOCKED)
    return list(rows.scalars(query.order_by(TreatmentPlan.number.desc())))


def served(look: Look, patient_id: str) -> Mapping[str, frozenset[str]]:
    """The objectives each note of a patient names, by the note's id."""
    found: dict[str, set[str]] = {}
    query = select(NoteObjective.note_id, NoteObjective.objective_id)
    for note_id, objective_id in look.execute(
        query.where(NoteObjective.patient_id == patient_id, NoteObjective.is_named.is_(True))
    ):
        found.setdefault(note_id, set()).add(objective_id)
    return {note_id: frozenset(some) for note_id, some in found.items()}
