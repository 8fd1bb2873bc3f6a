"""Say that one does not sign a form, and why."""

from dataclasses import dataclass
from datetime import datetime

from workbench.actions.intake._own import check_own
from workbench.actions.intake._standing import relation_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.signing import checked_signature, content_hash
from workbench.intake.tables import OwnAnswers, OwnResponse, OwnState


@dataclass(frozen=True)
class OwnFormRefused:
    """Since when."""

    refused_at: datetime


@action(Permission.SIGN_OWN_FORM, on=OwnResponse)
def refuse_own_form(work: Work, row: OwnResponse, *, reason: str, language: str, network: str) -> OwnFormRefused:
    """What was answered until then stays with it. Whoever changes their mind is asked again by the practice.

    Raises:
        SignatureUnclear: no reason. NotFound: another person's, or a measure. OwnLocked, PacketWithdrawn.
    """
    check_own(work, row)
    if row.version_id is None:
        raise NotFound
    signature = checked_signature(
        name="", relation=relation_of(work, row.patient_id), language=language, network=network, agreed=False,
        reason=reason, refuses=True,
    )  # fmt: skip
    row.answered = OwnAnswers(row.answered.response, signature)
    row.signed_at = row.saved_at = work.now
    row.state = OwnState.REFUSED
    row.content_hash = content_hash(row)
    work.flush()
    work.record(AuditEvent.OWN_FORM_REFUSED, content_hash=row.content_hash, relation=signature.relation)
    return OwnFormRefused(work.now)
