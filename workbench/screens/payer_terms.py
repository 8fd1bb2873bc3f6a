"""What each payer is claimed from: signed notes only, or also without, since when and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.billing.claim_rule_tables import PayerTerms
from workbench.claims.tables import Payer
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.store.newest import last_said


@dataclass(frozen=True)
class PayerShown:
    """One payer. set_at: None where nothing was said, and signed notes are needed."""

    payer_id: str
    name: str
    payer_number: str
    needs_note: bool
    reason: str
    set_at: datetime | None


@view(Permission.SEE_PAYER_TERMS, shows=AuditEvent.PAYER_TERMS_SEEN)
def payer_terms(look: Look) -> tuple[PayerShown, ...]:
    """Those that are billed, by name."""
    query = last_said(PayerTerms, PayerTerms.payer_id, PayerTerms.nth, select(Payer.id))
    said = {one.payer_id: one for one in look.scalars(query)}
    payers = look.scalars(select(Payer).where(Payer.is_active).order_by(Payer.name, Payer.id))
    return tuple(
        PayerShown(
            one.id, one.name, one.payer_number, said[one.id].needs_note if one.id in said else True,
            said[one.id].reason if one.id in said else "", said[one.id].set_at if one.id in said else None,
        )
        for one in payers
    )  # fmt: skip
