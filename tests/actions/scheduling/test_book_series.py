"""Booking what repeats: every day or none, by the wall clock, and the database has the last word."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, OLD_TYPE, People, events, every_row
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.book_series import SeriesBooked, book_series
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import instant_of
from workbench.people.care_team import NotOnCareTeam
from workbench.scheduling.recurrence import RuleWrong
from workbench.scheduling.rules import InThePast, SeriesClashes, SlotTaken, TooFarAhead, TypeRetired
from workbench.scheduling.tables import Appointment, AppointmentSeries, Attendance, SeriesPlace

FIRST = date(2026, 10, 19)
"""A Monday two weeks before the clocks go back."""
AT = time(11)


def book(
    gate: Gate, actor: object, now: datetime, *, patient: str = FERN, count: int = 4, first_on: date = FIRST,
    without: Collection[date] = (), **changed: str,
) -> SeriesBooked:  # fmt: skip
    rule = changed.pop("rule", f"FREQ=WEEKLY;COUNT={count}")
    key = changed.pop("idempotency_key", None)
    inputs = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, **changed}
    return book_series(  # type: ignore[call-arg]
        gate, actor, patient, now=now, first_on=first_on, at=AT, rule=rule, without=without, idempotency_key=key,
        **inputs,  # type: ignore[arg-type]
    )  # fmt: skip


def walls(gate: Gate) -> list[datetime]:
    with gate.store.reading() as session:
        found = session.scalars(select(Appointment.starts_at).order_by(Appointment.starts_at))
        return [one.astimezone(gate.zone).replace(tzinfo=None) for one in found]


def test_every_week_at_the_same_time_on_the_wall(gate: Gate, people: People, now: datetime) -> None:
    booked = book(gate, people.desk, now)
    assert walls(gate) == [datetime.combine(FIRST + timedelta(weeks=week), AT) for week in range(4)]
    assert [one.hour for one in booked.starts_at] == [15, 15, 16, 16]
    assert events(gate.store) == [("series.booked", "done")]
    with gate.store.reading() as session:
        series = session.get_one(AppointmentSeries, booked.series_id)
        assert (series.rule, series.minute_of_day, series.zone) == ("FREQ=WEEKLY;COUNT=4", 660, "America/New_York")
        places = session.scalars(select(SeriesPlace.series_on).order_by(SeriesPlace.series_on)).all()
        assert places == [FIRST + timedelta(weeks=week) for week in range(4)]
        assert session.scalars(select(Attendance.patient_id)).all() == [FERN] * 4


def test_days_left_out_are_not_booked(gate: Gate, people: People, now: datetime) -> None:
    book(gate, people.desk, now, without=(FIRST + timedelta(weeks=1),))
    assert [one.date() for one in walls(gate)] == [FIRST, FIRST + timedelta(weeks=2), FIRST + timedelta(weeks=3)]


def test_a_taken_day_is_named_and_nothing_is_booked(gate: Gate, people: People, now: datetime) -> None:
    second = instant_of(datetime.combine(FIRST + timedelta(weeks=1), AT), gate.zone)
    book_appointment(gate, people.desk, MOSS, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
                     starts_at=second + timedelta(minutes=30))  # fmt: skip
    before = every_row(gate.store)
    with pytest.raises(SeriesClashes, match="Not free on Oct 26") as refused:
        book(gate, people.desk, now)
    assert refused.value.days == (FIRST + timedelta(weeks=1),)
    assert every_row(gate.store) == before
    assert len(book(gate, people.desk, now, without=refused.value.days).starts_at) == 3


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"rule": "FREQ=WEEKLY"}, RuleWrong),
        ({"rule": "FREQ=DAILY;COUNT=10000"}, RuleWrong),
        ({"type_id": OLD_TYPE}, TypeRetired),
        ({"location_id": "loc_none"}, NotFound),
        ({"first_on": date(2026, 3, 2)}, InThePast),
        ({"first_on": date(2027, 10, 18), "count": 60}, TooFarAhead),
        ({"without": (FIRST,), "count": 1}, RuleWrong),
    ],
)
def test_bad_input_changes_nothing(
    gate: Gate, people: People, now: datetime, changed: dict[str, object], refusal: type[WorkbenchError]
) -> None:
    before = every_row(gate.store)
    with pytest.raises(refusal):
        book(gate, people.desk, now, **changed)  # type: ignore[arg-type]
    assert every_row(gate.store) == before


def test_sent_twice_it_is_booked_once(gate: Gate, people: People, now: datetime) -> None:
    first = book(gate, people.desk, now, idempotency_key="once")
    assert book(gate, people.desk, now, idempotency_key="once") == first
    assert len(walls(gate)) == 4


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_who_may_not_book_books_no_series(gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        book(gate, getattr(people, who), now)
    assert walls(gate) == []


def test_a_clinician_books_for_nobody_who_does_not_care_for_the_patient(
    gate: Gate, people: People, now: datetime
) -> None:
    with pytest.raises(NotOnCareTeam):
        book(gate, people.ada, now, clinician_id=BEN)


def test_of_two_who_book_the_same_series_at_once_one_wins(gate: Gate, people: People, now: datetime) -> None:
    def one(patient: str) -> bool:
        try:
            book(gate, people.desk, now, patient=patient, count=12)
        except (SeriesClashes, SlotTaken):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(one, (FERN, MOSS)))
    assert sorted(won) == [False, True]
    assert len(walls(gate)) == 12
