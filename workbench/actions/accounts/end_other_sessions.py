"""End every session of one's own but this one."""

from dataclasses import dataclass

from workbench.accounts.proving import end_sessions
from workbench.accounts.tables import UserSession
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class OthersEnded:
    """The sessions that are over, by the hashes under which the server closes their pages."""

    session_hashes: tuple[str, ...]


@action(Permission.END_SESSION, on=UserSession)
def end_other_sessions(work: Work, session: UserSession) -> OthersEnded:
    """Sign out everywhere else."""
    ended = end_sessions(work, session.user_id, keep=session.id)
    work.record(AuditEvent.SESSIONS_ENDED, count=len(ended))
    return OthersEnded(ended)
