"""Couples, families and groups as the desk has them: put together, booked in the dialog, opened in the calendar."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dashboards.group_desk import add_groups
from dashboards.pages.calendar import CalendarPage
from dashboards.pages.groups import GroupsPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Refused
from tests.actions.scheduling.together import FIRST, RUE, Together
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, open_practice, people
from workbench.gate.action import Gate
from workbench.scheduling.group_rules import GroupWrong, TooFew
from workbench.screens.groups import groups

pytestmark = pytest.mark.engines("sqlcipher")
WHEN = {"clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "on": FIRST.isoformat(), "other": "11:00"}


@pytest.fixture
def together(gate: Gate, now: datetime) -> Together:
    open_practice(gate.store, now)
    return Together(gate, now)


@pytest.fixture
def opened(gate: Gate, together: Together, now: datetime) -> Callable[[], GroupsPage]:
    def open_it() -> GroupsPage:
        page = pages.opened(gate, people().desk, now, "/groups", add_groups)
        assert isinstance(page, GroupsPage)
        return page

    del together
    return open_it


@pytest.fixture
def calendar_at(gate: Gate, together: Together) -> Callable[[datetime], CalendarPage]:
    def open_at(now: datetime) -> CalendarPage:
        page = pages.opened(gate, people().desk, now, f"/schedule?on={FIRST.isoformat()}")
        assert isinstance(page, CalendarPage)
        return page

    del together
    return open_at


def pick(page: GroupsPage, *letters: str) -> Ask:
    asked = None
    for one in letters:
        found = send(page, "pick_search", q=one)
        assert isinstance(found, Ask)
        asked = send(page, "pick", id=page._picking.hits[0].patient_id)
    assert isinstance(asked, Ask)
    return asked


def test_a_couple_is_put_together_in_two_steps(opened: Callable[[], GroupsPage]) -> None:
    page = opened()
    assert "No couple, family or group yet" in page.render()
    assert isinstance(send(page, "new"), Ask)
    assert isinstance(send(page, "kind", kind="couple", name="", most="8"), Ask)
    asked = pick(page, "fern", "moss")
    assert "Whose sessions are they for the payer?" in asked.html
    assert "Nobody else fits in." in asked.html
    assert isinstance(send(page, "unpick", id=MOSS), Ask)
    pick(page, "moss")
    done = send(page, "make", billed_id=MOSS)
    assert isinstance(done, Done)
    page.load()
    assert "Couple: Catherine Moss, Fern Fernández-Oak" in page.render()


def test_what_is_wrong_is_told_at_its_field_or_before_anything_is_kept(opened: Callable[[], GroupsPage]) -> None:
    page = opened()
    for said, field in (({"kind": "pair"}, "kind"), ({"kind": "group", "name": "", "most": "4"}, "name")):
        with pytest.raises(FieldProblem) as wrong:
            send(page, "kind", **said)
        assert wrong.value.name == field
    send(page, "kind", kind="couple")
    with pytest.raises(TooFew):
        send(page, "make")
    pick(page, "fern", "fern")
    with pytest.raises(TooFew):
        send(page, "make")
    send(page, "pick", id="pat_that_was_not_found")
    assert len(page._picking.picked) == 1


def test_its_sessions_are_booked_in_the_dialog_once_or_as_a_series(
    opened: Callable[[], GroupsPage], together: Together
) -> None:
    group = together.make()
    page = opened()
    asked = send(page, "ask_book", id=group)
    assert isinstance(asked, Ask)
    assert "Led together with" in asked.html
    assert "Double book" not in asked.html
    refused = send(page, "book", **WHEN, beside=ADA)
    assert isinstance(refused, Refused)
    done = send(page, "book", **WHEN, beside=BEN)
    assert isinstance(done, Done)
    assert done.toast.startswith("1 session booked for 2 people")
    send(page, "ask_book", id=group)
    planned = send(page, "book", **{**WHEN, "other": "13:00"}, beside=BEN, repeat="week", count="3")
    assert isinstance(planned, Ask)
    done = send(page, "book_series", keep=(FIRST.isoformat(), (FIRST + timedelta(weeks=2)).isoformat()))
    assert isinstance(done, Done)
    assert done.toast.startswith("2 sessions booked for 2 people")
    assert [kind for _, _, kind in together.appointments()].count("beside") == 3


def test_somebody_is_added_and_taken_out(
    gate: Gate, opened: Callable[[], GroupsPage], together: Together, now: datetime
) -> None:
    family = together.make(FERN, MOSS, kind="family")
    page = opened()
    assert isinstance(send(page, "ask_join", id=family), Ask)
    send(page, "pick_search", q="rue")
    done = send(page, "pick", id=RUE)
    assert isinstance(done, Done)
    page.load()
    asked = send(page, "ask_leave", id=family, patient=FERN)
    assert isinstance(asked, Ask)
    assert "Whose sessions are they for the payer from now on?" in asked.html
    with pytest.raises(GroupWrong):
        send(page, "leave", id=family, patient=FERN)
    assert isinstance(send(page, "leave", id=family, patient=FERN, billed_id=RUE), Done)
    (shown,) = groups(gate, people().desk, now=now)
    assert {one.patient_id for one in shown.members} == {MOSS, RUE}
    assert send(page, "open_group", id="grp_gone") == send(page, "ask_book", id="grp_gone")


def test_the_calendar_has_one_block_and_its_drawer_is_worked_through(
    calendar_at: Callable[[datetime], CalendarPage], together: Together
) -> None:
    (starts_at,) = together.book(together.make(FERN, MOSS, RUE), beside_ids=[BEN]).starts_at
    page = calendar_at(starts_at)
    drawn = page.render()
    assert drawn.count("Skills on Mondays") == 4  # in the column of each who leads it, and in the list of each
    assert "3 people" in drawn
    assert "Moss" not in drawn
    key = together.attendance(MOSS)
    for opened_from in (key, f"{key}~2"):
        asked = send(page, "open_visit", id=opened_from)
        assert isinstance(asked, Ask)
        assert "Ada Byron, LCSW, Ben Alder, LMFT" in asked.html
        assert "Catherine Moss" in asked.html
    done = send(page, "check_in", id=key, version="1", stay="yes")
    assert isinstance(done, Done)
    assert done.stays is not None
    page.load()
    assert "Arrived" in done.stays().html
    alone = send(page, "open_visit", id=key, alone="yes")
    assert isinstance(alone, Ask)
    assert "Fern" not in alone.html


def test_it_is_cancelled_for_everybody_with_a_reason(
    calendar_at: Callable[[datetime], CalendarPage], together: Together, now: datetime
) -> None:
    together.book(together.make())
    page = calendar_at(now)
    key = together.attendance(FERN)
    asked = send(page, "ask_cancel_all", id=key)
    assert isinstance(asked, Ask)
    assert "Catherine Moss" in asked.html
    with pytest.raises(FieldProblem):
        send(page, "cancel_all", id=key)
    done = send(page, "cancel_all", id=key, reason="practice closed")
    assert isinstance(done, Done)
    assert done.toast == "Cancelled for 2 people"
    page.load()
    gone = send(page, "ask_cancel_all", id="att_gone")
    assert isinstance(gone, Refused)


def test_it_is_moved_as_one(calendar_at: Callable[[datetime], CalendarPage], together: Together, now: datetime) -> None:
    together.book(together.make(), beside_ids=[BEN])
    page = calendar_at(now)
    key = together.attendance(FERN)
    asked = send(page, "ask_move", id=key)
    assert isinstance(asked, Ask)
    assert "Skills on Mondays" in asked.html
    done = send(page, "drop", id=key, column=ADA, row="24", first_hour="8")
    assert isinstance(done, Done)
    page.load()
    assert {row.starts_at.astimezone(page.zone).hour for row in page.found.rows} == {10}
    refused = send(page, "open_visit", id="att_gone")
    assert isinstance(refused, Done)
