"""Set up an account for a member of staff or a patient."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from sqlalchemy import select

from workbench.accounts.queries import NAME_FIELD
from workbench.accounts.rules import AddressTaken, sign_in_name
from workbench.accounts.tables import (
    Authenticator,
    AuthenticatorSecret,
    RoleGrant,
    User,
    UserSecrets,
    key_owner_of,
)
from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class Provisioned:
    """The new account. `totp_seed` is shown once, to set up the person's code generator."""

    user_id: str
    totp_seed: str = field(repr=False)


@action(
    Permission.PROVISION_USER,
    refuses={"users.person_id": AddressTaken, "users.name_token": AddressTaken, "uq_users": AddressTaken},
)
def provision_user(
    work: Work,
    *,
    person_id: str,
    email: str,
    password_hash: str,
    roles: Collection[Role],
    totp_seed: str = "",
    ends_at: datetime | None = None,
) -> Provisioned:
    """An account that can sign in at once with this password (hashed by `accounts.passwords`, outside any
    transaction) and codes of `totp_seed` (base32, 160 bits; made here if empty). ends_at: when the roles end.

    Raises:
        AddressTaken: the address or the person has an account.
    """
    token = work.vault.token(NAME_FIELD, sign_in_name(email))
    if work.scalar(select(User.id).where((User.name_token == token) | (User.person_id == person_id))) is not None:
        raise AddressTaken
    seed, owner = totp_seed or pyotp.random_base32(), key_owner_of(person_id)
    user = User(person_id=person_id, key_owner=owner, name_token=token, created_at=work.now)
    user.secrets = UserSecrets(email.strip(), password_hash)
    authenticator = Authenticator(user_id=user.id, key_owner=owner, added_at=work.now)
    authenticator.secret = AuthenticatorSecret(seed)
    work.add(user)
    work.flush()
    by = work.actor.user_id
    grants = [RoleGrant(user_id=user.id, role=r, granted_at=work.now, granted_by=by, ended_at=ends_at) for r in roles]
    work.add(authenticator, *grants)
    work.record(AuditEvent.USER_PROVISIONED, subject=user, roles=" ".join(sorted(roles)))
    return Provisioned(user.id, seed)
