"""Emergency openings for tests: why, by whom, and accounts of those who are told."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.factories.small_practice import MOSS, put
from workbench.accounts.tables import RoleGrant, User, UserSecrets
from workbench.actions.compliance.open_emergency import Opened, open_emergency
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.store.engine import Store
from workbench.store.vault import PRACTICE

WHY = "Call from the emergency room, medication unknown"
HOUR = timedelta(minutes=60)
MAY = (Role.CLINICIAN, Role.SUPERVISOR, Role.COMPLIANCE, Role.OWNER)


def fresh(actor: Actor, now: datetime) -> Actor:
    """The person, having just shown a factor."""
    return replace(actor, fresh_until=now + timedelta(minutes=5))


def opened(gate: Gate, actor: Actor, now: datetime, patient: str = MOSS) -> Opened:
    """The chart, opened in an emergency."""
    return open_emergency(gate, fresh(actor, now), patient, now=now, kind="medical", reason=WHY)


def account(store: Store, now: datetime, person: str, role: Role) -> None:
    """An account with a role for `stf_<person>`."""
    secrets = UserSecrets(f"{person}@example.test", "")
    user = User(id=f"usr_{person}", person_id=f"stf_{person}", key_owner=PRACTICE, name_token=person.encode(),
                created_at=now, secrets=secrets)  # fmt: skip
    put(store, [user])
    put(store, [RoleGrant(user_id=user.id, role=role, granted_at=now, granted_by="usr_x")])
