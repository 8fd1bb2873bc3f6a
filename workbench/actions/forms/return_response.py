"""Give a supervisee's signed form back to be revised. It is a draft again; what was signed is known by its hash."""

from dataclasses import dataclass

from workbench.charting.cosigning import check_waits_for, comment_of
from workbench.charting.review_tables import Returned, ReturnedFor
from workbench.forms.tables import FormResponse, ResponseState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class ResponseReturned:
    """The draft."""

    response_id: str


@action(Permission.COSIGN, on=FormResponse)
def return_response(work: Work, response: FormResponse, *, comment: str) -> ResponseReturned:
    """comment: what is to be revised; for the author, and no part of the chart.

    Raises:
        NotInReview, NotTheirSupervisor, CommentMissing.
    """
    check_waits_for(work, response)
    assert response.signed_at is not None
    told, signed = comment_of(comment), response.content_hash
    returned = Returned(
        patient_id=response.patient_id, response_id=response.id, supervisor_id=work.actor.person_id,
        returned_at=work.now, content_hash=signed, signed_as=response.signed_as, signed_at=response.signed_at,
    )  # fmt: skip
    returned.told = ReturnedFor(told)
    work.add(returned)
    response.state, response.signed_at, response.signed_as = ResponseState.DRAFT, None, ""
    response.content_hash = ""
    work.flush()
    work.record(AuditEvent.FORM_RESPONSE_RETURNED, author_id=response.author_id, content_hash=signed)
    return ResponseReturned(response.id)
