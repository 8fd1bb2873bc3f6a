"""Note that a clinician sees nobody for a time: leave, training, an errand."""

from datetime import datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_here
from workbench.people.tables import Staff
from workbench.scheduling.away import Away, booked_within, checked_away
from workbench.scheduling.tables import TimeAway


@action(Permission.SET_HOURS, on=Staff)
def add_time_away(work: Work, staff: Staff, *, starts_at: datetime, ends_at: datetime, label: str) -> Away:
    """No time is offered in it any more.

    label: a few words for staff, never clinical; kept with it, not in the log.

    Raises:
        HoursWrong: see `checked_away`. NoLongerHere.
    """
    check_here(staff, work.today)
    span, words = checked_away(starts_at, ends_at, label, work.now)
    away = TimeAway(
        staff_id=staff.id, starts_at=span.starts_at, ends_at=span.ends_at, label=words, made_at=work.now,
        made_by=work.actor.user_id,
    )  # fmt: skip
    work.add(away)
    work.flush()
    booked = booked_within(work, span, staff.id)
    work.record(AuditEvent.TIME_AWAY_ADDED, away_id=away.id, booked=booked)
    return Away(away.id, booked)
