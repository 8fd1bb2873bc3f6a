"""One's devices on their page: the password once, the list, the end; only for who sees people."""

from datetime import datetime

import pytest

from dashboards.desks import Desk
from dashboards.own_account import FEEDS_PATH, account_menu, add_own_account
from dashboards.pages.feeds import FeedsPage
from dashboards.parts.replies import Ask, Done
from dashboards.person import Person
from tests.actions.scheduling.feeding import signed_in
from tests.dashboards.pages import desk, opened, send
from tests.factories.small_practice import every_row, open_practice, people
from workbench.gate.action import Gate
from workbench.scheduling.feeds import FeedUnclear

pytestmark = pytest.mark.engines("sqlcipher")


def add(desk: Desk) -> None:
    add_own_account(desk, lambda _: None, "https://office.example.test")


def test_a_device_is_let_in_listed_and_stopped(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    ada = signed_in(gate, now)
    page = opened(gate, ada, now, FEEDS_PATH, add)
    assert isinstance(page, FeedsPage)
    assert "No device reads it" in page.render()
    assert isinstance(send(page, "new"), Ask)
    made = send(page, "make", label="My <telephone>", shows="initials")
    assert isinstance(made, Ask)
    assert "https://office.example.test/calendar.ics" in made.html
    password = made.html.partition('aria-label="The password">')[2].partition("<")[0]
    assert len(password) == 43
    assert password not in repr(every_row(gate.store))
    assert page.is_behind()
    page.load()
    assert not page.is_behind()
    (one,) = page.shown
    assert "My &lt;telephone&gt;" in page.render()
    assert password not in page.render()
    with pytest.raises(FeedUnclear):
        send(page, "make", label="", shows="busy")
    assert isinstance(send(page, "ask_end", id=one.feed_id), Ask)
    assert send(page, "end", id=one.feed_id) == Done("It reads nothing from now on")


def test_who_sees_nobody_has_no_such_page(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    assert FEEDS_PATH not in desk(gate, people().desk, lambda: now, add).routes
    assert len(account_menu(Person(gate, lambda: people().desk, lambda: now))) == 1
    assert len(account_menu(Person(gate, lambda: people().ada, lambda: now))) == 2
