"""Correcting a file from its page, and the clock of somebody who lives by another one."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.calendar import CalendarPage
from dashboards.pages.patient import PatientPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Refused
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, MOSS_DETAILS, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.gate.errors import StalePage
from workbench.people.rules import DetailsUnclear

pytestmark = pytest.mark.engines("sqlcipher")
SAID = {
    "given_name": "José", "family_name": "Fernández-Oak", "preferred_name": "Fern", "pronouns": "they/them", "sex": "U",
    "born_on": "1990-04-03", "phone": "(555) 010-0123", "version": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    visit(gate.store, 1, now + timedelta(hours=1))


def file(gate: Gate, now: datetime, who: str = "desk") -> PatientPage:
    page = pages.opened(gate, getattr(people(), who), now, f"/patients/{FERN}")
    assert isinstance(page, PatientPage)
    return page


def test_the_form_holds_what_the_file_says_and_keeps_what_is_different(gate: Gate, now: datetime) -> None:
    page = file(gate, now)
    asked = send(page, "ask_correct")
    assert isinstance(asked, Ask)
    for value in ("José", "Fernández-Oak", "1990-04-03", "5550100123", "Pacific"):
        assert value in asked.html
    assert "Eastern" not in asked.html  # the practice's own
    done = send(page, "correct", **{**SAID, "phone": "5550100177", "zone": "America/Los_Angeles"})
    assert isinstance(done, Done)
    assert done.toast == "Corrected: phone, time zone"
    page.load()
    drawn = page.render()
    assert "555-010-0177" in drawn
    assert "Their clock" in drawn


def test_what_is_wrong_is_told_at_its_field(gate: Gate, now: datetime) -> None:
    page = file(gate, now)
    with pytest.raises(FieldProblem):
        send(page, "correct", **{**SAID, "born_on": ""})
    with pytest.raises(DetailsUnclear) as unclear:
        send(page, "correct", **{**SAID, "phone": "12"})
    assert set(unclear.value.fields) == {"phone"}
    moss = {"given_name": MOSS_DETAILS.given_name, "family_name": MOSS_DETAILS.family_name,
            "born_on": MOSS_DETAILS.born_on.isoformat()}  # fmt: skip
    refused = send(page, "correct", **{**SAID, **moss})
    assert isinstance(refused, Refused)
    assert set(refused.fields) == {"is_somebody_else"}
    send(page, "correct", **{**SAID, "pronouns": ""})
    with pytest.raises(StalePage):
        send(page, "correct", **{**SAID, "phone": ""})


def test_who_may_not_has_no_button(gate: Gate, now: datetime) -> None:
    assert "ask_correct" in file(gate, now, "ada").render()
    assert "ask_correct" not in file(gate, now, "supervisor").render()


def test_an_appointment_shows_both_clocks_where_they_differ(gate: Gate, now: datetime) -> None:
    def drawn() -> str:
        page = pages.opened(gate, people().desk, now, "/schedule")
        assert isinstance(page, CalendarPage)
        asked = send(page, "open_visit", id="att_1")
        assert isinstance(asked, Ask)
        return page.render() + asked.html

    assert "for them" not in drawn()
    send(file(gate, now), "correct", **{**SAID, "zone": "America/Los_Angeles"})
    assert drawn().count("8:00 am for them (PDT)") == 3  # in the grid, in the list of a phone, in the drawer
