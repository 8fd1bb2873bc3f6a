"""A cancellation is taken back within three minutes by who made it: the time is held again, if nobody has it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.test_book_series import FIRST, book
from tests.factories.small_practice import MOSS, People, events, every_row, visit
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.cancel_series import cancel_series
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.grace import TAKEN_BACK, GraceOver, NothingToUndo, TimeGivenAway
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance, AttendanceMove, AttendanceStatus
from workbench.screens.calendar import calendar
from workbench.store.engine import Store

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def held(gate: Gate) -> int:
    with gate.store.reading() as session:
        return len(session.scalars(select(Appointment.id).where(Appointment.status == AppointmentStatus.HELD)).all())


@pytest.mark.parametrize("status", [AttendanceStatus.BOOKED, AttendanceStatus.CONFIRMED])
def test_they_are_awaited_again_as_before(
    gate: Gate, store: Store, people: People, now: datetime, status: AttendanceStatus
) -> None:
    visit(store, 1, now + HOUR, status=status)
    cancel_appointment(gate, people.desk, "att_1", now=now, reason="patient asked")
    offered = calendar(gate, people.desk, now=now + MINUTE, from_on=now.date()).undo
    assert offered is not None
    assert (offered.verb, offered.row_id, offered.count) == ("undo_cancellation", "att_1", 1)
    undo_cancellation(gate, people.desk, "att_1", now=now + MINUTE)
    with store.reading() as session:
        assert session.scalars(select(Attendance.status)).one() == status
        assert session.scalars(select(Appointment.status)).one() == AppointmentStatus.HELD
        kept = session.execute(select(AttendanceMove.from_status, AttendanceMove.to_status, AttendanceMove.reason))
        assert [tuple(row) for row in kept] == [
            (status, "late_cancelled", "patient asked"), ("late_cancelled", status, TAKEN_BACK)
        ]  # fmt: skip
    assert events(store)[-1] == ("cancellation.undone", "done")
    assert calendar(gate, people.desk, now=now + MINUTE, from_on=now.date()).undo is None


def test_it_is_not_taken_back_later_nor_by_others_nor_where_nothing_was_cancelled(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now + HOUR)
    with pytest.raises(NothingToUndo):
        undo_cancellation(gate, people.desk, "att_1", now=now)
    cancel_appointment(gate, people.desk, "att_1", now=now, reason="patient asked")
    before = every_row(store)
    for who, after, why in (
        (people.desk, 3 * MINUTE, GraceOver), (people.manager, MINUTE, NothingToUndo), (people.it, MINUTE, NotFound)
    ):  # fmt: skip
        with pytest.raises(why):
            undo_cancellation(gate, who, "att_1", now=now + after)
    assert every_row(store) == before


def test_a_time_given_to_somebody_else_stays_theirs(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now + HOUR)
    cancel_appointment(gate, people.desk, "att_1", now=now, reason="patient asked")
    visit(store, 2, now + HOUR, patient_id=MOSS)
    before = every_row(store)
    with pytest.raises(TimeGivenAway):
        undo_cancellation(gate, people.desk, "att_1", now=now + MINUTE)
    assert every_row(store) == before


def test_what_was_cancelled_of_a_series_in_one_press_comes_back_and_no_more(
    gate: Gate, people: People, now: datetime
) -> None:
    series = book(gate, people.desk, now - timedelta(days=1)).series_id
    with gate.store.reading() as session:
        first, *_, last = session.scalars(select(Attendance.id).join(Appointment).order_by(Appointment.starts_at)).all()
    cancel_appointment(gate, people.desk, last, now=now, reason="patient ill")
    cancel_series(gate, people.desk, series, now=now + MINUTE, from_on=FIRST, reason="treatment ended")
    assert undo_cancellation(gate, people.desk, first, now=now + 2 * MINUTE).appointments == 3
    assert held(gate) == 3
