"""The desk's day and a person's file, worked through their messages on a real store."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dashboards.pages.calendar import CalendarPage
from dashboards.pages.clinician_day import ClinicianDayPage
from dashboards.pages.patient import PatientPage
from dashboards.pages.patient_dialogs import DialogCalls
from dashboards.pages.patients import NewPatientPage, PatientsPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from dashboards.person import Person
from tests.factories.small_practice import (
    ADA,
    BEN,
    FERN,
    INDIVIDUAL,
    MOSS,
    OFFICE,
    events,
    open_practice,
    people,
    visit,
)
from workbench.actions.people.register_patient import register_patient
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.scheduling.tables import Attendance
from workbench.screens.amount_due import amount_due
from workbench.screens.booking_choices import booking_choices
from workbench.screens.calendar import calendar, calendar_counts
from workbench.screens.clinician_day import clinician_day
from workbench.screens.measures_over_time import measures_over_time
from workbench.screens.patient_balance import patient_balance
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file
from workbench.screens.patient_search import search_patients
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients; Fern comes at 11."""
    open_practice(store, now)
    visit(store, 1, now + HOUR)


def person(gate: Gate, actor: Actor, now: datetime) -> Person:
    return Person(gate, lambda: actor, lambda: now)


def desk_page(gate: Gate, now: datetime, **query: str) -> CalendarPage:
    who = person(gate, WHO.desk, now)
    page = CalendarPage(
        Visit("/schedule", {}, query), calendar=who.bound(calendar), counts=who.bound(calendar_counts),
        calls=ScheduleCalls.of(who.bound),
        zone=gate.zone, clock=who.clock, patient_word="client", base="/app",
    )  # fmt: skip
    page.load()
    return page


def file_page(gate: Gate, actor: Actor, now: datetime, tab: str = "info") -> PatientPage:
    who = person(gate, actor, now)
    page = PatientPage(
        Visit(f"/patients/{FERN}", {"patient_id": FERN}, {"tab": tab}), patient_file=who.bound(patient_file),
        patient_chart=who.bound(patient_chart), patient_balance=who.bound(patient_balance),
        amount_due=who.bound(amount_due), measures_over_time=who.bound(measures_over_time),
        calls=ScheduleCalls.of(who.bound), zone=gate.zone,
        clock=who.clock, base="/app", dialogs=DialogCalls.of(who),
    )  # fmt: skip
    page.load()
    return page


def say(page: Page, do: str, key: str | None = None, **values: str) -> Reply | None:
    return page.handle(Message(do, {name: (value,) for name, value in values.items()}, key))


def html_of(reply: Reply | None) -> str:
    assert isinstance(reply, Ask)
    return str(reply.html)


def test_the_day_shows_who_comes_and_calls_them_by_the_practices_word(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    shown = str(page.render())
    assert "Fern Fernández-Oak" in shown
    assert "Ben Alder, LMFT" in shown
    assert "Client" in html_of(say(page, "book_open"))


def test_a_booking_from_the_first_letters_to_the_grid(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    say(page, "book_open")
    assert "Catherine Moss" in html_of(say(page, "book_search", q="mo"))
    assert "12:00 pm" in html_of(say(page, "book_pick", id=MOSS))
    sent = {"type_id": INDIVIDUAL, "clinician_id": ADA, "location_id": OFFICE, "on": "2026-03-09", "at": "12:00"}
    first = say(page, "book", key="form-0001", **sent)
    assert first == say(page, "book", key="form-0001", **sent)
    assert isinstance(first, Done)
    page.load()
    assert "Catherine Moss" in str(page.render())
    assert [event for event, _ in events(gate.store)].count("appointment.booked") == 1


def test_a_time_taken_meanwhile_is_told_beside_the_times(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    say(page, "book_open")
    say(page, "book_search", q="mo")
    say(page, "book_pick", id=MOSS)
    sent = {"type_id": INDIVIDUAL, "clinician_id": ADA, "location_id": OFFICE, "on": "2026-03-09"}
    refused = say(page, "book", **sent, at="11:15")
    assert isinstance(refused, Refused)
    assert "taken this time" in refused.fields["at"]


@pytest.mark.parametrize(
    ("on", "at", "words"),
    [
        ("2027-03-14", "02:30", "clocks go forward"),
        ("2026-03-09", "", "Choose a time"),
        ("2026-03-09", "9", "time such"),
    ],
)
def test_times_that_cannot_be_are_told_at_their_field(gate: Gate, now: datetime, on: str, at: str, words: str) -> None:
    page = desk_page(gate, now)
    say(page, "book_open")
    say(page, "book_search", q="mo")
    say(page, "book_pick", id=MOSS)
    with pytest.raises(FieldProblem, match=words):
        say(page, "book", type_id=INDIVIDUAL, clinician_id=ADA, location_id=OFFICE, on=on, other=at)


def test_without_a_person_nothing_is_booked(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    say(page, "book_open")
    assert isinstance(say(page, "book", on="2026-03-09", at="12:00"), Refused)


def test_check_in_and_cancel_with_a_reason(gate: Gate, store: Store, now: datetime) -> None:
    page = desk_page(gate, now)
    assert "Check in" in html_of(say(page, "open_visit", id="att_1"))
    assert say(page, "check_in", id="att_1", version="1") == Done("Checked in")
    assert "reason" in html_of(say(page, "ask_cancel", id="att_1", version="2"))
    with pytest.raises(FieldProblem):
        say(page, "cancel", id="att_1", version="2", reason="")
    done = say(page, "cancel", id="att_1", version="2", reason="patient ill")
    assert done == Done("Cancelled late, within the notice", tone="warn")
    page.load()
    assert "Cancelled" in str(page.render())
    with store.reading() as session:
        assert session.get_one(Attendance, "att_1").status == "late_cancelled"


def test_a_stale_page_is_drawn_anew_and_says_so(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    cancel_appointment(gate, WHO.ada, "att_1", now=now, reason="patient ill")
    done = say(page, "check_in", id="att_1", version="1")
    assert isinstance(done, Done)
    assert (done.tone, "changed this meanwhile" in done.toast) == ("warn", True)


def test_a_move_keeps_clinician_and_place(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now)
    assert "Move" in html_of(say(page, "ask_move", id="att_1"))
    assert "1:00 pm" in html_of(say(page, "book_change", clinician_id=BEN))
    done = say(page, "move", clinician_id=BEN, location_id=OFFICE, on="2026-03-10", at="13:00")
    assert done == Done("Moved to Tue, Mar 10, 2026, 1:00 pm")
    moved = desk_page(gate, now, on="2026-03-10")
    assert moved.find("att_1") is not None
    assert page.find("att_1") is not None  # until it is loaded again
    page.load()
    assert page.find("att_1") is None
    assert isinstance(say(page, "open_visit", id="att_1"), Done)


def test_days_are_turned_and_the_address_follows(gate: Gate, now: datetime) -> None:
    page = desk_page(gate, now, on="nonsense")
    assert say(page, "turn", by="1") == Redraw("/schedule?on=2026-03-10")
    assert say(page, "turn", by="0") == Redraw("/schedule?on=2026-03-09")
    assert say(page, "day", on="2026-12-24") == Redraw("/schedule?on=2026-12-24")


def test_each_role_has_its_part_of_a_file(gate: Gate, now: datetime) -> None:
    def tabs(actor: Actor) -> list[str]:
        return re.findall(r'data-arg-tab="(\w+)"', str(file_page(gate, actor, now).render()))

    assert tabs(WHO.desk) == ["info", "schedule", "billing"]
    assert tabs(WHO.ada) == ["info", "schedule", "notes", "measures", "forms", "billing"]
    assert tabs(WHO.biller) == ["info", "billing"]


def test_a_chart_is_read_only_when_its_tab_is_opened(gate: Gate, store: Store, now: datetime) -> None:
    page = file_page(gate, WHO.ada, now)
    page.render()
    assert "chart.read" not in [event for event, _ in events(store)]
    assert say(page, "tab", tab="notes") == Redraw(f"/patients/{FERN}?tab=notes")
    assert "No notes yet" in str(page.render())
    assert [event for event, _ in events(store)].count("chart.read") == 1


def test_a_tab_that_is_not_theirs_opens_the_first(gate: Gate, now: datetime) -> None:
    assert file_page(gate, WHO.desk, now, tab="notes").tab == "info"


def test_a_booking_from_the_file_is_for_this_person(gate: Gate, now: datetime) -> None:
    page = file_page(gate, WHO.desk, now, tab="schedule")
    asked = html_of(say(page, "book_open"))
    assert "Fern Fernández-Oak" in asked
    assert "book_search" not in asked
    sent = {"type_id": INDIVIDUAL, "clinician_id": ADA, "location_id": OFFICE, "on": "2026-03-10", "at": "09:00"}
    assert isinstance(say(page, "book", **sent), Done)
    page.load()
    assert "Tue, Mar 10, 2026" in str(page.render())


def test_a_clinicians_day_acts_on_its_sessions(gate: Gate, now: datetime) -> None:
    who = person(gate, WHO.ada, now)
    calls = ScheduleCalls.of(who.bound)
    page = ClinicianDayPage(
        Visit("/my-day"), clinician_day=who.bound(clinician_day), verbs={"check_in": calls.check_in}, zone=gate.zone,
        clock=who.clock, base="/app",
    )  # fmt: skip
    page.load()
    assert "/app/notes/att_1" in str(page.render())
    assert say(page, "mark", verb="check_in", id="att_1", version="1") == Done("Checked in")
    assert isinstance(say(page, "mark", verb="destroy", id="att_1", version="1"), Done)
    page.load()
    assert "Arrived" in str(page.render())


def test_people_are_found_while_typing_and_never_by_the_address(gate: Gate, now: datetime) -> None:
    who = person(gate, WHO.desk, now)
    page = PatientsPage(
        Visit("/patients", {}, {"q": "fe"}), search_patients=who.bound(search_patients), may_register=True, base="/app"
    )
    page.load()
    assert "Fern" not in str(page.render())
    assert say(page, "filter", q="fe") == Redraw()
    assert f"/patients/{FERN}" in str(page.render())


def test_registering_opens_the_file_and_asks_when_somebody_is_known(gate: Gate, now: datetime) -> None:
    who = person(gate, WHO.desk, now)
    page = NewPatientPage(
        Visit("/patients/new"), register_patient=who.bound(register_patient),
        booking_choices=who.bound(booking_choices), base="/app",
    )  # fmt: skip
    page.load()
    assert "Ada Byron" in str(page.render())
    typed = {"given_name": "Alex", "family_name": "Birch", "born_on": "2001-02-03"}
    done = say(page, "register", **typed)
    assert isinstance(done, Done)
    assert done.go is not None
    assert done.go.startswith("/patients/pat_")
    again = say(page, "register", **typed)
    assert isinstance(again, Refused)
    assert "1003" in again.fields["is_somebody_else"]
    assert isinstance(say(page, "register", **typed, is_somebody_else="on"), Done)
    with pytest.raises(FieldProblem):
        say(page, "register", given_name="Alex", family_name="Birch")


def test_the_desk_notes_that_somebody_in_care_works_here(gate: Gate, now: datetime) -> None:
    page = file_page(gate, WHO.desk, now)
    assert "Works here" in str(page.render())
    assert "Ben Alder, LMFT" in html_of(say(page, "ask_own_record"))
    done = say(page, "note_own_record", key="own-0001", staff_id="stf_ben")
    assert done == Done("Noted: they open it in the portal alone")
    with pytest.raises(NotFound):
        file_page(gate, replace(WHO.ben, roles=WHO.desk.roles, own_patient_id=FERN), now)
    assert "Works here" not in str(file_page(gate, WHO.ada, now).render())
