"""End one's own session."""

from dataclasses import dataclass

from workbench.accounts.tables import UserSession
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SessionEnded:
    """The session is over. `session_hash` names it to the server, which closes its pages."""

    session_hash: str


@action(Permission.END_SESSION, on=UserSession)
def end_session(work: Work, session: UserSession) -> SessionEnded:
    """Sign out. A session that is over already stays as it ended."""
    if session.ended_at is None:
        session.ended_at = work.now
    work.record(AuditEvent.SESSION_ENDED)
    return SessionEnded(session.token_hash)
