"""Add a passkey to one's own account."""

from dataclasses import dataclass

from sqlalchemy import func, select
from webauthn.helpers import base64url_to_bytes

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.passkeys import registered
from workbench.accounts.proofs import Owed, PasskeyRefused, PasskeyShown, hash_of_credential
from workbench.accounts.proving import settle_owed
from workbench.accounts.tables import Passkey, PasskeySecret, User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class PasskeyAdded:
    """The passkey, and how many the person has now; two are recommended."""

    passkey_id: str
    count: int


@action(Permission.CHANGE_OWN_SIGN_IN, on=User, refuses={"passkeys": PasskeyRefused})
def add_passkey(work: Work, user: User, *, shown: PasskeyShown, label: str) -> PasskeyAdded:
    """A passkey for `user`. label: what the person calls the device; at most 60 characters are kept.

    Raises:
        PasskeyRefused: the answer does not hold, or this passkey is in use already.
    """
    made = registered(shown)
    passkey = Passkey(
        user_id=user.id, person_id=user.person_id, key_owner=user.key_owner, sign_count=made.sign_count,
        credential_hash=hash_of_credential(base64url_to_bytes(made.credential_id)), added_at=work.now,
    )  # fmt: skip
    passkey.secret = PasskeySecret(made.credential_id, made.public_key, label.strip()[:60] or "Passkey")
    work.add(passkey)
    work.flush()
    settle_owed(work, user.id, (Owed.FACTOR, Owed.PASSKEY))
    tell(work, user.id, NoticeKind.PASSKEY_ADDED)
    count = work.scalar(
        select(func.count()).select_from(Passkey).where(Passkey.user_id == user.id, Passkey.ended_at.is_(None))
    )
    work.record(AuditEvent.PASSKEY_ADDED, subject=passkey, count=count)
    return PasskeyAdded(passkey.id, count)
