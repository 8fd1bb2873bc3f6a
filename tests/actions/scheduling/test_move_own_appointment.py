"""Moving one's own: in time it is the same appointment, late the old time is lost as by a late cancellation."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.own import ByThemselves
from tests.factories.portal import in_care
from tests.factories.small_practice import MOSS, OFFICE, VIDEO, People, events, every_row, put, visit
from workbench.actions.scheduling.move_own_appointment import OwnMoved, move_own_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.self_booking import CannotMoveOwn, How, NotAFreeTime
from workbench.scheduling.tables import Appointment, AppointmentMove, Attendance, AttendanceStatus

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def move(own: ByThemselves, attendance_id: str, starts_at: datetime, location_id: str = OFFICE) -> OwnMoved:
    return move_own_appointment(
        own.gate, in_care(), attendance_id, now=own.now, starts_at=starts_at, location_id=location_id
    )


def test_in_time_it_is_the_same_appointment(own: ByThemselves, gate: Gate, now: datetime) -> None:
    own.rule(how=How.OFF)  # whoever may not book may still move, if the rule says so
    attendance = visit(gate.store, 1, now + 2 * DAY, minutes=45)
    done = move(own, attendance, now + 2 * DAY + HOUR / 2, VIDEO)
    assert (done.appointment_id, done.is_late) == ("apt_1", False)
    with gate.store.reading() as read:
        moved = read.get_one(Appointment, "apt_1")
        assert (moved.starts_at, moved.ends_at - moved.starts_at) == (now + 2 * DAY + HOUR / 2, timedelta(minutes=45))
        assert moved.location_id == VIDEO
        assert read.scalars(select(AppointmentMove.from_starts_at)).one() == now + 2 * DAY
    assert events(gate.store)[-1] == ("appointment.moved", "done")


def test_late_the_old_time_is_lost_and_the_new_one_is_booked(own: ByThemselves, gate: Gate, now: datetime) -> None:
    attendance = visit(gate.store, 1, now + 24 * HOUR - timedelta(minutes=15))
    done = move(own, attendance, now + 2 * DAY)
    assert done.is_late
    assert own.status(attendance) == "late_cancelled"
    assert own.moves(attendance) == [("booked", "late_cancelled", "patient")]
    with gate.store.reading() as read:
        assert read.get_one(Appointment, "apt_1").status == "cancelled"
        new = read.scalars(select(Attendance).where(Attendance.appointment_id == done.appointment_id)).one()
    assert (new.patient_id, new.status) == ("pat_fern", "booked")


def test_exactly_the_notice_is_in_time(own: ByThemselves, gate: Gate, now: datetime) -> None:
    assert not move(own, visit(gate.store, 1, now + 24 * HOUR), now + 3 * DAY).is_late


@pytest.mark.parametrize("why", ["not let", "couple", "begun", "arrived"])
def test_what_is_not_theirs_to_move(own: ByThemselves, gate: Gate, now: datetime, why: str) -> None:
    status = AttendanceStatus.ARRIVED if why == "arrived" else AttendanceStatus.BOOKED
    attendance = visit(gate.store, 1, now if why == "begun" else now + 2 * DAY, status=status)
    if why == "not let":
        own.rule(may_move=False)
    if why == "couple":
        put(gate.store, [Attendance(id="att_both", appointment_id="apt_1", patient_id=MOSS)])
    before = every_row(gate.store)
    with pytest.raises(CannotMoveOwn):
        move(own, attendance, now + 3 * DAY)
    assert every_row(gate.store) == before


def test_a_time_that_somebody_has_or_nobody_works(own: ByThemselves, gate: Gate, now: datetime) -> None:
    attendance = visit(gate.store, 1, now + 2 * DAY)
    visit(gate.store, 2, now + 3 * DAY, patient_id=MOSS)
    for taken in (now + 3 * DAY + HOUR / 2, now + 5 * DAY):
        with pytest.raises(NotAFreeTime):
            move(own, attendance, taken)


def test_nobody_moves_anybody_elses(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    attendance = visit(gate.store, 1, now + 2 * DAY)
    for actor in (in_care(MOSS), people.desk, people.ada):
        with pytest.raises(NotFound):
            move_own_appointment(gate, actor, attendance, now=now, starts_at=now + 3 * DAY, location_id=OFFICE)
