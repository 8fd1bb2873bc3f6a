"""The golden thread of one patient: assessment, diagnoses, problems, goals, objectives, the notes, the gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from workbench.charting.plan_queries import locked_plans, served
from workbench.charting.plan_tables import Objective, ObjectiveState, PlanText, TreatmentPlan
from workbench.charting.plans import Review, diagnoses_of, objectives_of, review_of, review_on
from workbench.charting.tables import Note, NoteState
from workbench.charting.threads import Gap, GapKind, Served, Thread, gaps, unserving
from workbench.forms.library import Kind, templates
from workbench.forms.papers import form_day
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.screens.part_2 import Part2, part_2_of

__all__ = ["Aim", "Assessed", "Gap", "GapKind", "GoldenThread", "Review", "ThreadNote", "golden_thread"]


@dataclass(frozen=True)
class Assessed:
    """The newest signed form of the kind of assessments."""

    response_id: str
    title: str
    signed_on: date


@dataclass(frozen=True)
class ThreadNote:
    """A signed note."""

    attendance_id: str
    service_on: date
    signed_as: str


@dataclass(frozen=True)
class Aim:
    """What a measure says of an objective. is_reached: None while it was not answered."""

    measure: str
    score: int
    is_lower_better: bool
    total: int | Decimal | None
    taken_at: datetime | None

    @property
    def is_reached(self) -> bool | None:
        """Whether the latest total comes to the target."""
        if self.total is None:
            return None
        return self.total <= self.score if self.is_lower_better else self.total >= self.score


@dataclass(frozen=True)
class GoldenThread:
    """plan: the text of the version in force. notes, aims: by the id of the objective; aimless: notes that named none.

    diagnoses: of the newest signed note, else of the plan.
    """

    patient_id: str
    patient_name: str
    number: int
    assessed: Assessed | None
    diagnoses: tuple[str, ...]
    plan: PlanText | None
    plan_number: int
    signed_at: datetime | None
    signed_as: str
    review: Review
    review_on: date | None
    notes: Mapping[str, tuple[ThreadNote, ...]]
    aims: Mapping[str, Aim]
    aimless: tuple[ThreadNote, ...]
    gaps: tuple[Gap, ...]
    may_write: bool


@view(Permission.READ_CHART, shows=AuditEvent.THREAD_READ, on=Patient)
def golden_thread(look: Look, patient: Patient) -> GoldenThread:
    """Signed notes only, the newest first."""
    look.shown(patient.id)
    part_2, named = part_2_of(look, patient.id), served(look, patient.id)
    plans, notes = _plans(look, patient.id, part_2), _notes(look, patient.id, part_2)
    assessed = _assessed(look, patient.id, part_2)
    current = plans[0] if plans else None
    text, signed_on = current.text if current else None, _signed_on(look, current)
    thread = Thread(
        today=look.today,
        assessed_on=assessed.signed_on if assessed else None,
        plan=text,
        signed_on=signed_on,
        since=_since(look, plans),
        diagnoses=notes[0].text.diagnoses if notes else (),
        notes=tuple(Served(one.id, one.service_on, named.get(one.id, frozenset())) for one in notes),
    )
    by_id = {one.id: ThreadNote(one.attendance_id, one.service_on, one.signed_as) for one in notes}
    objectives = [one for _, _, one in objectives_of(text)] if text else []
    return GoldenThread(
        patient_id=patient.id,
        patient_name=patient.details.shown_name,
        number=patient.number,
        assessed=assessed,
        diagnoses=thread.diagnoses or (diagnoses_of(text) if text else ()),
        plan=text,
        plan_number=current.number if current else 0,
        signed_at=current.signed_at if current else None,
        signed_as=current.signed_as if current else "",
        review=review_of(signed_on, look.today),
        review_on=review_on(signed_on) if signed_on else None,
        notes={
            one.id: tuple(by_id[note.note_id] for note in thread.notes if one.id in note.objectives)
            for one in objectives
        },
        aims=_aims(look, patient.id, objectives),
        aimless=tuple(by_id[one.note_id] for one in unserving(thread)),
        gaps=gaps(thread),
        may_write=look.allowed(Permission.WRITE_TREATMENT_PLAN, patient),
    )


def _signed_on(look: Look, plan: TreatmentPlan | None) -> date | None:
    return day_of(plan.signed_at, look.zone) if plan and plan.signed_at else None


def _plans(look: Look, patient_id: str, part_2: Part2) -> list[TreatmentPlan]:
    found = locked_plans(look, patient_id)
    return [one for one in found if not part_2.hides(RecordKind.PLAN, one.id, day_of(one.begun_at, look.zone))]


def _notes(look: Look, patient_id: str, part_2: Part2) -> list[Note]:
    query = select(Note).where(Note.patient_id == patient_id, Note.state == NoteState.LOCKED)
    found = look.scalars(query.order_by(Note.service_on.desc(), Note.signed_at.desc(), Note.id))
    return [one for one in found if not part_2.hides(RecordKind.NOTE, one.id, one.service_on)]


def _since(look: Look, plans: Iterable[TreatmentPlan]) -> dict[str, date]:
    """From when each objective was aimed at: the first signed version in which it stood active."""
    found: dict[str, date] = {}
    for plan in plans:  # the newest first
        for _, _, one in objectives_of(plan.text):
            if plan.signed_at is not None and one.state == ObjectiveState.ACTIVE:
                found[one.id] = day_of(plan.signed_at, look.zone)
    return found


def _assessed(look: Look, patient_id: str, part_2: Part2) -> Assessed | None:
    keys = [one.key for one in templates().values() if one.kind is Kind.ASSESSMENT]
    rows = look.execute(
        select(FormResponse, FormTemplate.title)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.patient_id == patient_id, FormResponse.state == ResponseState.LOCKED,
               FormTemplate.library_key.in_(keys))
        .order_by(FormResponse.signed_at.desc())
    )  # fmt: skip
    return next(
        (Assessed(form.id, title, day_of(form.signed_at, look.zone)) for form, title in rows
         if not part_2.hides(RecordKind.FORM, form.id, form_day(form, look.zone))), None,
    )  # fmt: skip


def _aims(look: Look, patient_id: str, objectives: Iterable[Objective]) -> dict[str, Aim]:
    """The latest total of each measure that an objective aims at, whatever version of its rule scored it."""
    wanted = [one for one in objectives if one.measure and one.score is not None]
    asked = {one.measure for one in wanted}
    rules = [key for key in measures() if key.partition("@")[0] in asked]
    rows = look.scalars(
        select(MeasureResult)
        .where(MeasureResult.patient_id == patient_id, MeasureResult.rule.in_(rules))
        .order_by(MeasureResult.taken_at)
    )
    last = {row.rule.partition("@")[0]: row for row in rows}
    found = {}
    for one in wanted:
        rule, row = measure_named(one.measure), last.get(one.measure)
        found[one.id] = Aim(rule.measure, one.score or 0, rule.change.is_lower_better,
                            row.result.total if row else None, row.taken_at if row else None)  # fmt: skip
    return found
