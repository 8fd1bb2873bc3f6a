"""Take thirty more days for a request to amend, once, before the first sixty are over, and tell the person."""

from dataclasses import dataclass
from datetime import date

from workbench.actions.releases._stepping import TWICE, take_step
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.amendment_tables import AmendmentRequest, StepKind, StepText
from workbench.releases.amendments import MORE_DAYS, checked_words


@dataclass(frozen=True)
class AmendmentExtended:
    """due_on: the last day now."""

    request_id: str
    due_on: date


@action(Permission.EXTEND_AMENDMENT, on=AmendmentRequest, refuses=TWICE)
def extend_amendment(work: Work, request: AmendmentRequest, *, reason: str) -> AmendmentExtended:
    """reason: as the letter gives it (45 CFR 164.526(b)(2)(ii)).

    Raises:
        AmendmentUnclear. StepNotNow.
    """
    due_on = request.due_on + MORE_DAYS
    take_step(work, request, StepKind.EXTENDED, StepText(checked_words(reason, "reason")), due_on=due_on)
    work.record(AuditEvent.AMENDMENT_EXTENDED)
    return AmendmentExtended(request.id, due_on)
