"""Let a held charge through one rule, or do not."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.billing.claim_rule_tables import ReleaseAnswer, ReleaseRequest, ReleaseWords
from workbench.billing.claim_rules import AlreadyAnswered, OwnRequest, checked_reason
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class ReleaseAnswered:
    """What holds from now on."""

    request_id: str
    is_released: bool


@action(
    Permission.ANSWER_RELEASE, on=ReleaseRequest,
    refuses={"release_answers.request_id": AlreadyAnswered, "uq_release_answers_request_id": AlreadyAnswered},
)  # fmt: skip
def answer_release(work: Work, request: ReleaseRequest, *, is_released: bool, reason: str) -> ReleaseAnswered:
    """reason: what the record says about it, in a sentence; it stays with the charge.

    Raises:
        OwnRequest, AlreadyAnswered, ReasonTooShort.
    """
    words = ReleaseWords(checked_reason(reason))
    if request.asked_by == work.actor.user_id:
        raise OwnRequest
    if work.scalar(select(ReleaseAnswer.id).where(ReleaseAnswer.request_id == request.id)):
        raise AlreadyAnswered
    work.add(
        ReleaseAnswer(request_id=request.id, patient_id=request.patient_id, is_released=is_released,
                      answered_at=work.now, answered_by=work.actor.user_id, words=words)
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.RELEASE_ANSWERED, charge_id=request.charge_id, rule=request.rule, is_released=is_released)
    return ReleaseAnswered(request.id, is_released)
