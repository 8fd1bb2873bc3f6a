"""The page behind a reminder's link: looking changes nothing, a press answers once, and nothing on it names anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboards.app import answer_route
from tests.actions.messaging.reminding import Reminding
from tests.browsers import PHONE, serious, settled
from tests.factories.small_practice import every_row
from tests.web.edge import Edge
from workbench.scheduling.tables import Attendance

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def extra(gate: Any) -> list[Any]:
    return [answer_route(gate)]


@pytest.fixture
def token(edge: Edge) -> str:
    """Of Fern's reminder, three days before."""
    reminding = Reminding(edge.gate, edge.clock())
    letter = reminding.begin(reminding.plan(reminding.visit())[0]).letter
    assert letter is not None
    return letter.body.partition("#")[2].split()[0]


def status(edge: Edge) -> str:
    with edge.gate.store.reading() as read:
        return read.get_one(Attendance, "att_1").status


def test_a_scanner_that_follows_the_link_answers_nothing(edge: Edge, token: str) -> None:
    before = every_row(edge.gate.store)
    client = edge.client()
    for path in ("/r", f"/r?answer=cancel&link={token}"):
        answer = client.get(path)
        assert answer.status == 200
        for word in ("Fern", "Juniper", "10:00", "Ada"):
            assert word not in answer.text
    assert client.ask("HEAD", f"/r?link={token}&answer=cancel").status in (200, 403, 405)
    assert every_row(edge.gate.store) == before


def test_a_press_answers_and_a_second_one_says_the_same(edge: Edge, token: str) -> None:
    client = edge.client()
    for _ in range(2):
        answer = client.post("/r", {"link": token, "answer": "confirm"})
        assert (answer.status, "is confirmed" in answer.text) == (200, True)
    assert status(edge) == "confirmed"
    assert "is cancelled" in client.post("/r", {"link": f"http://x/r#{token}", "answer": "cancel"}).text
    assert status(edge) == "cancelled"


def test_what_does_not_count_is_told_kindly_and_changes_nothing(edge: Edge, token: str) -> None:
    before = every_row(edge.gate.store)
    client = edge.client()
    for form in ({"link": "guessed", "answer": "cancel"}, {"link": token, "answer": "delete"}, {}):
        answer = client.post("/r", form)
        assert (answer.status, "does not work" in answer.text) == (409, True)
    edge.clock.forward(**{"days": 6})
    assert client.post("/r", {"link": token, "answer": "confirm"}).status == 409
    assert every_row(edge.gate.store) == before


def test_guessing_is_slowed_down(edge: Edge, token: str) -> None:
    del token
    client = edge.client()
    answers = [client.post("/r", {"link": f"guess {n}", "answer": "cancel"}).status for n in range(40)]
    assert answers[0] == 409
    assert answers[-1] == 429


def test_another_site_cannot_answer_for_somebody(edge: Edge, token: str) -> None:
    client = edge.client()
    assert client.post("/r", {"link": token, "answer": "cancel"}, Origin="https://evil.test").status == 403
    assert client.post("/r", {"link": token, "answer": "cancel"}, xsrf="x").status == 403
    assert status(edge) == "booked"


def test_on_a_telephone_with_the_keyboard_alone(edge: Edge, token: str, open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, dark=True)
    page.goto(f"{edge.server.address}/r#{token}")
    expect(page.get_by_label("Your link")).to_be_hidden()
    assert token not in page.url
    settled(page)
    assert serious(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert status(edge) == "confirmed"
