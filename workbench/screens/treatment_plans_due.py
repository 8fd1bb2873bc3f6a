"""Whose treatment plan is missing, due or overdue among the people in care within reach."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.plans import Review, review_of, review_on
from workbench.charting.tables import NoteState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.people.names import patients_named
from workbench.people.tables import Patient
from workbench.screens.measure_plans import care_of

__all__ = ["PlanDue", "Review", "treatment_plans_due"]

_PRESSING = (Review.OVERDUE, Review.NONE, Review.SOON)


@dataclass(frozen=True)
class PlanDue:
    """One person in care. due_on: None where no plan is signed. is_open: one is being written or waits."""

    patient_id: str
    patient_name: str
    review: Review
    due_on: date | None
    is_open: bool


@view(Permission.SEE_CASELOAD, shows=AuditEvent.TREATMENT_PLANS_DUE_SEEN)
def treatment_plans_due(look: Look) -> tuple[PlanDue, ...]:
    """Overdue first, the longest waiting before the others; then who has none, then what is due soon.

    In care: seen at least once, and treatment is going on.
    """
    reach = look.reach()
    everybody = select(Patient.id) if reach is None else select(Patient.id).where(Patient.id.in_(reach))
    cares = care_of(look, list(look.scalars(everybody)))
    ids = [one for one, care in cares.items() if care.first is not None and care.is_going_on(look.today)]
    signed, is_open = _signed(look, ids), _open(look, ids)
    states = {one: review_of(signed.get(one), look.today) for one in ids}
    names = patients_named(look, [one for one in ids if states[one] is not Review.IN_TIME])
    look.shown(names)
    lines = [
        PlanDue(one, details.shown_name, states[one], review_on(signed[one]) if one in signed else None, one in is_open)
        for one, details in names.items()
    ]
    return tuple(sorted(lines, key=lambda one: (_PRESSING.index(one.review), one.due_on or date.min, one.patient_name)))


def _signed(look: Look, ids: list[str]) -> dict[str, date]:
    """When the plan in force of each was signed."""
    newest = func.row_number().over(partition_by=TreatmentPlan.patient_id, order_by=TreatmentPlan.number.desc())
    ranked = (
        select(TreatmentPlan.patient_id, TreatmentPlan.signed_at, newest.label("nth"))
        .where(TreatmentPlan.patient_id.in_(ids), TreatmentPlan.state == NoteState.LOCKED)
        .subquery()
    )
    rows = look.execute(select(ranked.c.patient_id, ranked.c.signed_at).where(ranked.c.nth == 1))
    return {row[0]: day_of(row[1], look.zone) for row in rows}


def _open(look: Look, ids: list[str]) -> frozenset[str]:
    query = select(TreatmentPlan.patient_id).where(TreatmentPlan.state != NoteState.LOCKED)
    return frozenset(look.scalars(query.where(TreatmentPlan.patient_id.in_(ids))))
