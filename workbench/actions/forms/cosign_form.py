"""Co-sign a supervisee's form: it is locked for good."""

from dataclasses import dataclass
from datetime import datetime

from workbench.charting.cosigning import NotInReview, attestation, check_supervises
from workbench.forms.tables import FormResponse, ResponseState
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
    check_supervises(work, response.author_id)
    if response.state != ResponseState.REVIEW:
        raise NotInReview
    vouched = attestation(attested)
    response.cosigned_at, response.cosigner_id = work.now, work.actor.person_id
    response.cosigned_as, response.attested = work.get(Staff, work.actor.person_id).details.shown_name, vouched.value
    response.state = ResponseState.LOCKED
    work.flush()
    work.record(AuditEvent.FORM_COSIGNED, author_id=response.author_id, attested=vouched.value,
                content_hash=response.content_hash)  # fmt: skip
    return FormCosigned(work.now, response.cosigned_as)
