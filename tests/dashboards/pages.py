"""A page as somebody has it open, and what they send to it: for tests of pages without a browser."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from dashboards.desks import Desk, desk_of
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Page
from dashboards.parts.replies import Reply
from dashboards.parts.routes import Routes
from dashboards.person import Person
from dashboards.preview import NothingLogged, NothingToRead
from workbench.gate.action import Gate
from workbench.gate.actor import Actor

_KEYS = count()
Adds = Callable[[Desk], None]


def desk(gate: Gate, who: Actor, clock: Callable[[], datetime], *adds: Adds) -> Desk:
    """The places of this person; adds: what `dashboards.app` adds to a desk and the test is about."""
    made = desk_of(Person(gate, lambda: who, clock), NothingToRead(), NothingLogged(), Words("Juniper"), "/app")
    for add in adds:
        add(made)
    return made


def opened(gate: Gate, who: Actor, now: datetime | Callable[[], datetime], path: str, *adds: Adds) -> Page:
    """The page at this path, loaded."""
    found = Routes(desk(gate, who, now if callable(now) else lambda: now, *adds).routes).find(path)
    assert found is not None
    page = found[0](found[1])
    page.load()
    return page


def send(page: Page, do: str, **values: str | tuple[str, ...]) -> Reply | None:
    """One message, with a key of its own."""
    many = {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}
    return page.handle(Message(do, many, f"key-{next(_KEYS)}-of-eight"))
