"""Rooms: their page, the booking that takes one, and the calendar's columns."""

from datetime import datetime

import pytest

from dashboards.pages.calendar import CalendarPage
from dashboards.pages.rooms import RoomsPage
from dashboards.parts.replies import Ask, Done, Refused
from dashboards.room_desk import add_rooms
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, VIDEO, open_practice, people
from workbench.actions.scheduling.add_room import add_room
from workbench.gate.action import Gate
from workbench.scheduling.rooms import RoomWrong

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def calendar_page(gate: Gate, now: datetime, view: str = "day") -> CalendarPage:
    page = pages.opened(gate, people().desk, now, f"/schedule?view={view}")
    assert isinstance(page, CalendarPage)
    return page


def test_one_is_added_and_retired(gate: Gate, now: datetime) -> None:
    page = pages.opened(gate, people().desk, now, "/rooms", add_rooms)
    assert isinstance(page, RoomsPage)
    assert "No rooms yet" in page.render()
    assert isinstance(send(page, "new"), Ask)
    with pytest.raises(RoomWrong):
        send(page, "add", name="", location_id=OFFICE, seats="2")
    assert isinstance(send(page, "add", name="Blue", location_id=OFFICE, seats="2"), Done)
    page.load()
    assert "Blue" in page.render()
    (room,) = page.shown.rooms
    assert isinstance(send(page, "ask_retire", id=room.room_id), Ask)
    done = send(page, "retire", id=room.room_id, version="1")
    assert isinstance(done, Done)
    assert done.toast == "Retired"
    page.load()
    assert send(page, "ask_retire", id=room.room_id) == Done("This room is no longer on the list.", tone="warn")


def test_a_booking_offers_the_rooms_of_its_place_and_takes_one(gate: Gate, now: datetime) -> None:
    room = add_room(gate, people().desk, now=now, location_id=OFFICE, name="Blue", seats=2).room_id
    page = calendar_page(gate, now)
    send(page, "book_open")
    asked = send(page, "book_change", location_id=OFFICE)
    assert isinstance(asked, Ask)
    assert "Blue" in asked.html
    asked = send(page, "book_change", location_id=VIDEO)
    assert isinstance(asked, Ask)
    assert "Blue" not in asked.html
    send(page, "book_search", q="fern")
    send(page, "book_pick", id=FERN)
    when = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "on": "2026-03-09", "other": "12:00"}
    assert isinstance(send(page, "book", **when, room_id=room), Done)
    page.load()
    assert "Individual · Blue" in page.render()
    key = page.found.rows[0].attendance_id
    asked = send(page, "open_visit", id=key)
    assert isinstance(asked, Ask)
    assert "Office, Blue" in asked.html
    refused = send(page, "book", **{**when, "location_id": VIDEO, "other": "15:00"}, room_id=room)
    assert isinstance(refused, Refused)
    send(page, "book_open")
    send(page, "book_search", q="fern")
    asked = send(page, "book_pick", id=FERN)
    assert page.chosen.room_id == room  # as the last time


def test_the_view_by_room_has_a_column_for_each_and_one_for_no_room(gate: Gate, now: datetime) -> None:
    room = add_room(gate, people().desk, now=now, location_id=OFFICE, name="Blue", seats=2).room_id
    page = calendar_page(gate, now, "rooms")
    assert page.places() == ((room, "Blue"), (OFFICE, "Office, no room"), (VIDEO, "Video"))
    send(page, "create", column=room, row="48", first_hour="8")
    assert (page.chosen.room_id, page.chosen.location_id) == (room, OFFICE)
    send(page, "book_search", q="fern")
    send(page, "book_pick", id=FERN)
    when = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "on": "2026-03-09", "other": "12:00"}
    assert isinstance(send(page, "book", **when), Done)
    page.load()
    key = page.found.rows[0].attendance_id
    assert isinstance(send(page, "drop", id=key, column=room, row="48", first_hour="8"), Done)
    page.load()
    assert page.found.rows[0].room_id == room
    assert isinstance(send(page, "drop", id=key, column=OFFICE, row="48", first_hour="8"), Done)
    page.load()
    assert page.found.rows[0].room_id == ""
