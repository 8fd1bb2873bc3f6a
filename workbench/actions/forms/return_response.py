"""Give a supervisee's signed form back to be revised. It is a draft again; what was signed is known by its hash."""

from dataclasses import dataclass

from workbench.charting.cosigning import give_back
from workbench.charting.review_tables import Returned
from workbench.forms.tables import FormResponse
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
    signed = response.content_hash
    returned = Returned(response_id=response.id, content_hash=signed)
    give_back(work, response, returned, comment)
    response.content_hash = ""
    work.add(returned)
    work.flush()
    work.record(AuditEvent.FORM_RESPONSE_RETURNED, author_id=response.author_id, content_hash=signed)
    return ResponseReturned(response.id)
