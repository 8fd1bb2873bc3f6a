"""Approve an agreement that somebody else registered: from now on what it is for may leave the practice."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.agreements import AnotherApproves, ApprovedAlready
from workbench.messaging.tables import Agreement


@dataclass(frozen=True)
class AgreementApproved:
    """It counts while its days last."""

    agreement_id: str


@action(Permission.APPROVE_AGREEMENT, on=Agreement, refuses={"by_another": AnotherApproves})
def approve_agreement(work: Work, agreement: Agreement) -> AgreementApproved:
    """Say yes.

    Raises:
        ApprovedAlready, AnotherApproves: see there.
    """
    if agreement.approved_at is not None:
        raise ApprovedAlready
    agreement.approver_id, agreement.approved_by = work.actor.person_id, work.actor.user_id
    agreement.approved_at = work.now
    work.flush()
    work.record(AuditEvent.AGREEMENT_APPROVED, service=agreement.service)
    return AgreementApproved(agreement.id)
