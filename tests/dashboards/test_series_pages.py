"""A series from the booking dialog to its last day: each day is shown first, the rest moves or goes at once."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboards.pages.calendar import CalendarPage
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done, Refused, Reply
from tests.dashboards.test_schedule_pages import desk_page, html_of, say
from tests.factories.small_practice import ADA, BEN, INDIVIDUAL, MOSS, OFFICE, open_practice, visit
from workbench.gate.action import Gate
from workbench.scheduling.tables import Appointment, Attendance
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
FORM = {
    "type_id": INDIVIDUAL, "clinician_id": ADA, "location_id": OFFICE, "on": "2026-03-10", "at": "12:00",
    "repeat": "week", "count": "4",
}  # fmt: skip
TUESDAYS = ("2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31")


@pytest.fixture
def page(gate: Gate, store: Store, now: datetime) -> CalendarPage:
    """The desk, with Moss chosen; Ada sees somebody on the third Tuesday at noon."""
    open_practice(store, now)
    visit(store, 1, now + timedelta(days=15, hours=2))
    opened = desk_page(gate, now)
    say(opened, "book_open")
    say(opened, "book_search", q="mo")
    say(opened, "book_pick", id=MOSS)
    say(opened, "book_change", **FORM)
    return opened


def booked(gate: Gate) -> list[tuple[date, str, str]]:
    query = (
        select(Appointment.starts_at, Appointment.clinician_id, Attendance.status)
        .join(Attendance, Attendance.appointment_id == Appointment.id)
        .where(Attendance.patient_id == MOSS)
        .order_by(Appointment.starts_at)
    )
    with gate.store.reading() as session:
        return [(row[0].astimezone(gate.zone).date(), row[1], row[2]) for row in session.execute(query)]


def keep(page: CalendarPage, *days: str) -> Reply | None:
    return page.handle(Message("book_series", {"keep": days}, "series-0001"))


def drawer(page: CalendarPage, gate: Gate, number: int) -> str:
    with gate.store.reading() as session:
        rows = session.execute(
            select(Attendance.id, Appointment.starts_at).join(Appointment).where(Attendance.patient_id == MOSS)
            .order_by(Appointment.starts_at)
        ).all()  # fmt: skip
    say(page, "day", on=rows[number].starts_at.astimezone(gate.zone).date().isoformat())
    return html_of(say(page, "open_visit", id=rows[number].id))


def test_every_day_is_shown_before_and_what_is_taken_is_left_out(page: CalendarPage, gate: Gate) -> None:
    shown = html_of(say(page, "book", key="form-0001", **FORM))
    assert re.findall(r'value="(2026-03-\d\d)"( disabled)?', shown) == [
        (day, " disabled" if day == "2026-03-24" else "") for day in TUESDAYS
    ]
    assert "1 of 4 days cannot be booked" in shown
    assert booked(gate) == []
    reply = keep(page, *(day for day in TUESDAYS if day != "2026-03-24"))
    assert isinstance(reply, Done)
    assert "3 appointments booked" in reply.toast
    assert [on.isoformat() for on, _, _ in booked(gate)] == ["2026-03-10", "2026-03-17", "2026-03-31"]


def test_a_day_that_was_taken_is_refused_though_a_message_keeps_it(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **FORM)
    reply = keep(page, *TUESDAYS)
    assert isinstance(reply, Refused)
    assert "Not free on Mar 24" in reply.sentence
    assert booked(gate) == []


def test_sent_twice_a_series_is_booked_once(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **FORM)
    assert keep(page, *TUESDAYS[:2]) == keep(page, *TUESDAYS[:2])
    assert len(booked(gate)) == 2


@pytest.mark.parametrize("wrong", [{"count": "0"}, {"count": "105"}, {"count": "x"}, {"repeat": "never"}])
def test_what_cannot_repeat_is_said_beside_its_field(page: CalendarPage, gate: Gate, wrong: dict[str, str]) -> None:
    if "count" in wrong:
        with pytest.raises(FieldProblem, match="whole number"):
            say(page, "book", key="form-0001", **{**FORM, **wrong})
    else:
        assert isinstance(say(page, "book", key="form-0001", **{**FORM, **wrong}), Refused)
    assert booked(gate) == []


def test_no_series_is_booked_before_its_days_were_seen(page: CalendarPage, gate: Gate) -> None:
    assert isinstance(keep(page, *TUESDAYS), Refused)
    assert booked(gate) == []


def test_the_drawer_says_how_it_repeats_and_the_rest_is_cancelled(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **FORM)
    keep(page, *TUESDAYS[:2], TUESDAYS[3])
    shown = drawer(page, gate, 1)
    assert "Repeats every week, 4 times" in shown
    assert "2 still to come" in shown
    asked = say(page, "ask_cancel_series")
    assert isinstance(asked, Ask)
    assert "Cancel 2 appointments?" in asked.label
    assert all(word in asked.html for word in ("Mar 17", "Mar 31"))
    say(page, "cancel_series", key="off-00001", reason="patient asked")
    assert [status for _, _, status in booked(gate)] == ["booked", "cancelled", "cancelled"]
    assert isinstance(say(page, "cancel_series", key="off-00002", reason="patient asked"), Refused)


def test_the_rest_moves_to_another_weekday_time_and_clinician(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **FORM)
    keep(page, *TUESDAYS[:2], TUESDAYS[3])
    drawer(page, gate, 1)
    assert "Move all of them" in html_of(say(page, "ask_move_series"))
    reply = say(page, "move_series", key="move-0001", weekday="3", at="09:15", clinician_id=BEN, location_id=OFFICE)
    assert isinstance(reply, Done), reply
    assert [(on.isoformat(), who) for on, who, _ in booked(gate)] == [
        ("2026-03-10", ADA), ("2026-03-19", BEN), ("2026-04-02", BEN),
    ]  # fmt: skip


def test_the_rest_as_it_was_shown_or_nothing(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **FORM)
    keep(page, *TUESDAYS[:2], TUESDAYS[3])
    drawer(page, gate, 1)
    shown = page.series
    say(page, "cancel_series", key="off-00001", reason="patient asked")
    page.series = shown  # another tab, that still shows them
    told = say(page, "move_series", key="move-0001", weekday="3", at="09:15", clinician_id=ADA, location_id=OFFICE)
    assert isinstance(told, Refused)
    assert [status for _, _, status in booked(gate)] == ["booked", "cancelled", "cancelled"]


def test_an_appointment_by_itself_says_nothing_of_a_series(page: CalendarPage, gate: Gate) -> None:
    say(page, "book", key="form-0001", **{**FORM, "repeat": ""})
    assert "Repeats" not in drawer(page, gate, 0)
