"""Say whether a payer is claimed from signed notes only."""

from dataclasses import dataclass

from workbench.billing.claim_rule_tables import PayerTerms
from workbench.billing.claim_rules import checked_reason
from workbench.claims.tables import Payer
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class PayerTermsSet:
    """They count for every claim from now on."""

    terms_id: str


@action(Permission.SET_PAYER_TERMS, on=Payer,
        refuses={"uq_payer_terms_nth": StalePage, "payer_terms.payer_id": StalePage})  # fmt: skip
def set_payer_terms(work: Work, payer: Payer, *, needs_note: bool, reason: str) -> PayerTermsSet:
    """A new version; those before stay. reason: why, in a sentence; never about one person.

    Raises:
        ReasonTooShort.
    """
    terms = PayerTerms(
        payer_id=payer.id, nth=next_nth(work, PayerTerms.nth, PayerTerms.payer_id == payer.id), needs_note=needs_note,
        reason=checked_reason(reason), set_at=work.now, set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(terms)
    work.flush()
    work.record(AuditEvent.PAYER_TERMS_SET, subject=terms, payer_id=payer.id, needs_note=needs_note)
    return PayerTermsSet(terms.id)
