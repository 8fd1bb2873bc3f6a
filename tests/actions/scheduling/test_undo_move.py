"""A move is taken back within three minutes by who made it, alone or with the rest of its series, or not at all."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.test_book_series import FIRST, book, walls
from tests.factories.small_practice import ADA, BEN, MOSS, VIDEO, People, events, every_row, visit
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.move_series import move_series
from workbench.actions.scheduling.undo_move import undo_move
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.grace import GraceOver, NothingToUndo, TimeGivenAway
from workbench.scheduling.rules import CannotBeMoved
from workbench.scheduling.tables import Appointment, AttendanceStatus
from workbench.screens.calendar import calendar
from workbench.store.engine import Store

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def stands(store: Store, number: int = 1) -> tuple[str, str, datetime, datetime]:
    with store.reading() as session:
        row = session.get_one(Appointment, f"apt_{number}")
        return row.clinician_id, row.location_id, row.starts_at, row.ends_at


def test_it_stands_again_where_it_stood(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now + HOUR)
    before = stands(store)
    move_appointment(
        gate,
        people.manager,
        "apt_1",
        now=now,
        starts_at=now + 3 * HOUR,
        minutes=80,
        clinician_id=BEN,
        location_id=VIDEO,
    )
    assert stands(store) == (BEN, VIDEO, now + 3 * HOUR, now + 3 * HOUR + timedelta(minutes=80))
    assert undo_move(gate, people.manager, "apt_1", now=now + 2 * MINUTE).appointments == 1
    assert stands(store) == before
    assert events(store)[-1] == ("move.undone", "done")
    with pytest.raises(NothingToUndo):  # once
        undo_move(gate, people.manager, "apt_1", now=now + 2 * MINUTE)


@pytest.mark.parametrize(("after", "why"), [(3 * MINUTE, GraceOver), (3 * MINUTE - timedelta(seconds=1), None)])
def test_three_minutes_are_the_grace(
    gate: Gate, store: Store, people: People, now: datetime, after: timedelta, why: type[WorkbenchError] | None
) -> None:
    visit(store, 1, now + HOUR)
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=now + 3 * HOUR)
    before = every_row(store)
    if why is None:
        undo_move(gate, people.desk, "apt_1", now=now + after)
        assert stands(store)[2] == now + HOUR
        return
    with pytest.raises(why):
        undo_move(gate, people.desk, "apt_1", now=now + after)
    assert every_row(store) == before


def test_it_is_not_taken_back_by_others_nor_when_something_happened_since(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now + HOUR)
    with pytest.raises(NothingToUndo):
        undo_move(gate, people.desk, "apt_1", now=now)
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=now + 3 * HOUR)
    with pytest.raises(NothingToUndo):
        undo_move(gate, people.manager, "apt_1", now=now + MINUTE)
    with pytest.raises(NotFound):
        undo_move(gate, people.it, "apt_1", now=now + MINUTE)
    with store.writing() as session:
        session.execute(Appointment.__table__.metadata.tables["attendances"].update().values(
            status=AttendanceStatus.ARRIVED))  # fmt: skip
        session.commit()
    with pytest.raises(CannotBeMoved):
        undo_move(gate, people.desk, "apt_1", now=now + MINUTE)


def test_a_time_given_to_somebody_else_stays_theirs(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now + HOUR)
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=now + 3 * HOUR)
    visit(store, 2, now + HOUR, patient_id=MOSS)
    before = every_row(store)
    with pytest.raises(TimeGivenAway):
        undo_move(gate, people.desk, "apt_1", now=now + MINUTE)
    assert every_row(store) == before


def test_a_series_goes_back_whole_past_its_own_times(gate: Gate, people: People, now: datetime) -> None:
    series = book(gate, people.desk, now - timedelta(minutes=5)).series_id
    before = walls(gate)
    move_series(gate, people.desk, series, now=now, from_on=FIRST, days=7, at=time(10, 30))
    assert walls(gate) != before
    offered = calendar(gate, people.desk, now=now + MINUTE, from_on=FIRST).undo
    assert offered is not None
    assert (offered.verb, offered.count) == ("undo_move", 4)
    assert undo_move(gate, people.desk, offered.row_id, now=now + MINUTE).appointments == 4
    assert walls(gate) == before
    assert calendar(gate, people.desk, now=now + MINUTE, from_on=FIRST).undo is None


def test_what_may_be_taken_back_is_offered_to_who_did_it_and_for_three_minutes(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now + HOUR)
    on = now.date()
    assert calendar(gate, people.desk, now=now, from_on=on).undo is None
    move_appointment(gate, people.desk, "apt_1", now=now, starts_at=now + 3 * HOUR)
    offered = calendar(gate, people.desk, now=now + 2 * MINUTE, from_on=on).undo
    assert offered is not None
    assert (offered.verb, offered.row_id, offered.patient_name) == ("undo_move", "apt_1", "Fern Fernández-Oak")
    assert calendar(gate, people.manager, now=now + 2 * MINUTE, from_on=on).undo is None
    assert calendar(gate, people.desk, now=now + 3 * MINUTE, from_on=on).undo is None
    with store.reading() as session:
        assert session.scalars(select(Appointment.clinician_id)).all() == [ADA]
