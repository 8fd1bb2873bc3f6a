"""Close the practice for a time: a holiday, a storm."""

from datetime import datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.away import Away, booked_within, checked_away
from workbench.scheduling.tables import TimeAway


@action(Permission.CLOSE_PRACTICE)
def close_practice(work: Work, *, starts_at: datetime, ends_at: datetime, label: str) -> Away:
    """Nobody offers any time in it.

    Raises:
        HoursWrong: see `checked_away`.
    """
    span, words = checked_away(starts_at, ends_at, label, work.now)
    away = TimeAway(
        starts_at=span.starts_at, ends_at=span.ends_at, label=words, made_at=work.now, made_by=work.actor.user_id
    )
    work.add(away)
    work.flush()
    booked = booked_within(work, span)
    work.record(AuditEvent.PRACTICE_CLOSED, subject=away, booked=booked)
    return Away(away.id, booked)
