"""The board as the desk has it open: columns, minutes, presses, and that it follows what others do."""

from datetime import datetime, timedelta

import pytest

from dashboards.board_desk import add_board
from dashboards.pages.board import BoardPage
from dashboards.parts.replies import Ask, Done
from tests.dashboards.pages import opened, send
from tests.factories.small_practice import BEN, MOSS, open_practice, people, visit
from workbench.actions.scheduling.check_in import check_in
from workbench.gate.action import Gate

pytestmark = pytest.mark.engines("sqlcipher")
MINUTE = timedelta(minutes=1)


class At:
    """The board at a moment that the test moves."""

    def __init__(self, gate: Gate, now: datetime) -> None:
        self.now = now
        page = opened(gate, people().desk, lambda: self.now, "/board", add_board)
        assert isinstance(page, BoardPage)
        self.page = page

    def press(self, do: str, **values: str) -> object:
        return send(self.page, do, **values)


@pytest.fixture
def at(gate: Gate, now: datetime) -> At:
    open_practice(gate.store, now)
    visit(gate.store, 1, now - 20 * MINUTE)
    visit(gate.store, 2, now + 60 * MINUTE, patient_id=MOSS, clinician_id=BEN)
    return At(gate, now)


def test_who_is_late_says_so_and_who_waits_counts_up(at: At) -> None:
    assert "20 minutes late" in at.page.render()
    assert at.press("check_in", id="att_1", version="1") == Done("Checked in")
    at.page.load()
    assert "waits 0 minutes" in at.page.render()
    assert not at.page.is_behind()
    at.now += MINUTE
    assert at.page.is_behind()
    at.page.load()
    assert "waits 1 minute<" in at.page.render()
    at.press("start_session", id="att_1", version="2")
    at.now += 60 * MINUTE
    at.page.load()
    assert "31 minutes over" in at.page.render()
    assert not at.page.is_behind()


def test_it_follows_what_another_desk_does(at: At, gate: Gate) -> None:
    assert not at.page.is_behind()
    check_in(gate, people().manager, "att_2", now=at.now)
    assert at.page.is_behind()


def test_one_clinicians_alone(at: At) -> None:
    at.press("who", who=BEN)
    html = at.page.render()
    assert "Catherine Moss" in html
    assert "Fern" not in html


def test_a_card_opens_the_drawer_and_a_no_show_is_asked_about(at: At) -> None:
    assert isinstance(at.press("open_visit", id="att_1"), Ask)
    assert at.press("open_visit", id="att_9") == Done("This appointment is no longer on the page.", tone="warn")
    assert isinstance(at.press("ask_no_show", id="att_1", version="1"), Ask)
    at.press("mark_no_show", id="att_1", version="1")
    at.page.load()
    assert "Came after all" in at.page.render()


def test_an_empty_day_says_so(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    html = At(gate, now).page.render()
    assert "Nobody is still to come." in html
    assert "Nothing is over yet." in html
