"""Record that the person took back the authorization behind a request: nothing leaves by it any more."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.rules import PaperRevoked, checked_words
from workbench.releases.tables import ReleaseRequest, ReleaseRevocation, Said


@dataclass(frozen=True)
class ReleaseRevoked:
    """The request."""

    request_id: str


@action(
    Permission.ASK_RELEASE, on=ReleaseRequest,
    refuses={"release_revocations.request_id": PaperRevoked, "uq_release_revocations_request_id": PaperRevoked},
)  # fmt: skip
def revoke_release(work: Work, request: ReleaseRequest, *, how: str) -> ReleaseRevoked:
    """how: in person, by letter. What has left already stays in the accounting (45 CFR 164.508(b)(5)).

    Raises:
        ReleaseUnclear. PaperRevoked: it was recorded before.
    """
    work.add(
        ReleaseRevocation(
            request_id=request.id, patient_id=request.patient_id, revoked_at=work.now,
            revoked_by=work.actor.user_id, told=Said(checked_words(how, "how")),
        )
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.RELEASE_REVOKED)
    return ReleaseRevoked(request.id)
