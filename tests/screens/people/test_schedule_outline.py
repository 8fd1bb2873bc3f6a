"""The schedule by the minimum a role needs: numbers for an owner, names and codes for a biller, reasons for neither."""

import json
from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from dashboards.pages.schedule_outline import ScheduleOutlinePage
from dashboards.parts.message import Message
from dashboards.parts.replies import Redraw
from dashboards.parts.routes import Visit
from tests.factories.small_practice import BEN, FERN, INTAKE, MOSS, People, visit
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed
from workbench.scheduling.tables import Appointment, AttendanceStatus
from workbench.screens.schedule_outline import ClinicianOutline, Outline, OutlineRow, schedule_outline
from workbench.store.engine import Store

MONDAY = date(2026, 3, 9)


@pytest.fixture
def owner() -> Actor:
    return Actor("usr_olga", "stf_olga", frozenset({Role.OWNER}), "0" * 64)


@pytest.fixture
def week(store: Store, now: datetime) -> None:
    """Three of Ada's, one of them missed; one of Ben's that was cancelled; one of the week after."""
    visit(store, 1, now)
    visit(store, 2, now + timedelta(hours=1), patient_id=MOSS, status=AttendanceStatus.NO_SHOW)
    visit(store, 3, now + timedelta(days=2), minutes=30)
    visit(store, 4, now + timedelta(days=1), clinician_id=BEN, status=AttendanceStatus.LATE_CANCELLED)
    visit(store, 5, now + timedelta(days=7))


@pytest.mark.usefixtures("week")
def test_an_owner_sees_how_many_and_nobody(gate: Gate, owner: Actor, now: datetime) -> None:
    asked: list[str] = []
    event.listen(gate.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    found = schedule_outline(gate, owner, now=now, from_on=MONDAY)
    assert (found.shows_names, found.rows) == (False, ())
    assert found.clinicians == (
        ClinicianOutline("Ada Byron, LCSW", held=2, cancelled=0, no_shows=1, minutes=80),
        ClinicianOutline("Ben Alder, LMFT", held=0, cancelled=1, no_shows=0, minutes=0),
    )
    # It is another query, not the same one with something left out.
    assert not any("FROM patients" in one or "appointment_types" in one for one in asked)


@pytest.mark.usefixtures("week")
def test_a_biller_sees_who_comes_and_the_code_and_not_why(gate: Gate, people: People, now: datetime) -> None:
    found = schedule_outline(gate, people.biller, now=now, from_on=MONDAY)
    assert [(row.patient, row.minutes, row.status) for row in found.rows] == [
        ("Fern Fernández-Oak", 50, "booked"), ("Catherine Moss", 50, "no_show"),
        ("Fern Fernández-Oak", 50, "late_cancelled"), ("Fern Fernández-Oak", 30, "booked"),
    ]  # fmt: skip
    assert {one.name for one in fields(OutlineRow)}.isdisjoint({"type_name", "pronouns", "reason", "note"})


def test_the_name_of_a_service_is_not_in_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now)
    with store.writing() as session:
        session.get_one(Appointment, "apt_1").type_id = INTAKE
        session.commit()
    told = repr(schedule_outline(gate, people.biller, now=now, from_on=MONDAY))
    assert "Intake" not in told
    assert "they/them" not in told


@pytest.mark.usefixtures("week")
def test_the_log_names_whom_it_showed(gate: Gate, people: People, owner: Actor, now: datetime) -> None:
    for who in (owner, people.biller):
        schedule_outline(gate, who, now=now, from_on=MONDAY)
    with gate.store.reading() as read:
        shown = [json.loads(bytes(row.body))["facts"]["patients"] for row in read.scalars(
            select(AuditRow).where(AuditRow.event == "schedule.seen").order_by(AuditRow.seq)
        )]  # fmt: skip
    assert shown == [0, 2]


def test_nobody_else_has_it(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.desk, people.manager, people.ada, people.compliance, people.it):
        with pytest.raises(NotAllowed):
            schedule_outline(gate, who, now=now, from_on=MONDAY)


def test_at_most_a_month_is_read(gate: Gate, people: People, now: datetime) -> None:
    assert schedule_outline(gate, people.biller, now=now, from_on=MONDAY, days=900).days == 31


@pytest.mark.engines("sqlcipher")
@pytest.mark.usefixtures("week")
def test_the_page_turns_week_by_week_and_finds_by_name(gate: Gate, people: People, now: datetime) -> None:
    def outline(**asked: object) -> Outline:
        return schedule_outline(gate, people.biller, now=now, **asked)  # type: ignore[arg-type]

    page = ScheduleOutlinePage(Visit("/schedule"), outline=outline, zone=gate.zone, clock=lambda: now, base="/app")
    page.load()
    assert f'href="/app/balances/{FERN}"' in page.render()
    assert "Together" in page.render()
    page.do_filter(Message("filter", {"q": ("moss",)}))
    assert "Catherine Moss" in page.render()
    assert "Fern" not in page.render()
    assert page.do_turn(Message("turn", {"by": ("1",)})) == Redraw("/schedule?on=2026-03-16")
    assert page.do_turn(Message("turn", {"by": ("0",)})) == Redraw("/schedule")
    assert page.do_day(Message("day", {"on": ("2026-03-20",)})) == Redraw("/schedule?on=2026-03-16")


@pytest.mark.parametrize("asked", ["", "yesterday", "2026-13-01"])
def test_an_address_that_names_no_day_opens_this_week(asked: str, gate: Gate, now: datetime) -> None:
    page = ScheduleOutlinePage(
        Visit("/schedule", query={"on": asked}), outline=lambda **_: Outline(MONDAY, 7, shows_names=False),
        zone=gate.zone, clock=lambda: now,
    )  # fmt: skip
    page.load()
    assert "This week" in page.render()
    assert "Visits" not in page.render()
