"""Change one's own password: every other session of the account ends."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proving import end_sessions
from workbench.accounts.tables import User, UserSecrets, UserSession
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class PasswordChanged:
    """The sessions that ended with it, by the hashes under which the server closes their pages."""

    ended: tuple[str, ...]


@action(Permission.CHANGE_OWN_SIGN_IN, on=User)
def change_password(work: Work, user: User, *, password_hash: str) -> PasswordChanged:
    """The new password, judged and hashed by `accounts.passwords` outside any transaction. This session goes on."""
    mine = work.scalar(select(UserSession.id).where(UserSession.token_hash == work.actor.session_hash))
    user.secrets = UserSecrets(user.secrets.email, password_hash)
    ended = end_sessions(work, user.id, keep=mine or "")
    tell(work, user.id, NoticeKind.PASSWORD_CHANGED)
    work.record(AuditEvent.PASSWORD_CHANGED, sessions_ended=len(ended))
    return PasswordChanged(ended)
