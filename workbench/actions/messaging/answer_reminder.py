"""Confirm or cancel by the link of a reminder, without signing in."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token
from workbench.messaging.answering import Answer, LinkOver, counts
from workbench.messaging.tables import Reminder, ReminderLink
from workbench.people.queries import notice_of
from workbench.scheduling.moves import free_time_if_nobody_is_left, move_attendance
from workbench.scheduling.rules import WAITING, CancelledBy, cancelled_status
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance, AttendanceStatus

BY_LINK = "By the link of a reminder"


@dataclass(frozen=True)
class Answered:
    """How the appointment stands now. is_late: it was cancelled within the practice's notice."""

    answer: str
    is_late: bool = False


@action(Permission.ANSWER_REMINDER)
def answer_reminder(work: Work, *, token: str, answer: str) -> Answered:
    """Confirm, or cancel also what was confirmed; the same answer twice is one.

    Raises:
        LinkOver: the link is none, its time is over, or the appointment was moved, cancelled or held since.
    """
    link = work.scalar(select(ReminderLink).where(ReminderLink.token_hash == hash_of_token(token)))
    if link is None or answer not in set(Answer):
        raise LinkOver
    attendance = work.get(Attendance, link.attendance_id)
    appointment = work.get(Appointment, attendance.appointment_id)
    if link.answered == answer == Answer.CANCEL and attendance.status not in WAITING:
        work.record(AuditEvent.REMINDER_ANSWERED, subject=link, answer=answer, again=True)
        return Answered(answer, attendance.status == AttendanceStatus.LATE_CANCELLED)
    is_same = appointment.starts_at == work.get(Reminder, link.reminder_id).starts_at
    is_held = appointment.status == AppointmentStatus.HELD and attendance.status in WAITING
    if not (counts(link, work.now) and is_same and is_held):
        raise LinkOver
    is_late = _confirm(work, attendance) if answer == Answer.CONFIRM else _cancel(work, attendance, appointment)
    link.answered, link.answered_at = answer, work.now
    work.flush()
    work.record(AuditEvent.REMINDER_ANSWERED, subject=link, answer=answer, late=is_late)
    return Answered(answer, is_late)


def _confirm(work: Work, attendance: Attendance) -> bool:
    if attendance.status != AttendanceStatus.CONFIRMED:
        move_attendance(work, attendance, AttendanceStatus.CONFIRMED, reason=BY_LINK)
    return False


def _cancel(work: Work, attendance: Attendance, appointment: Appointment) -> bool:
    notice = notice_of(work)
    status = cancelled_status(appointment.starts_at, work.now, notice)
    move_attendance(work, attendance, status, reason=BY_LINK, cancelled_by=CancelledBy.PATIENT)
    free_time_if_nobody_is_left(work, appointment)
    return status is AttendanceStatus.LATE_CANCELLED
