"""Co-sign a supervisee's form: it is locked for good."""

from dataclasses import dataclass
from datetime import datetime

from workbench.charting.cosigning import cosign
from workbench.forms.tables import FormResponse
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class FormCosigned:
    """The locked form."""

    cosigned_at: datetime
    cosigned_as: str


@action(Permission.COSIGN, on=FormResponse)
def cosign_form(work: Work, response: FormResponse, *, attested: str) -> FormCosigned:
    """attested: what the supervisor vouches for: reviewed, discussed or present.

    Raises:
        NotInReview, NotTheirSupervisor, AttestationMissing.
    """
    cosign(work, response, attested, work.get(Staff, work.actor.person_id).details.shown_name)
    work.flush()
    work.record(AuditEvent.FORM_COSIGNED, author_id=response.author_id, attested=response.attested,
                content_hash=response.content_hash)  # fmt: skip
    return FormCosigned(work.now, response.cosigned_as)
