"""What somebody did last at the schedule and may still take back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from workbench.gate.view import Look
from workbench.people.names import patients_named
from workbench.scheduling.grace import GRACE, NOT_TAKEN_BACK
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.rules import ENDED, WAITING
from workbench.scheduling.tables import Appointment, AppointmentMove, Attendance, AttendanceMove, AttendanceStatus
from workbench.screens.groups import titled


@dataclass(frozen=True)
class Undoable:
    """`verb`: `undo_move`, `undo_cancellation` or `undo_booking`; `row_id`: what it is called on; open before `until`.

    count: how many appointments of a series were changed in the same press, 1 for one alone.
    """

    verb: str
    row_id: str
    patient_id: str
    patient_name: str
    count: int
    done_at: datetime

    @property
    def until(self) -> datetime:
        """The instant from which on it stands."""
        return self.done_at + GRACE


def undoable(look: Look) -> Undoable | None:
    """The actor's newest change that is within the grace time and was not taken back; None if there is none.

    What has left their reach since is not named to them any more.
    """
    user_id = getattr(look.actor, "user_id", "")
    found = [one for find in (_moves, _cancellations, _bookings) for one in find(look, user_id)] if user_id else []
    newest = max(found, key=lambda one: one.done_at, default=None)
    if newest is None:
        return None
    look.shown(newest.patient_id)
    return newest if newest.verb == "undo_cancellation" else replace(newest, patient_name=_called(look, newest))


def _called(look: Look, one: Undoable) -> str:
    """Whose appointment it is: the patient's, or a group's by its name."""
    of_appointment = select(Appointment.group_id).where(Appointment.id == one.row_id).scalar_subquery()
    group = look.scalar(select(PatientGroup).where(PatientGroup.id == of_appointment))
    return titled(group.kind, group.name, ()) if group else one.patient_name


def _moves(look: Look, user_id: str) -> Iterator[Undoable]:
    later = aliased(AppointmentMove)
    query = (
        select(AppointmentMove.moved_at, func.min(AppointmentMove.appointment_id), func.min(Attendance.patient_id),
               func.count(AppointmentMove.appointment_id.distinct()))
        .join(Attendance, Attendance.appointment_id == AppointmentMove.appointment_id)
        .where(
            AppointmentMove.moved_at > look.now - GRACE,
            AppointmentMove.moved_by == user_id,
            AppointmentMove.undoes.is_(None),
            Attendance.status.in_(WAITING),
            ~select(later.id)
            .where(later.appointment_id == AppointmentMove.appointment_id, later.id > AppointmentMove.id)
            .exists(),
        )
    )  # fmt: skip
    yield from _read(look, "undo_move", query.group_by(AppointmentMove.moved_at))


def _cancellations(look: Look, user_id: str) -> Iterator[Undoable]:
    later = aliased(AttendanceMove)
    query = (
        select(AttendanceMove.moved_at, func.min(AttendanceMove.attendance_id), func.min(Attendance.patient_id),
               func.count(Attendance.appointment_id.distinct()))
        .join(Attendance, Attendance.id == AttendanceMove.attendance_id)
        .where(
            AttendanceMove.moved_at > look.now - GRACE,
            AttendanceMove.moved_by == user_id,
            AttendanceMove.to_status.in_(ENDED),
            AttendanceMove.reason.not_in(NOT_TAKEN_BACK),
            AttendanceMove.from_status != AttendanceStatus.REQUESTED,
            ~select(later.id)
            .where(later.attendance_id == AttendanceMove.attendance_id, later.id > AttendanceMove.id)
            .exists(),
        )
    )  # fmt: skip
    yield from _read(look, "undo_cancellation", query.group_by(AttendanceMove.moved_at))


def _bookings(look: Look, user_id: str) -> Iterator[Undoable]:
    query = (
        select(Appointment.booked_at, func.min(Appointment.id), func.min(Attendance.patient_id),
               func.count(Appointment.id.distinct()))
        .join(Attendance, Attendance.appointment_id == Appointment.id)
        .where(
            Appointment.booked_at > look.now - GRACE,
            Appointment.booked_by == user_id,
            Attendance.status == AttendanceStatus.BOOKED,
        )
    )  # fmt: skip
    yield from _read(look, "undo_booking", query.group_by(Appointment.booked_at))


def _read(look: Look, verb: str, query: Select[datetime, str, str, int]) -> Iterator[Undoable]:
    reach = look.reach()
    within = query if reach is None else query.where(Attendance.patient_id.in_(reach))
    for done_at, row_id, patient_id, count in look.execute(within):
        name = patients_named(look, [patient_id])[patient_id].shown_name
        yield Undoable(verb, row_id, patient_id, name, count, done_at)
