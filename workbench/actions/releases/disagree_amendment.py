"""Keep the person's statement of disagreement with a denial; it is printed with the record from now on."""

from dataclasses import dataclass

from workbench.actions.releases._stepping import TWICE, take_step
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.amendment_tables import AmendmentRequest, StepKind, StepText
from workbench.releases.amendments import checked_words


@dataclass(frozen=True)
class AmendmentDisagreed:
    """The request."""

    request_id: str


@action(Permission.TAKE_AMENDMENT, on=AmendmentRequest, refuses=TWICE)
def disagree_amendment(work: Work, request: AmendmentRequest, *, words: str) -> AmendmentDisagreed:
    """words: as the person gave them (45 CFR 164.526(d)(2)).

    Raises:
        AmendmentUnclear. StepNotNow: it was not denied, or there is a statement already.
    """
    take_step(work, request, StepKind.DISAGREED, StepText(checked_words(words)))
    work.record(AuditEvent.AMENDMENT_DISAGREED)
    return AmendmentDisagreed(request.id)
