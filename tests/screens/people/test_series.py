"""A series before it is booked, day by day, and what an appointment says of its series afterwards."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, People, events, visit
from workbench.actions.scheduling.book_series import book_series
from workbench.actions.scheduling.cancel_series import cancel_series
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.scheduling.recurrence import RuleWrong
from workbench.scheduling.tables import Appointment
from workbench.screens.series_of import SeriesOf, series_of
from workbench.screens.series_preview import SeriesPlan, every_choices, series_preview

TUESDAY = date(2026, 3, 10)


def preview(gate: Gate, actor: object, now: datetime, **changed: object) -> SeriesPlan:
    asked = {"clinician_id": ADA, "first_on": TUESDAY, "at": time(11), "minutes": 50, "every": "week", "count": 4}
    return series_preview(gate, actor, now=now, **{**asked, **changed})  # type: ignore[arg-type]


def test_each_day_with_what_stands_in_its_way(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now + timedelta(days=8, hours=1), patient_id=MOSS)
    plan = preview(gate, people.desk, now)
    assert (plan.rule, plan.says) == ("FREQ=WEEKLY;INTERVAL=1;COUNT=4", "every week, 4 times")
    assert [(one.on.day, one.why_not) for one in plan.days] == [(10, ""), (17, "taken"), (24, ""), (31, "")]
    assert events(gate.store)[-1] == ("schedule.seen", "shown")
    assert preview(gate, people.desk, now, clinician_id=BEN).days[1].why_not == ""


def test_a_day_that_has_passed_and_a_time_the_clock_skips(gate: Gate, people: People, now: datetime) -> None:
    plan = preview(gate, people.desk, now, first_on=date(2026, 3, 8), at=time(2, 30))
    assert [(one.why_not, one.is_shifted) for one in plan.days[:2]] == [("in the past", True), ("", False)]


def test_who_does_not_work_here_is_no_choice(gate: Gate, people: People, now: datetime) -> None:
    plan = preview(gate, people.desk, now, clinician_id="stf_none")
    assert {one.why_not for one in plan.days} == {"does not work here then"}


@pytest.mark.parametrize("wrong", [{"every": "day"}, {"count": 105}])
def test_what_is_no_series_is_refused(gate: Gate, people: People, now: datetime, wrong: dict[str, object]) -> None:
    with pytest.raises(RuleWrong):
        preview(gate, people.desk, now, **wrong)


def test_the_choices_name_the_day_they_begin_on() -> None:
    words = dict(every_choices(date(2026, 3, 31)))
    assert words["month_weekday"] == "Every month on the last Tuesday"
    assert words["month_day"] == "Every month on the 31."


def test_who_books_nothing_previews_nothing(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        preview(gate, people.biller, now)


def test_an_appointment_tells_what_follows_it_in_its_series(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now)
    booked = book_series(
        gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE, first_on=TUESDAY,
        at=time(11), rule="FREQ=WEEKLY;COUNT=3",
    )  # fmt: skip
    with gate.store.reading() as session:
        alone, first, second, _ = session.scalars(select(Appointment.id).order_by(Appointment.starts_at))
    told = series_of(gate, people.desk, second, now=now)
    assert told == SeriesOf(
        booked.series_id, date(2026, 3, 17), "every week, 3 times", booked.starts_at[1:],
        (date(2026, 3, 17), date(2026, 3, 24)),
    )  # fmt: skip
    assert series_of(gate, people.desk, alone, now=now) == SeriesOf()
    cancel_series(gate, people.desk, booked.series_id, now=now, from_on=TUESDAY, reason="stops")
    assert series_of(gate, people.desk, first, now=now).rest == ()


def test_a_stranger_sees_no_series(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now)
    with gate.store.reading() as session:
        (alone,) = session.scalars(select(Appointment.id))
    for which in (alone, "apt_none"):
        with pytest.raises(NotFound):
            series_of(gate, people.ben, which, now=now)
