"""Go on from a backup: say so in the log, and let nobody in on what was open when it was taken."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.tables import UserSession
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class WentOn:
    """How many sessions of that time were ended."""

    sessions: int


@action(Permission.GO_ON_FROM_BACKUP)
def go_on_from_backup(work: Work, *, taken_at: datetime) -> WentOn:
    """End every session that the backup holds as open: its cookies may be anywhere by now."""
    sessions = list(work.scalars(select(UserSession).where(UserSession.ended_at.is_(None))))
    for session in sessions:
        session.ended_at = work.now
    work.record(AuditEvent.BACKUP_PUT_BACK, taken_at=taken_at.isoformat(), sessions=len(sessions))
    return WentOn(len(sessions))
