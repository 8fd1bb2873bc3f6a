"""Cancel what is still to come of a series, from one of its days on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.queries import notice_of
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.rules import CancelledBy, cancelled_status, checked_by, checked_reason
from workbench.scheduling.series import rest_of
from workbench.scheduling.tables import AppointmentSeries, AttendanceStatus


@dataclass(frozen=True)
class SeriesCancelled:
    """How many appointments were cancelled, and how many of them within the practice's notice."""

    cancelled: int
    late: int


@action(Permission.CANCEL_FOR_OTHERS, on=AppointmentSeries)
def cancel_series(
    work: Work, series: AppointmentSeries, *, from_on: date, reason: str, by: str = CancelledBy.PATIENT,
    shown: Sequence[datetime] | None = None,
) -> SeriesCancelled:  # fmt: skip
    """Cancel each that still waits, from the one that the series gave `from_on`. Nothing is deleted.

    reason: a few words for staff; it is kept with every move, never in the log.
    by: whose cancellation it is; what the practice cancels is never late.
    shown: when each of them begins, as the person was shown before; where it is otherwise by now, none is cancelled.

    Raises:
        NothingToCome, StalePage: see `rest_of`. ReasonMissing.
    """
    kept, whose = checked_reason(reason), checked_by(by)
    notice = notice_of(work)
    waiting = rest_of(work, series.id, from_on, shown)
    late = 0
    for one in waiting:
        status = cancelled_status(one.appointment.starts_at, work.now, notice, whose)
        for attendance in one.attendances:
            move_attendance(work, attendance, status, reason=kept, cancelled_by=whose)
        free_time_if_nobody_is_left(work, one.appointment)
        late += status is AttendanceStatus.LATE_CANCELLED
    work.record(
        AuditEvent.SERIES_CANCELLED, from_on=from_on.isoformat(), appointments=len(waiting), whose=whose, late=late
    )
    return SeriesCancelled(len(waiting), late)
