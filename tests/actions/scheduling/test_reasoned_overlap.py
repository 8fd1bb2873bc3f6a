"""A double booking on purpose: only with a reason, by booking or by moving, and the database keeps it so."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.actions.scheduling.test_book_appointment import TOMORROW, book
from tests.factories.small_practice import MOSS, People
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.gate.action import Gate
from workbench.scheduling.grace import TimeGivenAway
from workbench.scheduling.rules import ReasonMissing, SlotTaken
from workbench.scheduling.tables import Appointment


def test_over_what_is_booked_only_with_a_reason(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now)
    with pytest.raises(SlotTaken):
        book(gate, people.desk, first.starts_at, now=now, patient=MOSS, overlap_because="  ")
    with pytest.raises(ReasonMissing):
        book(gate, people.desk, first.starts_at, now=now, patient=MOSS, overlap_because="x" * 201)
    second = book(gate, people.desk, first.starts_at, now=now, patient=MOSS, overlap_because=" Joint  session ")
    with gate.store.reading() as session:
        kept = {one.id: one.overlap_because for one in session.scalars(select(Appointment))}
    assert kept == {first.appointment_id: "", second.appointment_id: "Joint session"}


def test_a_reason_that_is_not_needed_is_not_kept_and_protects_nothing(
    gate: Gate, people: People, now: datetime
) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now, overlap_because="Just in case")
    with gate.store.reading() as session:
        assert session.get_one(Appointment, first.appointment_id).overlap_because == ""
    with pytest.raises(SlotTaken):
        book(gate, people.desk, first.starts_at, now=now, patient=MOSS)


def test_nothing_without_a_reason_lies_over_one_that_has_it(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now)
    book(gate, people.desk, first.starts_at, now=now, patient=MOSS, overlap_because="Joint session")
    cancel_appointment(gate, people.desk, first.attendance_id, now=now, reason="ill")
    with pytest.raises(SlotTaken):
        book(gate, people.desk, first.starts_at + timedelta(minutes=10), now=now)
    with pytest.raises(TimeGivenAway):
        undo_cancellation(gate, people.desk, first.attendance_id, now=now)


def test_the_database_itself_refuses_to_forget_the_reason(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now)
    second = book(gate, people.desk, first.starts_at, now=now, patient=MOSS, overlap_because="Joint session")
    with gate.store.writing() as session:
        session.get_one(Appointment, second.appointment_id).overlap_because = ""
        with pytest.raises(DBAPIError, match="double_booking"):
            session.flush()


def test_a_reason_goes_with_the_move_that_gave_it(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now + TOMORROW, now=now)
    second = book(gate, people.desk, first.ends_at, now=now, patient=MOSS)
    with pytest.raises(SlotTaken):
        move_appointment(gate, people.desk, second.appointment_id, now=now, starts_at=first.starts_at)
    move_appointment(
        gate,
        people.desk,
        second.appointment_id,
        now=now,
        starts_at=first.starts_at,
        overlap_because="They come together",
    )
    move_appointment(gate, people.desk, second.appointment_id, now=now, starts_at=first.ends_at)
    with gate.store.reading() as session:
        assert session.get_one(Appointment, second.appointment_id).overlap_because == ""
    with pytest.raises(SlotTaken):
        book(gate, people.desk, first.ends_at, now=now)
