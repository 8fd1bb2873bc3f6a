"""Begin or save the draft of a patient's treatment plan, or of its review."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from workbench.charting.chart_lines import diagnosis_lines, holding
from workbench.charting.codes import not_given
from workbench.charting.cosigning import InReview
from workbench.charting.plan_queries import open_plan, plan_in_force, plans_so_far
from workbench.charting.plan_tables import Goal, Objective, PlanText, Problem, TreatmentPlan
from workbench.charting.plans import PlanUnclear, check_keeps, checked, ids_of, objectives_of, with_days, with_ids
from workbench.charting.tables import NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.measures.catalogue import NoSuchMeasure, measure_named
from workbench.people.tables import Patient

_REFUSES = {"uq_treatment_plans": StalePage, "treatment_plans.patient_id": StalePage}


@dataclass(frozen=True)
class PlanSaved:
    """The draft as it stands. `version`: what the next save and the signature have to name."""

    plan_id: str
    number: int
    version: int
    saved_at: datetime


@action(Permission.WRITE_TREATMENT_PLAN, on=Patient, refuses=_REFUSES)
def write_treatment_plan(work: Work, patient: Patient, *, version: int, text: PlanText | None = None) -> PlanSaved:
    """Save the whole plan. A plan belongs to the care team: whoever writes in the chart goes on with its draft.

    version: the version the page was loaded with, 0 where there was no draft yet. text: None begins one, as the
    version in force stands or with one empty line of each for the diagnoses on
    the list.

    Raises:
        StalePage: somebody saved meanwhile. InReview: it waits for a co-signature. PlanUnclear: with the fields.
        ObjectiveTakenAway.
    """
    draft, before = open_plan(work, patient.id), plan_in_force(work, patient.id)
    if draft is not None and draft.state == NoteState.REVIEW:
        raise InReview
    if version != (draft.version if draft is not None else 0):
        raise StalePage
    told = text if text is not None else before.text if before is not None else _first(work, patient.id)
    known = frozenset[str]().union(*(ids_of(one.text) for one in (draft, before) if one is not None))
    kept = with_ids(_with_measures(_with_codes(checked(told), work.today)), known)
    check_keeps(kept, before.text if before else None)
    kept = with_days(kept, before.text if before else None, work.today)
    if draft is None:
        draft = TreatmentPlan(
            patient_id=patient.id, number=plans_so_far(work, patient.id) + 1, author_id=work.actor.person_id,
            begun_at=work.now, saved_at=work.now,
        )  # fmt: skip
        draft.text = kept
        work.add(draft)
    else:
        draft.text, draft.saved_at, draft.author_id = kept, work.now, work.actor.person_id
    work.flush()
    work.record(AuditEvent.TREATMENT_PLAN_WRITTEN, subject=draft, number=draft.number, revision=draft.version)
    return PlanSaved(draft.id, draft.number, draft.version, work.now)


def _first(work: Work, patient_id: str) -> PlanText:
    """One empty line of each, for the diagnoses on the patient's list."""
    listed = tuple(one.told.code for one in holding(diagnosis_lines(work, patient_id), work.today))
    return PlanText((Problem(diagnoses=listed, goals=(Goal(objectives=(Objective(),)),)),))


def _with_codes(text: PlanText, on: date) -> PlanText:
    """As it is, where every diagnosis is one that can be given."""
    said = {f"{one.id}.diagnoses": wrong for one in text.problems for code in one.diagnoses
            if (wrong := not_given(code, on))}  # fmt: skip
    if said:
        raise PlanUnclear(said)
    return text


def _with_measures(text: PlanText) -> PlanText:
    """Each measure by its name in files, however it was written."""
    said, keys = {}, {"": ""}
    for _, _, one in objectives_of(text):
        try:
            keys[one.measure] = measure_named(one.measure).key.partition("@")[0] if one.measure else ""
        except NoSuchMeasure as refusal:
            said[f"{one.id}.measure"] = str(refusal)
    if said:
        raise PlanUnclear(said)
    return replace(text, problems=tuple(
        replace(problem, goals=tuple(
            replace(goal, objectives=tuple(replace(one, measure=keys[one.measure]) for one in goal.objectives))
            for goal in problem.goals
        ))
        for problem in text.problems
    ))  # fmt: skip
