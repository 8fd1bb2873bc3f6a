"""The board of the day: who is awaited, who is here and since when, who is in session, how it ended."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of, whole_day
from workbench.people.names import staff_named
from workbench.scheduling.tables import Appointment, AttendanceMove, AttendanceStatus
from workbench.screens.calendar_rows import CalendarRow, calendar_rows

Marks = tuple[int, int, int]
"""The newest change of anybody's status, how many are booked today, and how often these were changed."""


@dataclass(frozen=True)
class OnBoard:
    """One patient's part in an appointment of the day, cancelled ones left out.

    since: when it came to stand where it stands; None while they are awaited.
    """

    row: CalendarRow
    since: datetime | None


@dataclass(frozen=True)
class Board:
    """The day by time. clinicians: the names of all that have somebody today."""

    rows: tuple[OnBoard, ...] = ()
    clinicians: tuple[tuple[str, str], ...] = field(default=())


OFF = frozenset({AttendanceStatus.CANCELLED, AttendanceStatus.LATE_CANCELLED})


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def board(look: Look) -> Board:
    """Today, within reach."""
    rows = tuple(row for row in calendar_rows(look, look.today, 1) if row.status not in OFF)
    look.shown(row.patient_id for row in rows)
    ids = [row.attendance_id for row in rows]
    since = _since(look, ids)
    named = staff_named(look, {row.clinician_id for row in rows})
    clinicians = sorted(((key, one.shown_name) for key, one in named.items()), key=lambda one: one[1].casefold())
    shown = (OnBoard(row, since.get((row.attendance_id, row.status))) for row in rows)
    return Board(tuple(shown), tuple(clinicians))


def board_marks(gate: Gate, actor: Actor, *, now: datetime) -> Marks:
    """What an open board asks all the time, so it is not written down: other numbers if anything moved. No names."""
    del actor
    today = whole_day(day_of(now, gate.zone), gate.zone)
    booked = select(func.count(), func.sum(Appointment.version)).where(
        Appointment.starts_at >= today.starts_at, Appointment.starts_at < today.ends_at
    )
    with gate.store.reading() as session:
        count, versions = session.execute(booked).one()
        return session.scalar(select(func.max(AttendanceMove.id))) or 0, count, versions or 0


def _since(look: Look, attendance_ids: list[str]) -> dict[tuple[str, str], datetime]:
    """When each came to its statuses; the last time, where it came there twice."""
    query = (
        select(AttendanceMove.attendance_id, AttendanceMove.to_status, func.max(AttendanceMove.moved_at))
        .where(AttendanceMove.attendance_id.in_(attendance_ids))
        .group_by(AttendanceMove.attendance_id, AttendanceMove.to_status)
    )
    return {(attendance_id, status): at for attendance_id, status, at in look.execute(query)}
