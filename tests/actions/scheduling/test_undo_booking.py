"""A booking is taken back within three minutes by who made it; it counts as nobody's late cancellation."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.actions.scheduling.test_book_series import book
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, People, events, every_row
from workbench.actions.scheduling.book_appointment import Booked, book_appointment
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.undo_booking import undo_booking
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.gate.relations import CareTeamMember
from workbench.scheduling.grace import GraceOver, NothingToUndo
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance
from workbench.screens.calendar import calendar
from workbench.store.engine import Store

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def held(gate: Gate) -> int:
    with gate.store.reading() as session:
        return len(session.scalars(select(Appointment.id).where(Appointment.status == AppointmentStatus.HELD)).all())


def booked(gate: Gate, people: People, now: datetime) -> Booked:
    return book_appointment(
        gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE, starts_at=now + HOUR
    )


def test_the_time_is_free_again_and_the_notice_does_not_count(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    made = booked(gate, people, now)
    offered = calendar(gate, people.desk, now=now + MINUTE, from_on=now.date()).undo
    assert offered is not None
    assert (offered.verb, offered.row_id) == ("undo_booking", made.appointment_id)
    undo_booking(gate, people.desk, made.appointment_id, now=now + MINUTE)
    with store.reading() as session:
        assert session.scalars(select(Attendance.status)).one() == "cancelled"  # an hour before, and yet not late
        assert session.scalars(select(Appointment.status)).one() == AppointmentStatus.CANCELLED
    assert events(store)[-2:] == [("schedule.seen", "shown"), ("booking.undone", "done")]
    assert calendar(gate, people.desk, now=now + MINUTE, from_on=now.date()).undo is None
    booked(gate, people, now + MINUTE)


def test_a_series_goes_whole(gate: Gate, people: People, now: datetime) -> None:
    book(gate, people.desk, now)
    offered = calendar(gate, people.desk, now=now + MINUTE, from_on=now.date()).undo
    assert offered is not None
    assert offered.count == 4
    assert undo_booking(gate, people.desk, offered.row_id, now=now + MINUTE).appointments == 4
    assert held(gate) == 0


def test_it_is_not_taken_back_later_nor_by_others_nor_when_they_are_here(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    made = booked(gate, people, now)
    check_in(gate, people.desk, made.attendance_id, now=now)
    before = every_row(store)
    for who, after, why in (
        (people.desk, 3 * MINUTE, GraceOver), (people.manager, MINUTE, NothingToUndo), (people.it, MINUTE, NotFound),
        (people.desk, MINUTE, NothingToUndo),
    ):  # fmt: skip
        with pytest.raises(why):
            undo_booking(gate, who, made.appointment_id, now=now + after)
    assert every_row(store) == before


def test_what_somebody_else_has_moved_since_is_not_taken_from_under_them(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    made = booked(gate, people, now)
    move_appointment(gate, people.manager, made.appointment_id, now=now, starts_at=now + 2 * HOUR)
    before = every_row(store)
    with pytest.raises(NothingToUndo):
        undo_booking(gate, people.desk, made.appointment_id, now=now + MINUTE)
    assert every_row(store) == before


def test_what_has_left_ones_reach_is_not_named_any_more(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    book_appointment(
        gate, people.ada, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE, starts_at=now + HOUR
    )
    assert calendar(gate, people.ada, now=now + MINUTE, from_on=now.date()).undo is not None
    with store.writing() as session:
        session.execute(update(CareTeamMember).values(until_on=now.date()))
        session.commit()
    assert calendar(gate, people.ada, now=now + MINUTE, from_on=now.date()).undo is None
