"""One's devices on their page: the password once, the list, the end; only for who sees people."""

from datetime import datetime
from itertools import count

import pytest

from dashboards.desks import Desk, desk_of
from dashboards.own_account import FEEDS_PATH, account_menu, add_own_account
from dashboards.pages.feeds import FeedsPage
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Done
from dashboards.parts.routes import Routes
from dashboards.person import Person
from dashboards.preview import NothingLogged, NothingToRead
from tests.actions.scheduling.feeding import signed_in
from tests.factories.small_practice import every_row, open_practice, people
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.scheduling.feeds import FeedUnclear

pytestmark = pytest.mark.engines("sqlcipher")
KEYS = count()


def desk(gate: Gate, who: Actor, now: datetime) -> Desk:
    made = desk_of(Person(gate, lambda: who, lambda: now), NothingToRead(), NothingLogged(), Words("Juniper"), "/app")
    add_own_account(made, lambda _: None, "https://office.example.test")
    return made


def send(page: FeedsPage, do: str, **values: str) -> object:
    return page.handle(Message(do, {name: (value,) for name, value in values.items()}, f"key-{next(KEYS)}-of-eight"))


def test_a_device_is_let_in_listed_and_stopped(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    ada = signed_in(gate, now)
    found = Routes(desk(gate, ada, now).routes).find(FEEDS_PATH)
    assert found is not None
    page = found[0](found[1])
    assert isinstance(page, FeedsPage)
    page.load()
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
    assert FEEDS_PATH not in desk(gate, people().desk, now).routes
    assert len(account_menu(Person(gate, lambda: people().desk, lambda: now))) == 1
    assert len(account_menu(Person(gate, lambda: people().ada, lambda: now))) == 2
