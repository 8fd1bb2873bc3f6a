"""Agree to hours of supervision that the other one logged."""

from dataclasses import dataclass

from workbench.accounts.supervising import REFUSES, take_step
from workbench.accounts.supervision_rules import OwnEntry, Step
from workbench.accounts.supervision_tables import SupervisionHours
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SupervisionAgreed:
    """It counts."""

    hours_id: str


@action(Permission.LOG_SUPERVISION, on=SupervisionHours, refuses=REFUSES)
def agree_supervision(work: Work, hours: SupervisionHours) -> SupervisionAgreed:
    """It counts from now on.

    Raises:
        OwnEntry, AlreadyDone.
    """
    if hours.logged_by == work.actor.user_id:
        raise OwnEntry
    take_step(work, hours, Step.AGREED)
    work.record(AuditEvent.SUPERVISION_AGREED)
    return SupervisionAgreed(hours.id)
