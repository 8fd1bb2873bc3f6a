"""A clinician's hours: who says them, from when they hold, and what they offer."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.small_practice import ADA, BEN, OFFICE, VIDEO, People, events, every_row, visit
from workbench.actions.scheduling.set_hours import set_hours
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import ClinicianGone
from workbench.scheduling.availability import HoursWrong
from workbench.scheduling.tables import HoursPlan, HoursRow
from workbench.screens.availability import availability
from workbench.screens.calendar import calendar
from workbench.screens.open_slots import open_slots
from workbench.store.engine import Store

TODAY = date(2026, 3, 9)
MORNINGS = tuple((weekday, 9 * 60, 12 * 60, OFFICE) for weekday in (0, 2))


def offered(gate: Gate, people: People, now: datetime, days: int = 14, **how: Any) -> list[str]:
    slots = open_slots(
        gate, people.desk, now=now, from_on=TODAY, until_on=TODAY + timedelta(days=days), minutes=60,
        **{"clinician_id": ADA, **how},
    )  # fmt: skip
    return [f"{slot.starts_at.astimezone(gate.zone):%m-%d %H:%M}" for slot in slots]


def test_only_what_was_said_is_offered_until_it_is_published(gate: Gate, people: People, now: datetime) -> None:
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 3, 11), week=MORNINGS)
    found = offered(gate, people, now)
    assert {one[:5] for one in found} == {"03-09", "03-11"}
    assert found[0] == "03-09 10:15"  # it is ten
    assert found[-1] == "03-11 11:00"
    assert events(gate.store)[0] == ("hours.set", "done")
    others = offered(gate, people, now, clinician_id=BEN)
    assert others[0] == "03-09 10:15"
    assert any(one.startswith("03-10") for one in others)


def test_of_two_plans_said_in_one_instant_the_later_holds(gate: Gate, people: People, now: datetime) -> None:
    for week in (MORNINGS, (), MORNINGS, ()):
        set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 3, 11), week=week)
        assert bool(offered(gate, people, now)) is bool(week)


def test_one_finds_times_by_place_weekday_and_hour(gate: Gate, people: People, now: datetime) -> None:
    week = ((0, 540, 720, OFFICE), (0, 780, 1020, VIDEO), (2, 540, 720, VIDEO))
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 6, 1), week=week)
    assert {one[:5] for one in offered(gate, people, now, location_id=OFFICE)} == {"03-09", "03-16"}
    assert {one[:5] for one in offered(gate, people, now, location_id=VIDEO, weekdays=frozenset({2}))} == {
        "03-11", "03-18"
    }  # fmt: skip
    late = offered(gate, people, now, from_time=time(13))
    assert late[0] == "03-09 13:00"
    assert all(one[6:] >= "13:00" for one in late)


def test_the_calendar_is_white_where_somebody_is_to_be_seen(gate: Gate, people: People, now: datetime) -> None:
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 6, 1), week=MORNINGS)
    seen = calendar(gate, people.desk, now=now, from_on=TODAY, days=2)
    ada = [span for (staff_id, on), spans in seen.hours.items() if staff_id == ADA for span in spans]
    assert [(f"{a.astimezone(gate.zone):%d %H:%M}", f"{b.astimezone(gate.zone):%H:%M}") for a, b in ada] == [
        ("09 09:00", "12:00")
    ]
    assert len(seen.hours[BEN, TODAY]) == 1


def test_earlier_hours_are_kept_and_hold_for_the_days_before(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 6, 1), week=MORNINGS)
    monday = TODAY + timedelta(days=7)
    set_hours(gate, people.ada, ADA, now=now, from_on=monday, published_until=date(2026, 6, 1),
              week=((1, 540, 720, VIDEO),), most_a_day=5, note_minutes=10, travel_minutes=30)  # fmt: skip
    assert {one[:5] for one in offered(gate, people, now)} == {"03-09", "03-11", "03-17"}
    with store.reading() as session:
        plans = session.execute(select(HoursPlan.made_by, HoursPlan.note_minutes).order_by(HoursPlan.from_on)).all()
        assert [tuple(row) for row in plans] == [("usr_manager", 0), ("usr_ada", 10)]
        assert len(session.scalars(select(HoursRow)).all()) == 3
    with pytest.raises(Exception, match="hours_plans_append_only"), store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE hours_plans SET most_a_day = 1")


def test_notes_keep_time_after_each_and_a_full_day_offers_no_more(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now + timedelta(hours=1), minutes=60)
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 6, 1),
              week=((0, 9 * 60, 15 * 60, OFFICE),), note_minutes=15)  # fmt: skip
    assert offered(gate, people, now, days=1) == [
        "03-09 12:15", "03-09 12:30", "03-09 12:45", "03-09 13:00", "03-09 13:15", "03-09 13:30", "03-09 13:45",
        "03-09 14:00",
    ]  # fmt: skip
    set_hours(gate, people.manager, ADA, now=now + timedelta(minutes=1), from_on=TODAY,
              published_until=date(2026, 6, 1), week=((0, 9 * 60, 15 * 60, OFFICE),), most_a_day=1)  # fmt: skip
    assert {one[:5] for one in offered(gate, people, now)} == {"03-16"}


def test_who_sees_how_far_hours_are_published_and_how_full_they_are(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now + timedelta(hours=1), minutes=60)
    set_hours(gate, people.manager, ADA, now=now, from_on=TODAY, published_until=date(2026, 3, 18), week=MORNINGS)
    shown = {one.staff_id: one for one in availability(gate, people.biller, now=now).clinicians}
    ada, ben = shown[ADA], shown[BEN]
    assert (ada.open_minutes, ada.booked_minutes, ada.ends_soon, ada.is_usual) == (4 * 180, 60, True, False)
    assert ada.days_without[0] == date(2026, 3, 23)
    assert (ben.is_usual, ben.ends_soon, ben.open_minutes) == (True, False, 20 * 600)


WRONG: list[tuple[dict[str, Any], type[WorkbenchError]]] = [
    ({"from_on": TODAY - timedelta(days=1)}, HoursWrong),
    ({"published_until": TODAY - timedelta(days=1)}, HoursWrong),
    ({"published_until": date(2031, 1, 1)}, HoursWrong),
    ({"week": ((0, 600, 540, OFFICE),)}, HoursWrong),
    ({"week": ((0, 540, 700, OFFICE), (0, 690, 800, VIDEO))}, HoursWrong),
    ({"week": ((0, 540, 700, "loc_nowhere"),)}, NotFound),
    ({"most_a_day": 41}, HoursWrong),
    ({"note_minutes": 121}, HoursWrong),
    ({"travel_minutes": -1}, HoursWrong),
]


@pytest.mark.parametrize(("changed", "why"), WRONG)
def test_hours_that_cannot_be_change_nothing(
    gate: Gate, people: People, now: datetime, changed: dict[str, Any], why: type[WorkbenchError]
) -> None:
    before = every_row(gate.store)
    given: dict[str, Any] = {"from_on": TODAY, "published_until": date(2026, 6, 1), "week": MORNINGS, **changed}
    with pytest.raises(why):
        set_hours(gate, people.manager, ADA, now=now, **given)
    assert every_row(gate.store) == before


def test_a_clinician_sets_their_own_and_nobody_elses(gate: Gate, people: People, now: datetime) -> None:
    how: dict[str, Any] = {"from_on": TODAY, "published_until": date(2026, 6, 1), "week": MORNINGS}
    set_hours(gate, people.ada, ADA, now=now, **how)
    for who, whose in ((people.ben, ADA), (people.biller, ADA), (people.it, ADA), (people.compliance, BEN)):
        with pytest.raises(NotFound):
            set_hours(gate, who, whose, now=now, **how)
    with pytest.raises(ClinicianGone):
        set_hours(gate, people.manager, "stf_desk", now=now, **how)
