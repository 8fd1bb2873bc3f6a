"""Let a held charge through one rule, or do not."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.billing.claim_rule_tables import OverrideAnswer, OverrideRequest, OverrideWords
from workbench.billing.claim_rules import AlreadyAnswered, OwnRequest, checked_reason
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class OverrideAnswered:
    """What holds from now on."""

    request_id: str
    is_overridden: bool


@action(
    Permission.ANSWER_OVERRIDE, on=OverrideRequest,
    refuses={"override_answers.request_id": AlreadyAnswered, "uq_override_answers_request_id": AlreadyAnswered},
)  # fmt: skip
def answer_override(work: Work, request: OverrideRequest, *, is_overridden: bool, reason: str) -> OverrideAnswered:
    """reason: what the record says about it, in a sentence; it stays with the charge.

    Raises:
        OwnRequest, AlreadyAnswered, ReasonTooShort.
    """
    words = OverrideWords(checked_reason(reason))
    if request.asked_by == work.actor.user_id:
        raise OwnRequest
    if work.scalar(select(OverrideAnswer.id).where(OverrideAnswer.request_id == request.id)):
        raise AlreadyAnswered
    work.add(
        OverrideAnswer(request_id=request.id, patient_id=request.patient_id, is_overridden=is_overridden,
                      answered_at=work.now, answered_by=work.actor.user_id, words=words)
    )  # fmt: skip
    work.flush()
    work.record(
        AuditEvent.OVERRIDE_ANSWERED, charge_id=request.charge_id, rule=request.rule, is_overridden=is_overridden
    )
    return OverrideAnswered(request.id, is_overridden)
