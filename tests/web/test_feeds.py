"""Where a device reads its calendar: by name and password in a header, as a file that a calendar understands."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from dashboards.feeds import feed_route
from tests.actions.scheduling.feeding import let_in, signed_in
from tests.factories.small_practice import open_practice, visit
from tests.web.edge import Answer, Edge
from workbench.actions.scheduling.end_feed import end_feed

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def extra(gate: Any) -> list[Any]:
    return [feed_route(gate)]


def read(edge: Edge, name: str, password: str) -> Answer:
    coded = base64.b64encode(f"{name}:{password}".encode()).decode()
    return edge.client().get("/calendar.ics", Authorization=f"Basic {coded}")


def test_a_calendar_reads_it_and_it_ends_within_the_minute(edge: Edge) -> None:
    open_practice(edge.gate.store, edge.clock())
    starts_at = edge.clock() + timedelta(hours=1)
    visit(edge.gate.store, 1, starts_at)
    ada = signed_in(edge.gate, edge.clock())
    made = let_in(edge.gate, ada, edge.clock(), "initials")
    answer = read(edge, made.name, made.password)
    assert (answer.status, answer.header("content-type")) == (200, "text/calendar; charset=utf-8")
    assert answer.header("cache-control") == "no-store"
    for word in ("Fern", "Juniper", "Ada", "Individual", "office"):
        assert word not in answer.text
    calendar = Calendar.from_ical(answer.body)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["SUMMARY"]), event.decoded("DTSTART")) == ("F. F.", starts_at)
    assert event.decoded("DTEND") == starts_at + timedelta(minutes=50)
    assert str(event["CLASS"]) == "PRIVATE"
    end_feed(edge.gate, ada, made.name, now=edge.clock())
    assert read(edge, made.name, made.password).status == 401


@pytest.mark.parametrize("header", [
    "", "Basic", "Basic ???", "Basic /w==", "Bearer abc", "Basic " + "A" * 300, "Basic Og==",
])  # fmt: skip
def test_without_name_and_password_it_asks_for_them(edge: Edge, header: str) -> None:
    answer = edge.client().get("/calendar.ics", Authorization=header)
    assert (answer.status, answer.body) == (401, b"")
    assert answer.header("www-authenticate").startswith("Basic realm=")


def test_guessing_is_slowed_down(edge: Edge) -> None:
    statuses = [read(edge, "fed_guess", f"guess {number}").status for number in range(40)]
    assert (statuses[0], statuses[-1]) == (401, 429)


def test_it_only_reads(edge: Edge) -> None:
    assert edge.client().post("/calendar.ics", {}).status in (403, 405)
