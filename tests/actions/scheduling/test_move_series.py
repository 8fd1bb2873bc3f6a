"""Moving the rest of a series: all of it or nothing, past its own old times, and what moved by itself comes back."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from tests.actions.scheduling.test_book_series import AT, FIRST, book, walls
from tests.factories.small_practice import ADA, BEN, INDIVIDUAL, MOSS, OFFICE, VIDEO, People, events, every_row
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.move_series import move_series
from workbench.gate.action import Gate
from workbench.gate.errors import StalePage
from workbench.kernel.time import instant_of
from workbench.scheduling.rules import InThePast, NothingToCome, SeriesClashes
from workbench.scheduling.tables import Appointment, AppointmentMove

WEEK = timedelta(weeks=1)


def on_the_wall(gate: Gate, on: date, at: time) -> datetime:
    return instant_of(datetime.combine(on, at), gate.zone)


@pytest.mark.parametrize(
    ("days", "at"), [(1, time(9)), (-1, time(16)), (0, time(11, 15)), (0, time(10, 45)), (7, AT), (-7, AT)]
)
def test_the_rest_moves_and_keeps_its_time_over_the_change_of_clocks(
    gate: Gate, people: People, now: datetime, days: int, at: time
) -> None:
    series = book(gate, people.desk, now).series_id
    from_on = FIRST + WEEK
    if days == -7:  # the one before stands there; it goes with them
        from_on = FIRST
    move_series(gate, people.desk, series, now=now, from_on=from_on, days=days, at=at)
    kept = [FIRST + week * WEEK for week in range(4)]
    assert walls(gate) == sorted(
        datetime.combine(day + timedelta(days=days), at) if day >= from_on else datetime.combine(day, AT)
        for day in kept
    )
    assert events(gate.store)[-1] == ("series.moved", "done")


def test_what_changed_since_it_was_shown_moves_nothing(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    alone = appointment_of(gate, booked.starts_at[2])
    move_appointment(gate, people.desk, alone, now=now, starts_at=booked.starts_at[2] + timedelta(hours=2))
    before = every_row(gate.store)
    with pytest.raises(StalePage):
        move_series(gate, people.desk, booked.series_id, now=now, from_on=FIRST, days=1, at=AT, shown=booked.starts_at)
    assert every_row(gate.store) == before
    later = booked.starts_at[0] + timedelta(minutes=1)
    with pytest.raises(StalePage):  # the first has begun meanwhile
        move_series(gate, people.desk, booked.series_id, now=later, from_on=FIRST, days=1, at=AT, shown=rest_now(gate))
    moved = move_series(
        gate, people.desk, booked.series_id, now=now, from_on=FIRST, days=1, at=AT, shown=rest_now(gate)
    )
    assert len(moved.starts_at) == 4


def appointment_of(gate: Gate, starts_at: datetime) -> str:
    with gate.store.reading() as session:
        return session.scalars(select(Appointment.id).where(Appointment.starts_at == starts_at)).one()


def rest_now(gate: Gate) -> list[datetime]:
    with gate.store.reading() as session:
        return list(session.scalars(select(Appointment.starts_at).order_by(Appointment.starts_at)))


def test_where_from_is_kept_of_each(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    move_series(gate, people.desk, booked.series_id, now=now, from_on=FIRST, days=1, at=AT, location_id=VIDEO)
    with gate.store.reading() as session:
        kept = session.execute(
            select(AppointmentMove.from_starts_at, AppointmentMove.from_location_id).order_by(
                AppointmentMove.from_starts_at
            )
        ).all()
        assert [tuple(row) for row in kept] == [(start, OFFICE) for start in booked.starts_at]
        assert set(session.scalars(select(Appointment.location_id))) == {VIDEO}


def test_one_that_was_moved_by_itself_comes_back_to_the_series(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    with gate.store.reading() as session:
        second = session.scalars(select(Appointment.id).order_by(Appointment.starts_at)).all()[1]
    other = on_the_wall(gate, FIRST + WEEK + timedelta(days=2), time(15))
    move_appointment(gate, people.desk, second, now=now, starts_at=other)
    move_series(gate, people.desk, series, now=now, from_on=FIRST, days=1, at=time(9))
    assert walls(gate) == [datetime.combine(FIRST + week * WEEK + timedelta(days=1), time(9)) for week in range(4)]


def test_a_new_clinician_must_be_free_each_time(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    third = FIRST + 2 * WEEK
    book_appointment(gate, people.desk, MOSS, now=now, clinician_id=BEN, type_id=INDIVIDUAL, location_id=OFFICE,
                     starts_at=on_the_wall(gate, third, AT))  # fmt: skip
    before = every_row(gate.store)
    with pytest.raises(SeriesClashes) as refused:
        move_series(gate, people.manager, series, now=now, from_on=FIRST, days=0, at=AT, clinician_id=BEN)
    assert refused.value.days == (third,)
    assert every_row(gate.store) == before


def test_into_the_past_or_with_nothing_left_it_stays(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    before = every_row(gate.store)
    with pytest.raises(InThePast):
        move_series(gate, people.desk, series, now=now, from_on=FIRST, days=-365, at=AT)
    with pytest.raises(NothingToCome):
        move_series(gate, people.desk, series, now=now, from_on=FIRST + 9 * WEEK, days=1, at=AT)
    assert every_row(gate.store) == before


def test_the_clinician_stays_unless_another_is_named(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now).series_id
    move_series(gate, people.desk, series, now=now, from_on=FIRST, days=1, at=AT)
    with gate.store.reading() as session:
        rows = session.execute(select(Appointment.clinician_id, func.count()).group_by(Appointment.clinician_id))
        assert [tuple(row) for row in rows] == [(ADA, 4)]
