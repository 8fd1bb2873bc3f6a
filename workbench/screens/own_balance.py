"""What the person in care owes, as they or who stands in for them see it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.ledger.rules import PATIENT_ACCOUNTS
from workbench.ledger.tables import LedgerLine
from workbench.people.tables import Patient


@dataclass(frozen=True)
class OwnBalance:
    """cents: what they owe now; below zero, what the practice owes them."""

    cents: Cents


@view(Permission.SEE_OWN_BALANCE, shows=AuditEvent.OWN_BALANCE_SEEN, on=Patient)
def own_balance(look: Look, patient: Patient) -> OwnBalance:
    """One sum of the books."""
    look.shown(patient.id)
    mine = (LedgerLine.patient_id == patient.id, LedgerLine.account.in_(PATIENT_ACCOUNTS))
    return OwnBalance(Cents(int(look.scalar(select(func.sum(LedgerLine.cents)).where(*mine)) or 0)))
