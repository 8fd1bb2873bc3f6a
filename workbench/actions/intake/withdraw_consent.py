"""Take a consent back: by who gave it in the portal, or by staff on their word."""

from dataclasses import dataclass
from datetime import datetime

from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.consent_tables import Consent, ConsentWithdrawal, Withdrawn
from workbench.intake.consents import LONGEST_WORD, ConsentKind, ConsentOver, WordMissing
from workbench.intake.tables import OwnResponse


@dataclass(frozen=True)
class ConsentTakenBack:
    """From this instant on nothing is done by it."""

    withdrawn_at: datetime


@action(
    Permission.WITHDRAW_CONSENT,
    on=Consent,
    refuses={"uq_consent_withdrawals_consent_id": ConsentOver, "consent_withdrawals.consent_id": ConsentOver},
)
def withdraw_consent(work: Work, consent: Consent, *, said: str = "") -> ConsentTakenBack:
    """said: what they said, which staff must write down and they themselves may.

    Who stands in for somebody takes back what they gave themselves, and nothing that the person gave.

    Raises:
        ConsentOver: it was taken back before. WordMissing. NotFound: a proxy, about another's consent; staff who
            do not read the chart, about one under 42 CFR Part 2.
    """
    is_portal = work.actor.roles <= {Role.PATIENT, Role.PROXY}
    is_own = work.actor.person_id in (consent.patient_id, work.get(OwnResponse, consent.response_id).person_id)
    if is_portal and not is_own:
        raise NotFound
    if not is_portal and consent.kind == ConsentKind.PART_2 and not work.allowed(Permission.READ_CHART, consent):
        raise NotFound
    told = said.strip()
    if len(told) > LONGEST_WORD or (not told and not is_portal):
        raise WordMissing
    work.add(ConsentWithdrawal(
        consent_id=consent.id, patient_id=consent.patient_id, withdrawn_at=work.now, withdrawn_by=work.actor.user_id,
        in_person=not is_portal, told=Withdrawn(told),
    ))  # fmt: skip
    work.flush()
    work.record(AuditEvent.CONSENT_WITHDRAWN, kind=consent.kind, in_person=not is_portal)
    return ConsentTakenBack(work.now)
