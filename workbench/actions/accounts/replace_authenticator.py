"""Set up one's own authenticator app anew: the old seed stops working when the first good code of the new one comes."""

from dataclasses import dataclass

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proofs import Owed
from workbench.accounts.proving import authenticators_of, forgive, settle_owed
from workbench.accounts.rules import CodeWrong, step_of_code
from workbench.accounts.tables import Authenticator, AuthenticatorSecret, User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AuthenticatorReplaced:
    """The authenticator that counts from now on."""

    authenticator_id: str


@action(Permission.CHANGE_OWN_SIGN_IN, on=User)
def replace_authenticator(work: Work, user: User, *, seed: str, code: str) -> AuthenticatorReplaced:
    """Codes of `seed` (base32, 160 bits, made at the edge and shown once) count, and no others; `code` is spent.

    Raises:
        CodeWrong: `code` is none of the seed's at this moment. Nothing changed.
    """
    step = step_of_code(seed, code, work.now)
    if step is None:
        raise CodeWrong
    authenticator = work.scalar(authenticators_of(user.id))
    if authenticator is None:
        authenticator = Authenticator(user_id=user.id, key_owner=user.key_owner, added_at=work.now)
        work.add(authenticator)
    authenticator.secret = AuthenticatorSecret(seed)
    authenticator.last_step, authenticator.added_at = step, work.now
    work.flush()
    forgive(work, authenticator.id)
    settle_owed(work, user.id, (Owed.FACTOR,))
    tell(work, user.id, NoticeKind.AUTHENTICATOR_REPLACED)
    work.record(AuditEvent.AUTHENTICATOR_REPLACED)
    return AuthenticatorReplaced(authenticator.id)
