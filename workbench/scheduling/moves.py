"""How an attendance's status changes: by the table of moves, with a row that says who and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.ids import AttendanceId
from workbench.kernel.time import Span
from workbench.scheduling.grace import TAKEN_BACK
from workbench.scheduling.own_bookings import answered_by_move
from workbench.scheduling.rules import holds_time, moved
from workbench.scheduling.tables import (
    Appointment,
    AppointmentMove,
    AppointmentStatus,
    Attendance,
    AttendanceMove,
    AttendanceStatus,
)


@dataclass(frozen=True)
class AttendanceMoved:
    """Where an attendance stands now, and the version its next change has to name."""

    attendance_id: AttendanceId
    status: AttendanceStatus
    version: int


def move_attendance(
    work: Work, attendance: Attendance, to: AttendanceStatus, *, reason: str = "", cancelled_by: str = ""
) -> AttendanceMoved:
    """Change the status and keep the row of the move. `reason` is a short text for staff, never clinical.

    cancelled_by: whose cancellation it is, if it is one.

    Raises:
        CannotMove: the status does not lead there.
    """
    if attendance.status == AttendanceStatus.REQUESTED:
        answered_by_move(work, attendance, moved(attendance.status, to), cancelled_by)
    return _set(work, attendance, moved(attendance.status, to), reason, cancelled_by)


def restore_attendance(work: Work, attendance: Attendance, to: AttendanceStatus) -> AttendanceMoved:
    """Give it the status it had before its last move, past the table of moves. Another row; none is taken away."""
    return _set(work, attendance, to, TAKEN_BACK)


def _set(
    work: Work, attendance: Attendance, to: AttendanceStatus, reason: str, cancelled_by: str = ""
) -> AttendanceMoved:
    work.add(
        AttendanceMove(
            attendance_id=attendance.id,
            from_status=attendance.status,
            to_status=to,
            moved_at=work.now,
            moved_by=work.actor.user_id,
            reason=reason,
            cancelled_by=cancelled_by,
        )
    )
    attendance.status = to
    work.flush()
    return AttendanceMoved(AttendanceId(attendance.id), to, attendance.version)


@dataclass(frozen=True)
class Elsewhere:
    """Where an appointment goes. `undoes`: the move that is taken back by it.

    overlap_because: why it may lie over others there; None keeps what was said before.
    room_id: the room there; "" is none, None keeps the one there is as long as the place stays.
    """

    appointment: Appointment
    span: Span
    clinician_id: str
    location_id: str
    undoes: int | None = None
    overlap_because: str | None = None
    room_id: str | None = None

    def room(self) -> str | None:
        """The room it takes."""
        if self.room_id is not None:
            return self.room_id or None
        return self.appointment.room_id if self.location_id == self.appointment.location_id else None


def put_elsewhere(work: Work, wanted: Sequence[Elsewhere]) -> None:
    """Other times, clinicians and places, each with the row that says where it was before, when and by whom.

    All give their time up before the first takes its new one: none stands in another's way. Who leads one beside the
    first goes along.
    """
    everything = [*wanted, *_beside(work, wanted)]
    if len(everything) > 1:
        for one in everything:
            one.appointment.status = AppointmentStatus.CANCELLED
        work.flush()
    for one in everything:
        work.add(_row(work, one))
        one.appointment.status = AppointmentStatus.HELD
        if one.overlap_because is not None:
            one.appointment.overlap_because = one.overlap_because
        one.appointment.room_id = one.room()
        one.appointment.starts_at, one.appointment.ends_at = one.span.starts_at, one.span.ends_at
        one.appointment.clinician_id, one.appointment.location_id = one.clinician_id, one.location_id
    work.flush()


def _beside(work: Work, wanted: Sequence[Elsewhere]) -> list[Elsewhere]:
    leads = {one.appointment.id: one for one in wanted}
    found = []
    for beside in _led_with(work, [one.appointment for one in wanted]):
        lead = leads[beside.beside_id or ""]
        found.append(Elsewhere(beside, lead.span, beside.clinician_id, lead.location_id))
    return found


def _led_with(work: Work, appointments: Sequence[Appointment]) -> list[Appointment]:
    """What holds the time of those who lead these appointments beside the first; only groups have such."""
    ids = [one.id for one in appointments if one.group_id]
    return list(work.scalars(select(Appointment).where(Appointment.beside_id.in_(ids)))) if ids else []


def _row(work: Work, one: Elsewhere) -> AppointmentMove:
    return AppointmentMove(
        appointment_id=one.appointment.id,
        from_clinician_id=one.appointment.clinician_id,
        from_location_id=one.appointment.location_id,
        from_room_id=one.appointment.room_id,
        from_starts_at=one.appointment.starts_at,
        from_ends_at=one.appointment.ends_at,
        undoes=one.undoes,
        moved_at=work.now,
        moved_by=work.actor.user_id,
    )


def free_time_if_nobody_is_left(work: Work, appointment: Appointment) -> bool:
    """Give the clinician's time back when the last attendance was cancelled; True if it was."""
    statuses = work.scalars(select(Attendance.status).where(Attendance.appointment_id == appointment.id)).all()
    if holds_time(statuses):
        return False
    _set_held(work, appointment, AppointmentStatus.CANCELLED)
    return True


def hold_again(work: Work, appointment: Appointment) -> None:
    """Take the time back for somebody who comes after all."""
    _set_held(work, appointment, AppointmentStatus.HELD)


def _set_held(work: Work, appointment: Appointment, to: AppointmentStatus) -> None:
    for one in (appointment, *_led_with(work, [appointment])):
        one.status = to
