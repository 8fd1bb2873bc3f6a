"""An emergency in a real browser: found, opened, read, closed, and judged by somebody else."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Served, looked_at, picture, served_practice

FILE = "1010"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small practice."""
    with served_practice(tmp_path_factory.mktemp("emergency") / "practice") as running:
        yield running


def fits(page: Page, name: str) -> None:
    """Kept as a picture, and nothing sticks out sideways."""
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_chart_is_opened_in_an_emergency_and_reviewed(served: Served, open_page: Callable[..., Page]) -> None:
    page = served.sign_in(open_page(DESK), "owner")
    page.goto(f"{served.address}/app/emergency")
    page.get_by_label("File number").fill(FILE)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Open in an emergency").click()
    page.get_by_label("What kind of emergency?").select_option("medical")
    page.get_by_label("Why must it be opened now?").fill("The emergency room calls, medication unknown")
    looked_at(page, "emergency-1-reason")
    page.get_by_role("button", name="Open for 60 minutes").click()
    sign = page.locator(".strip.urgent")
    expect(sign).to_contain_text("60 minutes left")
    expect(page.get_by_role("heading", name=f"File {FILE}")).to_be_visible()
    looked_at(page, "emergency-2-chart")
    page.set_viewport_size(PHONE)
    fits(page, "emergency-2-chart-phone")
    other = page.context.new_page()
    other.goto(f"{served.address}/app/jobs")
    expect(other.get_by_role("heading", name="Jobs", level=1)).to_be_visible()
    expect(other.locator(".strip.urgent")).to_be_visible()
    looked_at(other, "emergency-2-sign-elsewhere")
    other.locator(".strip.urgent").get_by_role("button", name="Close now").click()
    expect(other.locator(".strip.urgent")).to_have_count(0)
    expect(page.get_by_text("This emergency opening is over")).to_be_visible()
    expect(sign).to_have_count(0)
    page.goto(f"{served.address}/app/emergency")
    expect(page.get_by_role("heading", name="Whose chart?")).to_be_visible()

    officer = served.sign_in(open_page(DESK), "compliance")
    officer.get_by_role("button", name="Notifications").click()
    officer.locator("dialog").get_by_role("link", name="A chart was opened in an emergency").first.click()
    waits = officer.locator("section, .card", has=officer.get_by_role("heading", name="To review")).locator("tr")
    asks = waits.filter(has_text=FILE).get_by_role("button", name="Review", exact=True)
    expect(asks).to_be_visible()
    expect(waits.get_by_role("button", name="Review", exact=True)).to_have_count(2)
    expect(officer.get_by_role("link", name="Emergency 2 open")).to_be_visible()
    looked_at(officer, "emergency-3-to-review")
    officer.set_viewport_size(PHONE)
    waits.last.scroll_into_view_if_needed()
    fits(officer, "emergency-3-to-review-phone")
    officer.set_viewport_size(DESK)
    asks.click()
    expect(officer.get_by_text(re.compile("read a chart")).first).to_be_visible()
    looked_at(officer, "emergency-4-review")
    officer.get_by_label("Was it justified?").select_option("justified")
    officer.get_by_role("button", name="Keep the review").click()
    expect(waits.get_by_role("button", name="Review", exact=True)).to_have_count(1)
    expect(officer.locator("main tr", has_text=FILE).get_by_text("Justified", exact=True)).to_be_visible()
    expect(officer.get_by_role("link", name="Emergency 1 open")).to_be_visible()
    officer.set_viewport_size(PHONE)
    fits(officer, "emergency-5-reviewed-phone")
