"""Who belongs to a group now, and its sessions to come."""

from collections.abc import Collection

from sqlalchemy import select

from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.grace import LEFT_GROUP
from workbench.scheduling.group_rules import GroupFull
from workbench.scheduling.group_tables import GroupMember, PatientGroup, members_of
from workbench.scheduling.holding import attend
from workbench.scheduling.moves import free_time_if_nobody_is_left, hold_again, move_attendance, restore_attendance
from workbench.scheduling.rules import ENDED, WAITING, CancelledBy
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus
from workbench.store.base import Base


def members(work: Work, group: PatientGroup) -> tuple[str, ...]:
    """The ids of who belongs to it now, in one order."""
    return tuple(sorted(work.scalars(members_of(group.id))))


def check_reach(work: Work, patients: Collection[Base]) -> None:
    """Whoever puts people together may book for each of them.

    Raises:
        NotFound: one is out of reach, which is told like one that is not there.
    """
    if not all(work.allowed(Permission.BOOK_APPOINTMENT, one) for one in patients):
        raise NotFound


def put_in(work: Work, group: PatientGroup, patient_ids: Collection[str]) -> None:
    """They belong to it from today.

    Raises:
        GroupFull: it takes no more.
    """
    if len(members(work, group)) + len(patient_ids) > group.most:
        raise GroupFull(group.most)
    work.add(*(
        GroupMember(group_id=group.id, patient_id=one, joined_on=work.today, joined_by=work.actor.user_id)
        for one in patient_ids
    ))  # fmt: skip
    work.flush()


def is_charged_to_another(work: Work, attendance: Attendance) -> bool:
    """A couple's or a family's session is one person's for the payer, however many come."""
    of_group = select(Appointment.group_id).where(Appointment.id == attendance.appointment_id).scalar_subquery()
    billed = work.scalar(select(PatientGroup.billed_id).where(PatientGroup.id == of_group))
    return billed is not None and billed != attendance.patient_id


def sessions_to_come(work: Work, group: PatientGroup) -> list[Appointment]:
    """The group's sessions that have not begun and are not cancelled, in order."""
    query = select(Appointment).where(
        Appointment.group_id == group.id, Appointment.beside_id.is_(None), Appointment.starts_at > work.now,
        Appointment.id.in_(select(Attendance.appointment_id).where(Attendance.status.not_in(ENDED))),
    )  # fmt: skip
    return list(work.scalars(query.order_by(Appointment.starts_at, Appointment.id)))


def leaders(work: Work, sessions: Collection[Appointment]) -> frozenset[str]:
    """The clinicians who lead one of these sessions, the first or beside the first."""
    ids = [one.id for one in sessions]
    beside = work.scalars(select(Appointment.clinician_id).where(Appointment.beside_id.in_(ids)))
    return frozenset({one.clinician_id for one in sessions} | set(beside))


def expect(work: Work, sessions: Collection[Appointment], patient_id: str) -> None:
    """They come to these sessions too; one that they cancelled before is theirs again."""
    query = select(Attendance).where(Attendance.patient_id == patient_id)
    had = {one.appointment_id: one for one in work.scalars(
        query.where(Attendance.appointment_id.in_([session.id for session in sessions]))
    )}  # fmt: skip
    for session in sessions:
        if session.id not in had:
            attend(work, session.id, patient_id)
        elif had[session.id].status in ENDED:
            restore_attendance(work, had[session.id], AttendanceStatus.BOOKED)
            hold_again(work, session)
    work.flush()


def expect_no_more(work: Work, sessions: Collection[Appointment], patient_id: str) -> int:
    """They come to none of these sessions; how many they were to come to."""
    query = select(Attendance).where(
        Attendance.patient_id == patient_id, Attendance.status.in_(WAITING),
        Attendance.appointment_id.in_([session.id for session in sessions]),
    )  # fmt: skip
    of = {session.id: session for session in sessions}
    found = work.scalars(query).all()
    for attendance in found:
        move_attendance(work, attendance, AttendanceStatus.CANCELLED, reason=LEFT_GROUP,
                        cancelled_by=CancelledBy.PATIENT)  # fmt: skip
        free_time_if_nobody_is_left(work, of[attendance.appointment_id])
    return len(found)
