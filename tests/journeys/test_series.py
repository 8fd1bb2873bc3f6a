"""Weekly sessions from the first booking over the change of clocks to the day they stop."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import PHONE
from tests.journeys.served import Opens, Served, booking, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("series") / "practice") as running:
        yield running


def test_a_series_is_booked_seen_moved_and_stopped(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(), "front_desk")
    page.goto(f"{served.address}/app/schedule?on=2026-10-21")
    dialog, name = booking(page, "al")
    dialog.get_by_label("Repeats").select_option(label="Every week")
    dialog.get_by_label("How many in all").fill("6")
    dialog.get_by_label("Another time").fill("15:00")
    looked_at(page, "series-1-booking")
    dialog.get_by_role("button", name="See the days").click()
    days = dialog.get_by_role("listitem")
    expect(days).to_have_count(6)
    expect(days.nth(3)).to_contain_text("3:00 pm")  # after the clocks went back
    looked_at(page, "series-2-days")
    days.nth(5).get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Book the series").click()
    expect(page.get_by_text("5 appointments booked")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name=re.compile(re.escape(name))).first.click()
    expect(dialog.get_by_text("5 still to come")).to_be_visible()
    looked_at(page, "series-3-visit")
    the_rest_moves_and_stops(page, name)


def the_rest_moves_and_stops(page: Page, name: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Move the rest…").click()
    dialog.get_by_label("Weekday").select_option(label="Thursday")
    dialog.get_by_label("Time").fill("16:30")
    looked_at(page, "series-4-move")
    dialog.get_by_role("button", name="Move all of them").click()
    expect(page.get_by_text("5 appointments moved")).to_be_visible(timeout=15_000)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(re.sub(r"on=.*", "on=2026-10-29", page.url))
    page.get_by_role("button", name=re.compile(re.escape(name))).first.click()
    expect(dialog.get_by_text("4 still to come")).to_be_visible()
    looked_at(page, "series-5-phone")
    dialog.get_by_role("button", name="Cancel the rest…").click()
    dialog.get_by_label("Reason").select_option(label="The treatment ended")
    dialog.get_by_role("button", name="Cancel all of them").click()
    expect(page.get_by_text("4 appointments cancelled")).to_be_visible(timeout=15_000)
