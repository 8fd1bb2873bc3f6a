"""The page of the waitlist as the desk has it: offers to several, answers, wishes, and what is wrong at its field."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dashboards.pages.patient import PatientPage
from dashboards.pages.waitlist import WaitlistPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from dashboards.waitlist_desk import add_waitlist
from tests.actions.scheduling.waiting import OnTheList
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, INDIVIDUAL, INTAKE, MOSS, open_practice, people, visit
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.lapse_wait import lapse_wait
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, SystemActor
from workbench.gate.permissions import Permission
from workbench.scheduling.waitlist import AlreadyWaiting, WishWrong
from workbench.screens.waitlist import Place, Wish, waitlist

pytestmark = pytest.mark.engines("sqlcipher")
Opens = Callable[..., WaitlistPage]
MORNINGS = {"place": ("office",), "weekdays": ("0", "2"), "from_at": ("08:00",), "until_at": ("12:00",)}


@pytest.fixture
def waiting(gate: Gate, now: datetime) -> OnTheList:
    open_practice(gate.store, now)
    return OnTheList(gate, now)


def page_at(gate: Gate, path: str, now: datetime) -> Page:
    return pages.opened(gate, people().desk, now, path, add_waitlist)


@pytest.fixture
def opened(gate: Gate, waiting: OnTheList) -> Opens:
    def open_at(now: datetime) -> WaitlistPage:
        page = page_at(gate, "/waitlist", now)
        assert isinstance(page, WaitlistPage)
        return page

    del waiting
    return open_at


def test_a_time_that_came_free_goes_to_all_that_are_ticked_and_the_first_yes_has_it(
    opened: Opens, waiting: OnTheList, now: datetime
) -> None:
    now += timedelta(minutes=1)
    waiting.now = now
    moss = waiting.join(MOSS)
    attendance = visit(waiting.gate.store, 1, waiting.tomorrow, patient_id=MOSS)
    cancel_appointment(waiting.gate, people().desk, attendance, now=now, reason="patient asked")
    page = opened(now)
    assert "Fern Fernández-Oak, waits since today, and 1 more" in page.render()
    key = f"stf_ada.{int(waiting.tomorrow.timestamp())}"
    asked = send(page, "open_freed", id=key)
    assert isinstance(asked, Ask)
    assert "555-010-0123" in asked.html
    with pytest.raises(FieldProblem):
        send(page, "offer_freed", id=key, within="60")
    assert isinstance(send(page, "offer_freed", id="stf_ada.1", to=moss, within="60"), Done)
    done = send(page, "offer_freed", id=key, to=(waiting.fern, moss), within="60")
    assert done == Done("Offered to 2 people until 11:01 am.")
    page = opened(now)
    assert send(page, "tab", tab="answer") == Redraw("/waitlist?tab=answer")
    first, second = page.shown.to_answer
    done = send(page, "accept", id=first.offer_id, version=str(first.version))
    assert done == Done("Booked for Tue, Mar 10, 2026, 10:01 am. 1 other offer ended with it.")
    for verb in ("accept", "decline"):  # from a page that was loaded before
        told = send(page, verb, id=second.offer_id, version=str(second.version))
        assert told == Done("Somebody changed this meanwhile. Look at the new version, then try again.", tone="warn")
    page = opened(now)
    send(page, "tab", tab="done")
    assert page.render().count("Withdrawn") == 1
    assert second.patient_id in {one.patient_id for one in page.shown.waiting}


def test_one_who_waits_is_offered_a_time_that_fits_and_says_no(
    opened: Opens, waiting: OnTheList, now: datetime
) -> None:
    page = opened(now)
    asked = send(page, "open", row=waiting.fern)
    assert isinstance(asked, Ask)
    assert "Free times that fit" in asked.html
    with pytest.raises(FieldProblem):
        send(page, "offer", id=waiting.fern, at="99", within="60")
    assert isinstance(send(page, "offer", id=waiting.fern, at="3", within="60"), Done)
    again = send(page, "offer", id=waiting.fern, at="3", within="60")
    assert isinstance(again, Refused)
    page = opened(now)
    (offer,) = page.shown.to_answer
    assert isinstance(send(page, "decline", id=offer.offer_id, version=str(offer.version)), Done)
    assert [one.answer for one in waitlist(waiting.gate, people().desk, now=now).answered] == ["declined"]


def test_a_wish_is_changed_said_again_and_ended(opened: Opens, waiting: OnTheList, now: datetime) -> None:
    page = opened(now)
    send(page, "tab", tab="wait")
    assert "anybody · office or video · any day · any time" in page.render()
    assert isinstance(send(page, "change", id=waiting.fern), Ask)
    send(page, "renew", id=waiting.fern, **MORNINGS)
    later = now + timedelta(days=30)
    page = opened(later)
    assert page.shown.waiting[0].wish == Wish("", Place.OFFICE, frozenset({0, 2}), 480, 720)
    send(page, "tab", tab="ask")
    assert "Mon, Wed · 8:00 am to 12:00 pm" in page.render()
    send(page, "still", id=waiting.fern)
    page = opened(later)
    assert page.shown.to_ask == ()
    with pytest.raises(WishWrong) as told:
        send(page, "renew", id=waiting.fern, place="any")
    assert set(told.value.fields) == {"weekdays"}
    version = str(page.shown.waiting[0].version)
    assert isinstance(send(page, "leave", id=waiting.fern, version=version, reason="elsewhere"), Done)
    assert send(opened(later), "still", id=waiting.fern) == Done("They are no longer on the list.", tone="warn")


def test_somebody_is_found_and_put_on_the_list(opened: Opens, waiting: OnTheList, now: datetime) -> None:
    page = opened(now)
    assert isinstance(send(page, "add"), Ask)
    found = send(page, "add_search", q="moss")
    assert isinstance(found, Ask)
    assert "Catherine Moss" in found.html
    send(page, "add_pick", id=MOSS)
    assert send(page, "wait", type_id=INDIVIDUAL, **MORNINGS) == Done("On the waitlist")
    with pytest.raises(AlreadyWaiting) as told:
        send(page, "wait", type_id=INDIVIDUAL, **MORNINGS)
    assert set(told.value.fields) == {"type_id"}
    assert {one.patient_id for one in waitlist(waiting.gate, people().desk, now=now).waiting} == {FERN, MOSS}


def test_it_can_be_done_from_the_file(gate: Gate, waiting: OnTheList, now: datetime) -> None:
    page = page_at(gate, f"/patients/{FERN}", now)
    assert isinstance(page, PatientPage)
    assert "Waitlist…" in page.render()
    assert isinstance(send(page, "ask_wait"), Ask)
    send(page, "wait", type_id=INTAKE, place="video", weekdays=("4",))
    assert len(waitlist(gate, people().desk, now=now).waiting) == 2
    del waiting


def test_nobody_else_has_the_page(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    for who in (people().biller, people().it, people().compliance):
        assert "/waitlist" not in pages.desk(gate, who, lambda: now, add_waitlist).routes


def test_who_cancels_is_told_how_many_wait_for_that_time(gate: Gate, waiting: OnTheList, now: datetime) -> None:
    for number, starts_at, said in (
        (1, waiting.tomorrow, "Cancelled in time. This time fits one on the waitlist."),
        (2, now + timedelta(hours=5), "Cancelled late, within the notice. This time fits one on the waitlist."),
        (3, now - timedelta(hours=1), "Cancelled late, within the notice"),
    ):
        attendance = visit(gate.store, number, starts_at, patient_id=MOSS)
        page = page_at(gate, f"/patients/{MOSS}", now)
        done = send(page, "cancel", id=attendance, version="1", reason="patient asked")
        assert isinstance(done, Done)
        assert done.toast == said
    waiting.join(MOSS)
    attendance = visit(gate.store, 4, waiting.tomorrow, patient_id=MOSS)
    done = send(page_at(gate, f"/patients/{MOSS}", now), "cancel", id=attendance, version="1", reason="patient ill")
    assert isinstance(done, Done)
    assert done.toast == "Cancelled in time. This time fits 2 on the waitlist."


def test_how_long_a_word_counts_and_what_ended_by_itself(waiting: OnTheList, gate: Gate, now: datetime) -> None:
    def page(who: Actor, at: datetime) -> WaitlistPage:
        made = pages.opened(gate, who, at, "/waitlist?tab=over", add_waitlist)
        assert isinstance(made, WaitlistPage)
        return made

    manager = page(people().manager, now)
    asked = send(manager, "terms")
    assert isinstance(asked, Ask)
    assert 'value="4"' in asked.html
    assert isinstance(send(manager, "set_terms", ask_weeks="2", hold_weeks="4", lapse_weeks="6"), Done)
    desk = page(people().desk, now + timedelta(weeks=3))
    assert "How long…" not in desk.render()
    send(desk, "tab", tab="ask")
    assert "ends Mon, Apr 20, 2026" in desk.render()
    late = now + timedelta(weeks=6)
    lapse_wait(gate, SystemActor("x", frozenset({Permission.LAPSE_WAIT})), waiting.fern, now=late)
    desk = page(people().desk, late)
    assert "after 6 weeks the wait ends" in desk.render()
    (one,) = desk.shown.lapsed
    assert send(desk, "restore", id=one.entry_id, version=str(one.version)) == Done("They wait on, in the same place")
    desk.load()
    assert "None ended by itself" in desk.render()
    gone = send(desk, "restore", id=one.entry_id, version=str(one.version + 1))
    assert isinstance(gone, Done)
    assert gone.tone == "warn"
    assert send(desk, "set_terms", ask_weeks="1", hold_weeks="2", lapse_weeks="0") is None
