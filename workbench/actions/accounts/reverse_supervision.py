"""Take hours of supervision back, with the reason; the row stays."""

from dataclasses import dataclass

from workbench.accounts.supervising import REFUSES, take_step
from workbench.accounts.supervision_rules import HoursWrong, Step
from workbench.accounts.supervision_tables import SupervisionHours
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SupervisionReversed:
    """It counts no more."""

    hours_id: str


@action(Permission.LOG_SUPERVISION, on=SupervisionHours, refuses=REFUSES)
def reverse_supervision(work: Work, hours: SupervisionHours, *, reason: str) -> SupervisionReversed:
    """Either of both may; reason: in a few words.

    Raises:
        HoursWrong: no reason. AlreadyDone.
    """
    said = " ".join(reason.split())
    if not 3 <= len(said) <= 200:
        raise HoursWrong("Give the reason in a few words, 200 letters at most.", "reason")
    take_step(work, hours, Step.REVERSED, said)
    work.record(AuditEvent.SUPERVISION_REVERSED)
    return SupervisionReversed(hours.id)
