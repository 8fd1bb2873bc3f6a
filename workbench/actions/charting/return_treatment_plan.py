"""Give a supervisee's signed treatment plan back to be revised. It is a draft again; what was signed stays known."""

from dataclasses import dataclass

from workbench.charting.cosigning import give_back
from workbench.charting.plan_tables import PlanReturned, TreatmentPlan
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
    signed = plan.content_hash
    returned = PlanReturned(plan_id=plan.id, content_hash=signed)
    give_back(work, plan, returned, comment)
    plan.content_hash = ""
    work.add(returned)
    work.flush()
    work.record(AuditEvent.TREATMENT_PLAN_RETURNED, author_id=plan.author_id, content_hash=signed)
    return PlanGivenBack(plan.id)
