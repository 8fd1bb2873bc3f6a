"""Write down a try to sign in that was not right, and count it."""

from dataclasses import dataclass

from workbench.accounts.proving import count_wrong, count_wrong_code
from workbench.accounts.rules import SignInRefused
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SignInNoted:
    """The try is in the log."""

    is_known: bool


@action(Permission.SIGN_IN, refuses={"sign_in_tries": SignInRefused})
def refuse_sign_in(work: Work, *, user_id: str, why: str, address: str = "") -> SignInNoted:
    """Note that somebody tried. `user_id` is empty for an unknown address; `why` is `password`, `disabled`, `code`.

    address: the blind token (hex) of what was typed, under which wrong passwords are counted, account or none. The
    address itself is not written down: people type passwords into the wrong field.
    """
    user = work.get(User, user_id) if user_id else None
    if address:
        count_wrong(work, address)
    if why == "code" and user is not None:
        count_wrong_code(work, user)
    work.record(AuditEvent.SIGN_IN_REFUSED, subject=user, outcome="refused", why=why)
    return SignInNoted(is_known=user is not None)
