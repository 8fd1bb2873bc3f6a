"""Cancelling: nothing is deleted, the notice decides what is late, the time is free when nobody is left."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.small_practice import MOSS, People, events, every_row, put, visit
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.kernel.errors import sentence
from workbench.scheduling.rules import CannotMove, ReasonMissing
from workbench.scheduling.tables import Appointment, Attendance, AttendanceMove, AttendanceStatus
from workbench.store.engine import Store

NOTICE = timedelta(hours=24)


def test_exactly_the_notice_is_in_time_and_a_second_less_is_late(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    in_time, late = visit(store, 1, now + NOTICE), visit(store, 2, now + 2 * NOTICE)
    assert not cancel_appointment(gate, people.desk, in_time, now=now, reason="patient asked").is_late
    after = now + NOTICE + timedelta(seconds=1)
    assert cancel_appointment(gate, people.desk, late, now=after, reason="patient asked").is_late
    with store.reading() as session:
        statuses = session.scalars(select(Attendance.status).order_by(Attendance.id)).all()
    assert statuses == ["cancelled", "late_cancelled"]


def test_the_move_is_kept_with_who_when_and_why(gate: Gate, store: Store, people: People, now: datetime) -> None:
    cancel_appointment(gate, people.ada, visit(store, 1, now + NOTICE), now=now, reason="  clinician   ill ")
    with store.reading() as session:
        kept = session.scalars(select(AttendanceMove)).one()
    assert (kept.from_status, kept.to_status, kept.moved_at) == ("booked", "cancelled", now)
    assert (kept.moved_by, kept.reason) == ("usr_ada", "clinician ill")
    assert events(store) == [("appointment.cancelled", "done")]


def test_the_time_can_be_booked_again(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now + NOTICE)
    assert cancel_appointment(gate, people.desk, attendance, now=now, reason="moved away").frees_time
    book_appointment(
        gate, people.desk, MOSS, now=now, clinician_id="stf_ada", type_id="aty_individual", location_id="loc_office",
        starts_at=now + NOTICE,
    )  # fmt: skip
    with store.reading() as session:
        assert session.scalars(select(Appointment.status).order_by(Appointment.status)).all() == ["cancelled", "held"]


def test_a_couple_keeps_its_time_until_both_have_cancelled(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    first = visit(store, 1, now + NOTICE)
    put(store, [Attendance(id="att_both", appointment_id="apt_1", patient_id=MOSS)])
    assert not cancel_appointment(gate, people.desk, first, now=now, reason="patient asked").frees_time
    assert cancel_appointment(gate, people.desk, "att_both", now=now, reason="patient asked").frees_time


def test_twice_is_refused_with_how_it_stands(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now + NOTICE)
    cancel_appointment(gate, people.desk, attendance, now=now, reason="patient asked")
    before = every_row(store)
    with pytest.raises(CannotMove) as refused:
        cancel_appointment(gate, people.desk, attendance, now=now, reason="patient asked")
    assert "is cancelled" in sentence(refused.value)
    assert every_row(store) == before


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_a_reason_is_asked_for(gate: Gate, store: Store, people: People, now: datetime, reason: str) -> None:
    attendance = visit(store, 1, now + NOTICE)
    before = every_row(store)
    with pytest.raises(ReasonMissing):
        cancel_appointment(gate, people.desk, attendance, now=now, reason=reason)
    assert every_row(store) == before


def test_a_stale_page_cancels_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    attendance = visit(store, 1, now + NOTICE)
    with pytest.raises(StalePage):
        cancel_appointment(gate, people.desk, attendance, now=now, reason="patient asked", expected_version=7)
    with store.reading() as session:
        assert session.get_one(Attendance, attendance).status == AttendanceStatus.BOOKED


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    attendance = visit(store, 1, now + NOTICE)
    before = every_row(store)
    with pytest.raises(NotFound):
        cancel_appointment(gate, getattr(people, who), attendance, now=now, reason="curious")
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]
