"""Let a person in: their second factor is checked and spent, and their session begins, all at once."""

import secrets

from sqlalchemy import select

from workbench.accounts.rules import AccountState, Opened, SignInRefused, hash_of_token, step_of_code
from workbench.accounts.tables import Authenticator, AuthenticatorKind, User, UserSession
from workbench.gate.action import action
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@action(Permission.SIGN_IN, on=User)
def open_session(work: Work, user: User, *, code: str) -> Opened:
    """A new session for `user`, whose password was right, if `code` is a fresh code of one of their generators.

    Raises:
        SignInRefused: the account is disabled, the code is wrong, too old, or was used before.
    """
    if user.state != AccountState.ACTIVE:
        raise SignInRefused
    _spend(work, user, code)
    token = secrets.token_urlsafe(32)
    opened = UserSession(
        token_hash=hash_of_token(token),
        user_id=user.id,
        person_id=user.person_id,
        opened_at=work.now,
        last_input_at=work.now,
    )
    work.add(opened)
    person = Actor(user.id, user.person_id, frozenset(), opened.token_hash)
    work.record(AuditEvent.SESSION_OPENED, by=person, session_id=opened.id)
    return Opened(token, opened.token_hash)


def _spend(work: Work, user: User, code: str) -> None:
    """Use the code up. A step at or before the last used one is refused: a code works once."""
    query = select(Authenticator).where(Authenticator.user_id == user.id, Authenticator.kind == AuthenticatorKind.TOTP)
    fitting = None
    for authenticator in work.scalars(query):
        step = step_of_code(authenticator.secret.seed, code, work.now)
        if step is not None and step > authenticator.last_step:
            fitting = authenticator, step
    if fitting is None:
        raise SignInRefused
    authenticator, authenticator.last_step = fitting
    work.flush()  # with its version: of two posts at the same time the second finds the row changed
