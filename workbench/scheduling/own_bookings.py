"""The rules that hold now, keeping a new one, and what became of the times people chose by themselves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.scheduling.own_tables import OwnBooking, SelfBookingRule, SelfBookingStaff
from workbench.scheduling.rules import WAITING, CancelledBy
from workbench.scheduling.self_booking import (
    BookingAnswer,
    DeclinedWhy,
    How,
    RequestOver,
    Rule,
    SeenBy,
    Whom,
)
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceStatus
from workbench.store.newest import last_said, next_nth


def rules_of(asking: Work | Look, type_ids: Collection[str] | Select[str]) -> dict[str, tuple[str, Rule]]:
    """By kind of appointment, the id of the rule that holds and what it says; a kind without one is missing."""
    rows = list(asking.scalars(last_said(SelfBookingRule, SelfBookingRule.type_id, SelfBookingRule.nth, type_ids)))
    named: dict[str, set[str]] = {row.id: set() for row in rows}
    of = select(SelfBookingStaff.rule_id, SelfBookingStaff.staff_id).where(SelfBookingStaff.rule_id.in_(named))
    for rule_id, staff_id in asking.execute(of):
        named[rule_id].add(staff_id)
    return {row.type_id: (row.id, _rule(row, frozenset(named[row.id]))) for row in rows}


def open_types(asking: Work | Look) -> list[AppointmentType]:
    """The kinds on offer, by name."""
    query = select(AppointmentType).where(AppointmentType.is_active.is_(True)).order_by(AppointmentType.name)
    return list(asking.scalars(query))


def keep_rule(work: Work, type_id: str, rule: Rule) -> SelfBookingRule:
    """Another rule of this kind, checked."""
    rule = rule.checked()
    row = SelfBookingRule(
        type_id=type_id, nth=next_nth(work, SelfBookingRule.nth, SelfBookingRule.type_id == type_id), how=rule.how,
        whom=rule.whom, seen_by=rule.seen_by, notice_hours=rule.notice_hours, ahead_days=rule.ahead_days,
        most_open=rule.most_open, answer_hours=rule.answer_hours, may_move=rule.may_move, said_at=work.now,
        said_by=work.actor.user_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.add(*(SelfBookingStaff(rule_id=row.id, staff_id=staff_id) for staff_id in sorted(rule.staff_ids)))
    work.flush()
    return row


def is_returning(asking: Work | Look, patient_id: str) -> bool:
    """Whether they have had an appointment that took place."""
    query = select(Attendance.id).where(
        Attendance.patient_id == patient_id, Attendance.status == AttendanceStatus.COMPLETED
    )
    return asking.scalar(query.limit(1)) is not None


def how_many_open(asking: Work | Look, patient_id: str, type_id: str) -> int:
    """How many of a kind that they chose by themselves are still to come, asked for or booked."""
    query = (
        select(func.count())
        .select_from(OwnBooking)
        .join(Attendance, Attendance.id == OwnBooking.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(
            OwnBooking.patient_id == patient_id, Appointment.type_id == type_id, Appointment.starts_at > asking.now,
            Attendance.status.in_({AttendanceStatus.REQUESTED, *WAITING}),
        )
    )  # fmt: skip
    return int(asking.scalar(query) or 0)


def answer_booking(work: Work, booking: OwnBooking, said: BookingAnswer, why: DeclinedWhy | None = None) -> None:
    """What became of it, by whom and when."""
    booking.answer, booking.answered_at, booking.answered_by = said, work.now, work.actor.user_id
    booking.why = why or ""


def check_unanswered(booking: OwnBooking, now: datetime) -> None:
    """Insist that the request waits for an answer; at the instant it lapses it does not.

    Raises:
        RequestOver: it does not.
    """
    if booking.answer != BookingAnswer.NONE or booking.lapses_at is None or now >= booking.lapses_at:
        raise RequestOver


def is_movable(rule: Rule, appointment: Appointment, status: str, now: datetime) -> bool:
    """Whether the person may move it by themselves, as far as its row and the rule of its kind say."""
    awaited = status in WAITING and appointment.starts_at > now
    return awaited and rule.may_move and appointment.group_id is None


def answered_by_move(work: Work, attendance: Attendance, to: AttendanceStatus, cancelled_by: str) -> None:
    """A request whose attendance moves on is answered thereby, unless its verb has written the answer already."""
    booking = work.scalar(select(OwnBooking).where(OwnBooking.attendance_id == attendance.id))
    if booking is None or booking.answer != BookingAnswer.NONE:
        return
    if to is AttendanceStatus.BOOKED:
        answer_booking(work, booking, BookingAnswer.ACCEPTED)
    elif cancelled_by == CancelledBy.PATIENT:
        answer_booking(work, booking, BookingAnswer.WITHDRAWN)
    else:
        answer_booking(work, booking, BookingAnswer.DECLINED, DeclinedWhy.CALL_US)


def _rule(row: SelfBookingRule, staff_ids: frozenset[str]) -> Rule:
    return Rule(
        How(row.how), Whom(row.whom), SeenBy(row.seen_by), staff_ids, row.notice_hours, row.ahead_days, row.most_open,
        row.answer_hours, row.may_move,
    )  # fmt: skip
