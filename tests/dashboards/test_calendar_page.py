"""The calendar by hand: what a column and a row mean in each view, what is refused, and what is taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from dashboards.pages.calendar import CalendarPage
from dashboards.pages.calendar_grid import month_of
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from dashboards.parts.routes import Visit
from dashboards.person import Person
from tests.actions.scheduling.test_book_series import FIRST, book
from tests.dashboards.test_schedule_pages import html_of, say
from tests.factories.small_practice import (
    ADA,
    BEN,
    MOSS,
    OFFICE,
    VIDEO,
    events,
    every_row,
    open_practice,
    people,
    visit,
)
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.scheduling.rules import LengthWrong, SlotTaken
from workbench.scheduling.tables import Appointment
from workbench.screens.calendar import calendar, calendar_counts
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
HOUR = timedelta(hours=1)
TODAY = date(2026, 3, 9)
At = Callable[[], datetime]


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients; Fern comes to Ada at 11."""
    open_practice(store, now)
    visit(store, 1, now + HOUR)


def shown(gate: Gate, now: datetime, actor: Actor = WHO.manager, clock: At | None = None, **query: str) -> CalendarPage:
    who = Person(gate, lambda: actor, clock or (lambda: now))
    page = CalendarPage(
        Visit("/schedule", {}, query), calendar=who.bound(calendar), counts=who.bound(calendar_counts),
        calls=ScheduleCalls.of(who.bound), zone=gate.zone, clock=who.clock, base="/app",
    )  # fmt: skip
    page.load()
    return page


def stands(gate: Gate, number: int = 1) -> tuple[str, str, str, int]:
    """Whose, where, when on the wall, how long in minutes."""
    with gate.store.reading() as session:
        row = session.get_one(Appointment, f"apt_{number}")
        wall = row.starts_at.astimezone(gate.zone)
        return row.clinician_id, row.location_id, f"{wall:%m-%d %H:%M}", (row.ends_at - row.starts_at).seconds // 60


@pytest.mark.parametrize(
    ("query", "sent", "after"),
    [
        ({}, {"column": BEN, "row": "84"}, (BEN, OFFICE, "03-09 15:00", 50)),
        ({"view": "rooms"}, {"column": VIDEO, "row": "37"}, (ADA, VIDEO, "03-09 11:05", 50)),
        ({"view": "week", "who": ADA}, {"column": "2026-03-12", "row": "0"}, (ADA, OFFICE, "03-12 08:00", 50)),
        ({}, {"column": ADA, "row": "36", "span": "16"}, (ADA, OFFICE, "03-09 11:00", 80)),
    ],
)
def test_what_is_let_go_stands_where_the_view_says(
    gate: Gate, now: datetime, query: dict[str, str], sent: dict[str, str], after: tuple[str, str, str, int]
) -> None:
    page = shown(gate, now, **query)
    assert isinstance(say(page, "drop", key="form-0001", id="att_1", first_hour="8", **sent), Done)
    assert stands(gate) == after
    page.load()
    assert "Moved: Fern Fernández-Oak" in str(page.render())
    assert isinstance(say(page, "undo", id="apt_1"), Done)
    assert stands(gate) == (ADA, OFFICE, "03-09 11:00", 50)
    page.load()
    assert "Undo" not in str(page.render())


@pytest.mark.parametrize(
    "sent",
    [
        {"column": ADA, "row": "300"},
        {"column": ADA, "row": "-1"},
        {"column": ADA, "row": "200"},
        {"column": ADA, "row": "x"},
        {"column": "", "row": "", "first_hour": ""},
        {"column": "2026-13-40", "row": "0", "view": "week"},
    ],
)
def test_what_no_calendar_sends_is_refused_and_changes_nothing(gate: Gate, now: datetime, sent: dict[str, str]) -> None:
    page = shown(gate, now, view=sent.pop("view", "day"), who=ADA)
    before = every_row(gate.store)
    with pytest.raises(FieldProblem):
        say(page, "drop", id="att_1", **{"first_hour": "8", **sent})
    assert every_row(gate.store) == before


def test_where_nobody_works_or_the_time_is_taken_or_over_it_stays(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 2, now + 3 * HOUR, patient_id=MOSS)
    page = shown(gate, now)
    before = every_row(store)
    taken = say(page, "drop", id="att_1", column=ADA, row="60", first_hour="8")
    assert isinstance(taken, Refused)
    assert taken.sentence == str(SlotTaken())
    for sent in (
        {"column": ADA, "row": "0"},
        {"column": "stf_nobody", "row": "60"},
        {"column": "stf_gone", "row": "90"},
    ):
        assert isinstance(say(page, "drop", id="att_1", first_hour="8", **sent), Refused)
    long = say(page, "drop", id="att_1", column=ADA, row="36", span="120", first_hour="8")
    assert isinstance(long, Refused)
    assert long.sentence == str(LengthWrong())
    assert every_row(store) == before


def test_a_time_the_clock_skips_is_said_so(gate: Gate, store: Store, now: datetime) -> None:
    skipped = datetime(2027, 3, 12, 15, 0, tzinfo=UTC)
    visit(store, 5, skipped)
    page = shown(gate, now, view="week", who=ADA, on="2027-03-12")
    with pytest.raises(FieldProblem, match="clocks go forward"):
        say(page, "drop", id="att_5", column="2027-03-14", row="30", first_hour="0")
    assert stands(gate, 5)[2] == "03-12 10:00"


def test_a_stale_page_moves_nothing_and_shows_how_it_stands(gate: Gate, now: datetime) -> None:
    old, other = shown(gate, now), shown(gate, now)
    say(other, "drop", id="att_1", column=ADA, row="60", first_hour="8")
    told = say(old, "drop", id="att_1", column=ADA, row="72", first_hour="8")
    assert isinstance(told, Done)
    assert told.tone == "warn"
    assert stands(gate)[2] == "03-09 13:00"


def test_let_go_where_it_stood_is_no_move(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    assert say(page, "drop", id="att_1", column=ADA, row="36", first_hour="8") == Done()
    assert "appointment.moved" not in [event for event, _ in events(gate.store)]


def test_of_a_series_it_is_asked_whether_the_rest_goes_along_with_every_date(gate: Gate, now: datetime) -> None:
    book(gate, WHO.desk, now)
    page = shown(gate, now, view="week", who=ADA, on=FIRST.isoformat())
    row = page.found.rows[0]
    asked = say(page, "drop", id=row.attendance_id, column=(FIRST + timedelta(days=2)).isoformat(), row="72",
                first_hour="8")  # fmt: skip
    dates = html_of(asked)
    for week in range(4):
        on = FIRST + timedelta(days=2, weeks=week)
        assert f"{on:%b} {on.day}" in dates
    assert isinstance(say(page, "drop_rest", key="form-0001"), Done)
    zone = ZoneInfo("America/New_York")
    with gate.store.reading() as session:
        starts = session.scalars(select(Appointment.starts_at).order_by(Appointment.starts_at)).all()
    walls = [one.astimezone(zone) for one in starts][1:]
    assert [(one.weekday(), one.hour) for one in walls] == [((FIRST + timedelta(days=2)).weekday(), 14)] * 4
    page.load()
    assert "Moved: 4 appointments of Fern" in str(page.render())


def test_only_one_of_a_series_moves_when_that_is_said(gate: Gate, now: datetime) -> None:
    book(gate, WHO.desk, now)
    page = shown(gate, now, view="week", who=ADA, on=FIRST.isoformat())
    assert isinstance(say(page, "drop_one"), Refused)  # nothing was let go yet
    assert isinstance(say(page, "drop_rest"), Refused)
    assert isinstance(
        say(page, "drop", id=page.found.rows[0].attendance_id, column=FIRST.isoformat(), row="72", first_hour="8"), Ask
    )
    assert isinstance(say(page, "drop_one", key="form-0001"), Done)
    with gate.store.reading() as session:
        starts = session.scalars(select(Appointment.starts_at).order_by(Appointment.starts_at)).all()
    assert [one.astimezone(gate.zone).hour for one in starts[1:]] == [14, 11, 11, 11]


def test_free_time_that_is_pressed_is_booked_there(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    dialog = html_of(say(page, "create", column=BEN, row="84", first_hour="8"))
    assert 'value="15:00" checked' in dialog
    assert f'<option value="{BEN}" selected' in dialog
    say(page, "book_search", q="mo")
    picked = html_of(say(page, "book_pick", id=MOSS))  # her usual clinician is Ada; the column that was pressed stays
    assert f'<option value="{BEN}" selected' in picked
    drawn = html_of(say(page, "create", column=BEN, row="85", span="12", first_hour="8"))
    assert 'value="15:05"' in drawn
    assert '<option value="aty_intake" selected' in drawn  # sixty minutes
    assert isinstance(say(page, "create", column=BEN, row="0", first_hour="8"), Refused)


def test_what_was_done_is_offered_for_three_minutes_and_the_page_sees_them_end(gate: Gate, now: datetime) -> None:
    clock = [now]
    page = shown(gate, now, clock=lambda: clock[0])
    say(page, "drop", id="att_1", column=ADA, row="60", first_hour="8")
    page.load()
    assert not page.is_behind()
    clock[0] = now + timedelta(minutes=3)
    assert page.is_behind()
    assert "Undo" not in str(page.render())
    assert isinstance(say(page, "undo", id="apt_1"), Refused)
    assert stands(gate)[2] == "03-09 13:00"
    page.load()
    assert not page.is_behind()
    told = say(page, "undo", id="apt_1")
    assert isinstance(told, Done)
    assert told.tone == "warn"


def test_cancelling_is_taken_back_from_the_page(gate: Gate, now: datetime) -> None:
    page = shown(gate, now, actor=WHO.desk)
    say(page, "cancel", id="att_1", version="1", reason="patient asked")
    page.load()
    assert "Cancelled: Fern" in str(page.render())
    assert isinstance(say(page, "undo", id="att_1"), Done)
    page.load()
    assert [row.status for row in page.found.rows] == ["booked"]


def test_every_view_has_an_address_that_opens_it(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    for view, words in (
        ("week", "Week of Mar 9, 2026"), ("month", "March 2026"), ("rooms", "Video"), ("list", "Individual"),
        ("day", "Ben Alder"),
    ):  # fmt: skip
        reply = say(page, "view", view=view)
        assert isinstance(reply, Redraw)
        assert reply.path is not None
        query = dict(pair.split("=") for pair in reply.path.partition("?")[2].split("&"))
        again = shown(gate, now, **query)
        assert words in str(again.render())
        assert str(again.render()) == str(page.render())
    assert say(page, "view", view="no such view") == Redraw("/schedule?on=2026-03-09")


@pytest.mark.parametrize(
    ("view", "by", "on"),
    [
        ("day", "1", "2026-03-10"), ("week", "-1", "2026-03-02"), ("list", "1", "2026-03-16"),
        ("month", "1", "2026-04-01"), ("month", "-1", "2026-02-01"), ("rooms", "-1", "2026-03-08"),
        ("week", "0", "2026-03-09"),
    ],
)  # fmt: skip
def test_the_arrows_turn_by_what_is_shown(gate: Gate, now: datetime, view: str, by: str, on: str) -> None:
    page = shown(gate, now, view=view)
    say(page, "turn", by=by)
    assert page.on.isoformat() == on


def test_a_month_counts_each_day_and_opens_it(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 2, now + timedelta(days=1), patient_id=MOSS)
    page = shown(gate, now, view="month")
    assert "Mon, Mar 9, 2026: 1 booked" in str(page.render())
    say(page, "day", on="2026-03-10", open="yes")
    assert (page.sight, [row.attendance_id for row in page.found.rows]) == ("day", ["att_2"])


@pytest.mark.parametrize("on", [date(2026, 2, 1), date(2027, 2, 1), date(2024, 2, 29), date(2026, 8, 31)])
def test_a_month_has_all_its_days_once_in_whole_weeks(on: date) -> None:
    weeks = month_of(on, {}, on)
    days = [one.on for week in weeks for one in week]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[0].weekday() == 0
    inside = [one.on for week in weeks for one in week if one.is_in]
    assert inside[0].day == 1
    assert (inside[-1] + timedelta(days=1)).day == 1


def test_a_week_of_everybody_names_each_in_their_row(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 2, now + timedelta(days=5), patient_id=MOSS, clinician_id=BEN)  # a Saturday
    page = shown(gate, now, view="week")
    html = str(page.render())
    assert "Sat 14" in html
    assert "Sun 15" not in html
    say(page, "who", who=BEN)
    own = str(page.render())
    assert "Catherine Moss" in own
    assert "Fern" not in own


def test_a_clinicians_week_is_their_own_day_by_day(gate: Gate, now: datetime) -> None:
    page = shown(gate, now, actor=WHO.ada, view="week")
    html = str(page.render())
    assert "Mon 9" in html
    assert "team-week" not in html
    assert isinstance(say(page, "drop", id="att_1", column="2026-03-12", row="36", first_hour="8"), Done)
    assert stands(gate) == (ADA, OFFICE, "03-12 11:00", 50)


def test_a_clinician_sees_their_own_and_whom_they_care_for(gate: Gate, now: datetime) -> None:
    assert "Fern" in str(shown(gate, now, actor=WHO.ada).render())
    ben = shown(gate, now, actor=WHO.ben)
    assert "Fern" not in str(ben.render())
    assert "Ben Alder" in str(ben.render())
    assert isinstance(say(ben, "drop", id="att_1", column=BEN, row="60", first_hour="8"), Done)
    assert stands(gate)[0] == ADA
