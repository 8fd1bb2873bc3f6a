"""Lines of the audit log to ask about, and accounts for the people of the small practice."""

from datetime import datetime

from workbench.accounts.tables import User, UserSecrets
from workbench.gate.actor import Actor
from workbench.gate.audit import Entry
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.store.vault import PRACTICE


def opened(actor: Actor, patient_id: str, at: datetime, held: str = "P") -> Entry:
    """Somebody read a chart."""
    facts = {"verb": "patient_chart", "patients": 1, "held": held}
    return Entry(actor, AuditEvent.CHART_READ, Permission.READ_CHART, at, "shown", "patients", patient_id, patient_id,
                 facts)  # fmt: skip


def user(user_id: str, person_id: str, at: datetime) -> User:
    """An account of a member of staff; nobody signs in to it."""
    return User(id=user_id, person_id=person_id, key_owner=PRACTICE, name_token=user_id.encode(), created_at=at,
                secrets=UserSecrets(f"{user_id}@example.test", ""))  # fmt: skip
