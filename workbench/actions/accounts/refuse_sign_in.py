"""Write down a try to sign in that ended at the password."""

from dataclasses import dataclass

from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SignInNoted:
    """The try is in the log."""

    is_known: bool


@action(Permission.SIGN_IN)
def refuse_sign_in(work: Work, *, user_id: str, why: str) -> SignInNoted:
    """Note that somebody tried. `user_id` is empty for an unknown address; `why` is `password` or `disabled`.

    The address itself is not written down: people type passwords into the wrong field.
    """
    user = work.get(User, user_id) if user_id else None
    work.record(AuditEvent.SIGN_IN_REFUSED, subject=user, outcome="refused", why=why)
    return SignInNoted(is_known=user is not None)
