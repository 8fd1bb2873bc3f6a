"""Co-sign a supervisee's treatment plan: it is locked for good and in force."""

from dataclasses import dataclass
from datetime import datetime

from workbench.charting.cosigning import cosign
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.plans import PlanLocked
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class PlanCosigned:
    """The locked version."""

    cosigned_at: datetime
    cosigned_as: str


@action(Permission.COSIGN, on=TreatmentPlan, refuses={"treatment_plan_locked": PlanLocked})
def cosign_treatment_plan(work: Work, plan: TreatmentPlan, *, attested: str) -> PlanCosigned:
    """attested: what the supervisor vouches for: reviewed, discussed or present.

    Raises:
        NotInReview, NotTheirSupervisor, AttestationMissing.
    """
    cosign(work, plan, attested, work.get(Staff, work.actor.person_id).details.shown_name)
    work.flush()
    work.record(AuditEvent.TREATMENT_PLAN_COSIGNED, author_id=plan.author_id, attested=plan.attested,
                content_hash=plan.content_hash)  # fmt: skip
    return PlanCosigned(work.now, plan.cosigned_as)
