"""Approve what is proposed for a remittance, so that it may be posted."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.claims.rules import CannotPost
from workbench.claims.states import RemittanceState, moved_remittance
from workbench.claims.tables import Remittance, RemittanceClaim
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import RemittanceId


@dataclass(frozen=True)
class RemittanceApproved:
    """The remittance and the version that posting has to name."""

    remittance_id: RemittanceId
    claims: int
    version: int


@action(Permission.APPROVE_REMITTANCE, on=Remittance)
def approve_remittance(work: Work, remittance: Remittance) -> RemittanceApproved:
    """A person has looked at every line and agrees.

    Raises:
        CannotPost: some claim payments contradict our claims. WrongState: it is approved or posted already.
    """
    blocked = work.scalar(
        select(func.count()).where(RemittanceClaim.remittance_id == remittance.id, RemittanceClaim.problem != "")
    )
    if blocked:
        noun = "claim payment contradicts" if blocked == 1 else "claim payments contradict"
        raise CannotPost(f"{blocked} {noun} our claims. Nothing was approved.")
    remittance.state = moved_remittance(RemittanceState(remittance.state), RemittanceState.APPROVED)
    remittance.approved_at, remittance.approved_by = work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.REMITTANCE_APPROVED, trace=remittance.trace, claims=remittance.claim_count)
    return RemittanceApproved(RemittanceId(remittance.id), remittance.claim_count, remittance.version)
