"""Views of the calendar: what is left out is not read, one press or the address brings a view back."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.calendar import CalendarPage
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import ADA, BEN, MOSS, OFFICE, VIDEO, open_practice, people, visit
from workbench.actions.scheduling.add_room import add_room
from workbench.gate.action import Gate

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    """Fern comes to Ada, Moss to Ben."""
    open_practice(gate.store, now)
    visit(gate.store, 1, now + timedelta(hours=1))
    visit(gate.store, 2, now + timedelta(hours=2), patient_id=MOSS, clinician_id=BEN)


def shown(gate: Gate, now: datetime, address: str = "/schedule") -> CalendarPage:
    page = pages.opened(gate, people().desk, now, address)
    assert isinstance(page, CalendarPage)
    return page


def clinicians(page: CalendarPage) -> set[str]:
    return {row.clinician_id for row in page.found.rows}


def test_one_is_kept_chosen_by_a_press_and_opens_by_itself(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    assert clinicians(page) == {ADA, BEN}
    assert "Views you keep" not in page.render()
    asked = send(page, "views")
    assert isinstance(asked, Ask)
    assert "Only these clinicians" in asked.html
    kept = send(page, "look", clinician_ids=(BEN,), name="Ben", is_default="on")
    (view,) = page.kept
    address = f"/schedule?on=2026-03-09&view=day&saved={view.view_id}"
    assert kept == Done("Kept: it is one press away", go=address)
    page = shown(gate, now, address)
    assert [name for _, name in page.found.clinicians] == [dict(page.choices.clinicians)[BEN]]
    drawn = page.render()
    assert "Moss" in drawn
    assert "Fern" not in drawn
    assert 'data-key-press="1"' in drawn
    again = shown(gate, now)
    assert clinicians(again) == {BEN}
    everything = send(again, "wear")
    assert isinstance(everything, Redraw)
    assert everything.path == "/schedule?on=2026-03-09&view=day&saved=all"
    assert clinicians(again) == clinicians(shown(gate, now, everything.path)) == {ADA, BEN}
    worn = send(again, "wear", id=view.view_id)
    assert isinstance(worn, Redraw)
    assert clinicians(shown(gate, now, str(worn.path))) == {BEN}
    assert clinicians(shown(gate, now, "/schedule?view=day")) == {ADA, BEN}
    assert send(again, "drop_view", id=view.view_id) == Done("Ben is kept no more", go="/schedule?on=2026-03-09")
    again.load()
    assert clinicians(again) == {ADA, BEN}
    assert isinstance(send(again, "drop_view", id=view.view_id), Refused)


def test_a_view_holds_its_look_in_every_way_to_look(gate: Gate, now: datetime) -> None:
    page = shown(gate, now, "/schedule?view=month")
    send(page, "look", clinician_ids=(ADA,), name="Ada", is_default="")
    page.load()
    assert (page.sight, [held for held, _ in page.month.values()]) == ("month", [1])
    for sight in ("week", "list", "rooms", "day"):
        send(page, "view", view=sight)
        assert clinicians(page) == {ADA}
        assert page.render()
    send(page, "wear", id=page.kept[0].view_id)
    assert page.sight == "month"


def test_places_and_states_are_left_out_too(gate: Gate, now: datetime) -> None:
    room = add_room(gate, people().desk, now=now, location_id=OFFICE, name="Blue", seats=2).room_id
    page = shown(gate, now, "/schedule?view=rooms")
    send(page, "look", place_ids=(OFFICE,))
    assert page.places() == ((room, "Blue"), (OFFICE, "Office, no room"))
    assert clinicians(page) == {ADA, BEN}
    send(page, "look", place_ids=(room,))
    assert page.places() == ((room, "Blue"),)
    assert page.found.rows == ()
    send(page, "look", place_ids=(VIDEO,), states=("to_come",))
    assert page.found.rows == ()
    send(page, "look", states=("cancelled",))
    assert page.found.rows == ()
    send(page, "look", states=("to_come", "here"))
    assert len(page.found.rows) == 2
    assert "Everything" in page.render()
