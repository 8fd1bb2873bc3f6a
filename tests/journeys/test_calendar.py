"""The calendar as its people use it: a series over the change of clocks, and what is moved with the hand."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import PHONE
from tests.journeys.served import Opens, Served, booking, looked_at, picture, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("calendar") / "practice") as running:
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


def test_by_hand_one_of_a_series_goes_over_the_change_of_clocks_and_back(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(), "manager")
    page.goto(f"{served.address}/app/schedule?on=2026-10-27")
    name = a_series_is_booked_where_free_time_was_pressed(page)
    page.keyboard.press("w")
    page.get_by_label("Whose").select_option(index=1)
    entry = page.locator(".day-entry", has_text=name).first
    expect(entry).to_contain_text("4:00 pm")
    drag(page, entry, page.locator(".day-column").nth(4), hours_up=1)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Nov 6")).to_be_visible()  # the week after the clocks went back
    looked_at(page, "calendar-1-series")
    dialog.get_by_role("button", name="Only this one").click()
    bar = page.locator(".undo-bar")
    expect(bar).to_contain_text(f"Moved: {name}")
    expect(entry).to_contain_text("3:00 pm")
    looked_at(page, "calendar-2-moved")
    page.keyboard.press("u")
    expect(bar).to_contain_text("Booked: 4 appointments")  # what was done before may still be taken back, too
    expect(entry).to_contain_text("4:00 pm")
    entry.get_by_role("button").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_role("dialog").get_by_role("button", name="This and the 3 after it").click()
    expect(entry).to_contain_text("3:45 pm")
    every_view_is_looked_at(page)


def a_series_is_booked_where_free_time_was_pressed(page: Page) -> str:
    column = page.locator(".day-column").first
    column.scroll_into_view_if_needed()
    box = column.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 8.05 / 10)  # 4 pm of a day from 8 to 6
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("al")
    hit = dialog.get_by_role("list", name="Found").get_by_role("button").first
    name = hit.locator("strong").inner_text()
    hit.click()
    expect(dialog.get_by_role("radio", name="4:00 pm")).to_be_checked()
    dialog.get_by_label("Repeats").select_option(label="Every week")
    dialog.get_by_label("How many in all").fill("4")
    dialog.get_by_role("button", name="See the days").click()
    dialog.get_by_role("button", name="Book the series").click()
    expect(page.locator(".undo-bar")).to_contain_text("Booked: 4 appointments")
    return name


def drag(page: Page, entry: Locator, column: Locator, *, hours_up: int) -> None:
    """With the mouse, in steps, as a hand does."""
    entry.scroll_into_view_if_needed()
    start, to = entry.bounding_box(), column.bounding_box()
    assert start
    assert to
    hour = to["height"] / 10
    page.mouse.move(start["x"] + 40, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(to["x"] + 40, start["y"] + 8 - hours_up * hour, steps=8)
    expect(page.locator(".day-ghost")).to_be_visible()
    picture(page, "calendar-0-drag")
    page.mouse.up()


def every_view_is_looked_at(page: Page) -> None:
    page.get_by_label("Whose").select_option("")
    for key, seen in (("w", ".team-week"), ("m", ".month"), ("l", ".agenda"), ("r", ".day-grid")):
        page.keyboard.press("Escape")
        page.locator("main h1").click()  # no field has the focus, so that the keys are the page's
        page.keyboard.press(key)
        expect(page.locator(seen).first).to_be_visible()
        looked_at(page, f"calendar-3-{key}")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for key in "wmld":
        page.keyboard.press(key)
        expect(
            page.get_by_role("group", name="View").locator(f"[data-key-press={key}][aria-pressed=true]")
        ).to_be_attached()
        looked_at(page, f"calendar-4-phone-{key}")
