"""Sign-ins of the synthetic practice: one for each role, printed where the practice is started."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyotp

from workbench.accounts.access_rules import USUAL_DAYS
from workbench.accounts.passwords import hash_password
from workbench.actions.accounts.provision_user import provision_user
from workbench.demo.people import address_of
from workbench.demo.plan import Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Role, SystemActor
from workbench.gate.permissions import Permission

PASSWORD: Final = "reed water slate heron"  # noqa: S105 - of invented people only, and printed at every start
_PROVISIONER: Final = SystemActor("load_synthetic_practice", frozenset({Permission.PROVISION_USER}))
# Longer than a real one, so that there is an auditor to sign in as for a while after the practice is made.
_AUDITOR_DAYS: Final = 120
# The same code generator for everybody: nobody has to set up ten of them to look around.
SEED: Final = "SYNTHETICPRACTICEONLY234567ABCDE"


@dataclass(frozen=True)
class SignIn:
    """Who can sign in as what; `title` is the role as people say it."""

    role: Role
    email: str
    title: str


def sign_ins() -> tuple[SignIn, ...]:
    """One person for each role of staff. The supervisor is a clinician too."""
    roles = [Role.FRONT_DESK, Role.CLINICIAN, Role.SUPERVISOR, Role.BILLER, Role.MANAGER, Role.OWNER]
    roles += [Role.COMPLIANCE, Role.AUDITOR, Role.IT]
    titles = {Role.IT: "IT", Role.COMPLIANCE: "Compliance officer"}
    return tuple(SignIn(one, address_of(one), titles.get(one, one.replace("_", " ").capitalize())) for one in roles)


def code_at(now: datetime) -> str:
    """The code that everybody's generator shows now."""
    return pyotp.TOTP(SEED).at(now)


def provision_accounts(gate: Gate, plan: Plan, now: datetime) -> Mapping[str, str]:
    """Accounts for everybody who works here; the account of each clinician by id, of the others by their role."""
    hashed = shared_hash(gate)
    accounts: dict[str, str] = {}
    for number, clinician in enumerate(plan.clinicians):
        roles = [Role.CLINICIAN, Role.SUPERVISOR] if number == 1 else [Role.CLINICIAN]
        accounts[clinician.id] = provision(gate, clinician.id, clinician.details.email, hashed, roles, now)
    for staff in plan.staff:
        accounts[staff.role] = provision(gate, staff.id, staff.details.email, hashed, [Role(staff.role)], now)
    return accounts


def shared_hash(gate: Gate) -> str:
    """One hash for all: making sixty takes longer than making the small practice."""
    return hash_password(gate.store.vault.service_key("pepper"), PASSWORD)


def provision(gate: Gate, person_id: str, email: str, hashed: str, roles: list[Role], now: datetime) -> str:
    """An account with the password and the code generator of everybody; its id."""
    days = _AUDITOR_DAYS if Role.AUDITOR in roles else USUAL_DAYS
    made = provision_user(
        gate, _PROVISIONER, now=now, person_id=person_id, email=email, password_hash=hashed, roles=roles,
        totp_seed=SEED, ends_at=now + timedelta(days=days),
    )  # fmt: skip
    return made.user_id
