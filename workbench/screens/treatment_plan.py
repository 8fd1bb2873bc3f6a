"""A patient's treatment plan: the version in force or an earlier one, and the draft of the next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.charting.cosigning import ATTESTED_WORDS, Attested
from workbench.charting.plan_queries import locked_plans, open_plan
from workbench.charting.plan_tables import (
    Goal,
    Objective,
    ObjectiveState,
    PlanReturned,
    PlanText,
    Problem,
    TreatmentPlan,
)
from workbench.charting.plans import Review, content_hash, missing_to_sign, objectives_of, review_of, review_on
from workbench.charting.tables import NoteState
from workbench.charting.threads import Gap, links_missing
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.paper.leaf import RecordKind
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.after_signing import GivenBack, waits_for
from workbench.screens.part_2 import part_2_of

__all__ = [
    "Gap", "Goal", "Objective", "ObjectiveState", "PlanOfPatient", "PlanShown", "PlanText", "Problem", "Review",
    "objectives_of", "treatment_plan",
]  # fmt: skip


@dataclass(frozen=True)
class PlanShown:
    """One version. is_unchanged: whether a signed one is, byte by byte, what was signed. review_on: None unsigned."""

    plan_id: str
    number: int
    state: str
    text: PlanText
    author_name: str
    saved_at: datetime
    signed_at: datetime | None
    signed_as: str
    content_hash: str
    is_unchanged: bool
    cosigned_at: datetime | None
    cosigned_as: str
    attested: str
    review_on: date | None
    version: int


@dataclass(frozen=True)
class PlanOfPatient:
    """shown: the version in force, or the one that was asked for; draft: what is written, for who writes in the chart.

    is_current: what is shown is in force. earlier: number, day and signer of the signed versions, the newest first.
    may_cosign: the draft waits for the reader. missing: what its signature needs, by field; gaps: what leads nowhere.
    carried: ids of the objectives the plan in force aims at, which are not taken away. notice: of data under Part 2.
    """

    patient_id: str
    patient_name: str
    number: int
    shown: PlanShown | None
    is_current: bool
    review: Review
    draft: PlanShown | None
    is_waiting: bool
    may_write: bool
    may_cosign: bool
    given_back: GivenBack | None
    missing: dict[str, str]
    gaps: tuple[Gap, ...]
    carried: frozenset[str]
    earlier: tuple[tuple[int, date, str], ...]
    notice: str = ""


@view(Permission.READ_CHART, shows=AuditEvent.TREATMENT_PLAN_READ, on=Patient)
def treatment_plan(look: Look, patient: Patient, *, number: int = 0) -> PlanOfPatient:
    """number: of the version to read, 0 for the one in force.

    Raises:
        NotFound: there is no signed version of this number.
    """
    look.shown(patient.id)
    part_2 = part_2_of(look, patient.id)
    locked = [one for one in locked_plans(look, patient.id) if not part_2.hides(*_place(look, one))]
    draft = open_plan(look, patient.id)
    draft = None if draft and part_2.hides(*_place(look, draft)) else draft
    current = locked[0] if locked else None
    shown = next((one for one in locked if one.number == number), None) if number else current
    if number and shown is None:
        raise NotFound
    may_write = look.allowed(Permission.WRITE_TREATMENT_PLAN, patient)
    may_cosign = draft is not None and waits_for(look, draft)
    seen = draft if draft is not None and (may_write or may_cosign) else None
    is_waiting = seen is not None and seen.state == NoteState.REVIEW
    current_on = day_of(current.signed_at, look.zone) if current and current.signed_at else None
    return PlanOfPatient(
        patient_id=patient.id,
        patient_name=patient.details.shown_name,
        number=patient.number,
        shown=plan_shown(look, shown) if shown else None,
        is_current=shown is current,
        review=review_of(current_on, look.today),
        draft=plan_shown(look, seen) if seen else None,
        is_waiting=is_waiting,
        may_write=may_write and not is_waiting,
        may_cosign=may_cosign,
        given_back=_given_back(look, seen) if seen else None,
        missing=missing_to_sign(seen.text) if seen else {},
        gaps=links_missing(seen.text) if seen else (),
        carried=_carried(current),
        earlier=tuple((one.number, day_of(one.signed_at, look.zone), one.signed_as) for one in locked if one.signed_at),
        notice=part_2.notice_of(*_place(look, shown)) if shown else "",
    )


def _place(look: Look, plan: TreatmentPlan) -> tuple[str, str, date]:
    return RecordKind.PLAN, plan.id, day_of(plan.begun_at, look.zone)


def plan_shown(look: Look, plan: TreatmentPlan) -> PlanShown:
    """A version as it is read."""
    is_signed = plan.signed_at is not None
    return PlanShown(
        plan_id=plan.id,
        number=plan.number,
        state=plan.state,
        text=plan.text,
        author_name=plan.signed_as or staff_named(look, [plan.author_id])[plan.author_id].shown_name,
        saved_at=plan.saved_at,
        signed_at=plan.signed_at,
        signed_as=plan.signed_as,
        content_hash=plan.content_hash,
        is_unchanged=is_signed and content_hash(plan, plan.text) == plan.content_hash,
        cosigned_at=plan.cosigned_at,
        cosigned_as=plan.cosigned_as,
        attested=ATTESTED_WORDS[Attested(plan.attested)] if plan.attested else "",
        review_on=review_on(day_of(plan.signed_at, look.zone)) if plan.signed_at else None,
        version=plan.version,
    )


def _carried(plan: TreatmentPlan | None) -> frozenset[str]:
    if plan is None:
        return frozenset()
    return frozenset(one.id for _, _, one in objectives_of(plan.text) if one.state == ObjectiveState.ACTIVE)


def _given_back(look: Look, plan: TreatmentPlan) -> GivenBack | None:
    """For the author of a draft, and for nobody else."""
    if plan.state != NoteState.DRAFT or plan.author_id != look.actor.person_id:
        return None
    query = select(PlanReturned).where(PlanReturned.plan_id == plan.id).order_by(PlanReturned.returned_at.desc())
    last: PlanReturned | None = look.scalar(query.limit(1))
    if last is None:
        return None
    named = staff_named(look, [last.supervisor_id])[last.supervisor_id]
    return GivenBack(last.told.comment, named.shown_name, last.returned_at)
