"""Sign a treatment plan: it is locked for good and in force, and the version before it stays as it was."""

from dataclasses import dataclass
from datetime import date, datetime

from workbench.accounts.holding import needs_cosign
from workbench.charting.cosigning import InReview
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.plans import PlanIncomplete, PlanLocked, content_hash, missing_to_sign, review_on
from workbench.charting.tables import NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class PlanSigned:
    """The signed version. is_locked: else it waits for the supervisor's signature, which puts it in force."""

    signed_at: datetime
    signed_as: str
    content_hash: str
    is_locked: bool
    review_on: date


@action(Permission.SIGN_TREATMENT_PLAN, on=TreatmentPlan, refuses={"treatment_plan_locked": PlanLocked})
def sign_treatment_plan(work: Work, plan: TreatmentPlan) -> PlanSigned:
    """Sign the text as it stands, with the signer's name and credentials of today. Who signs it is its author.

    Raises:
        PlanLocked: signed before. InReview: it waits. PlanIncomplete: with what is missing, by field.
    """
    if plan.state != NoteState.DRAFT:
        raise PlanLocked if plan.state == NoteState.LOCKED else InReview
    if missing := missing_to_sign(plan.text):
        raise PlanIncomplete(missing)
    is_locked = not needs_cosign(work, work.actor.person_id, work.now)
    plan.author_id = work.actor.person_id
    plan.signed_at, plan.signed_as = work.now, work.get(Staff, plan.author_id).details.shown_name
    plan.content_hash = content_hash(plan, plan.text)
    plan.state = NoteState.LOCKED if is_locked else NoteState.REVIEW
    work.flush()
    work.record(AuditEvent.TREATMENT_PLAN_SIGNED, number=plan.number, content_hash=plan.content_hash,
                is_locked=is_locked)  # fmt: skip
    return PlanSigned(work.now, plan.signed_as, plan.content_hash, is_locked, review_on(work.today))
