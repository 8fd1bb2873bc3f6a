"""Answer a statement of disagreement; the rebuttal is printed with the record, and the person gets a copy."""

from dataclasses import dataclass

from workbench.actions.releases._stepping import TWICE, take_step
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.amendment_tables import AmendmentRequest, StepKind, StepText
from workbench.releases.amendments import checked_words


@dataclass(frozen=True)
class AmendmentRebutted:
    """The request."""

    request_id: str


@action(Permission.ANSWER_AMENDMENT, on=AmendmentRequest, refuses=TWICE)
def rebut_amendment(work: Work, request: AmendmentRequest, *, words: str) -> AmendmentRebutted:
    """words: the rebuttal (45 CFR 164.526(d)(3)).

    Raises:
        AmendmentUnclear. StepNotNow: there is no statement to answer, or it was answered.
    """
    take_step(work, request, StepKind.REBUTTED, StepText(checked_words(words)))
    work.record(AuditEvent.AMENDMENT_REBUTTED)
    return AmendmentRebutted(request.id)
