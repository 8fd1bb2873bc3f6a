"""Give a supervisee's signed treatment plan back to be revised. It is a draft again; what was signed stays known."""

from dataclasses import dataclass

from workbench.charting.cosigning import check_waits_for, comment_of
from workbench.charting.plan_tables import PlanReturned, PlanReturnedFor, TreatmentPlan
from workbench.charting.tables import NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class PlanGivenBack:
    """The draft."""

    plan_id: str


@action(Permission.COSIGN, on=TreatmentPlan)
def return_treatment_plan(work: Work, plan: TreatmentPlan, *, comment: str) -> PlanGivenBack:
    """comment: what is to be revised; for the author, and no part of the chart.

    Raises:
        NotInReview, NotTheirSupervisor, CommentMissing.
    """
    check_waits_for(work, plan)
    assert plan.signed_at is not None
    told, signed = comment_of(comment), plan.content_hash
    returned = PlanReturned(
        patient_id=plan.patient_id, plan_id=plan.id, supervisor_id=work.actor.person_id, returned_at=work.now,
        content_hash=signed, signed_as=plan.signed_as, signed_at=plan.signed_at,
    )  # fmt: skip
    returned.told = PlanReturnedFor(told)
    work.add(returned)
    plan.state, plan.signed_at, plan.signed_as, plan.content_hash = NoteState.DRAFT, None, "", ""
    work.flush()
    work.record(AuditEvent.TREATMENT_PLAN_RETURNED, author_id=plan.author_id, content_hash=signed)
    return PlanGivenBack(plan.id)
