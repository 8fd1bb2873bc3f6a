"""Cancelling the rest of a series: what waits, from a day on; what happened stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.test_book_series import FIRST, book
from tests.factories.small_practice import People, events, every_row
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.cancel_series import SeriesCancelled, cancel_series
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.scheduling.rules import NothingToCome, ReasonMissing
from workbench.scheduling.tables import Appointment, Attendance, AttendanceMove

WEEK = timedelta(weeks=1)


def statuses(gate: Gate) -> list[tuple[str, str]]:
    query = select(Attendance.status, Appointment.status).join(Appointment).order_by(Appointment.starts_at)
    with gate.store.reading() as session:
        return [(row[0], row[1]) for row in session.execute(query)]


def test_this_and_all_after_it(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    done = cancel_series(gate, people.desk, series, now=now, from_on=FIRST + 2 * WEEK, reason="stops for now")
    assert done == SeriesCancelled(2, 0)
    assert statuses(gate) == [("booked", "held")] * 2 + [("cancelled", "cancelled")] * 2
    assert events(gate.store)[-1] == ("series.cancelled", "done")
    with gate.store.reading() as session:
        assert set(session.scalars(select(AttendanceMove.reason))) == {"stops for now"}
    book(gate, people.desk, now, count=2, first_on=FIRST + 2 * WEEK)  # their time is free again


def test_what_changed_since_it_was_shown_cancels_nothing(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    with gate.store.reading() as session:
        second = session.scalars(select(Attendance.id).join(Appointment).order_by(Appointment.starts_at)).all()[1]
    cancel_appointment(gate, people.desk, second, now=now, reason="holiday")
    before = every_row(gate.store)
    with pytest.raises(StalePage):
        cancel_series(gate, people.desk, booked.series_id, now=now, from_on=FIRST, reason="ill", shown=booked.starts_at)
    assert every_row(gate.store) == before
    left = [one for one in booked.starts_at if one != booked.starts_at[1]]
    done = cancel_series(gate, people.desk, booked.series_id, now=now, from_on=FIRST, reason="ill", shown=left)
    assert done.cancelled == 3


def test_the_next_one_within_the_notice_is_late(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    just_before = booked.starts_at[0] - timedelta(hours=1)
    assert cancel_series(gate, people.desk, booked.series_id, now=just_before, from_on=FIRST, reason="ill").late == 1
    assert [one for one, _ in statuses(gate)] == ["late_cancelled", "cancelled", "cancelled", "cancelled"]


def test_what_was_cancelled_or_is_over_stays_as_it_is(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    with gate.store.reading() as session:
        second = session.scalars(select(Attendance.id).join(Appointment).order_by(Appointment.starts_at)).all()[1]
    cancel_appointment(gate, people.desk, second, now=now, reason="holiday")
    after_first = booked.starts_at[0] + timedelta(minutes=1)
    assert cancel_series(gate, people.desk, booked.series_id, now=after_first, from_on=FIRST, reason="x").cancelled == 2
    assert statuses(gate)[0] == ("booked", "held")


def test_nothing_to_come_and_no_reason_are_refused(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    before = every_row(gate.store)
    with pytest.raises(NothingToCome):
        cancel_series(gate, people.desk, series, now=now, from_on=FIRST + 9 * WEEK, reason="late")
    with pytest.raises(ReasonMissing):
        cancel_series(gate, people.desk, series, now=now, from_on=FIRST, reason=" ")
    assert every_row(gate.store) == before


def test_a_stranger_is_told_the_same_as_for_none_at_all(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    for which in (series, "ser_none"):
        with pytest.raises(NotFound):
            cancel_series(gate, people.ben, which, now=now, from_on=FIRST, reason="x")
