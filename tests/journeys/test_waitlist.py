"""A cancellation frees a time, somebody who waits is offered it and says yes, and the board shows it by itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("waitlist") / "practice") as running:
        yield running


def test_a_freed_time_is_offered_taken_and_on_the_board(served: Served, open_page: Opens) -> None:
    board = served.sign_in(open_page(PHONE), "manager")
    board.goto(f"{served.address}/app/board")
    desk = served.sign_in(open_page(DESK), "front_desk")
    name = somebody_waits(served, desk)
    at = a_time_comes_free(served, desk)
    desk.get_by_role("navigation").get_by_role("link", name="Waitlist").click()
    freed = desk.get_by_role("row", name=re.compile(re.escape(f"Mar 11, 2026, {at}")))
    freed.get_by_role("button", name="Offer…").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox", name=name)).to_be_visible()
    for box in dialog.get_by_role("checkbox").all():
        box.set_checked(name in box.locator("xpath=..").inner_text())
    looked_at(desk, "waitlist-3-offer")
    dialog.get_by_role("button", name="Offer", exact=True).click()
    expect(desk.get_by_text("Offered to 1 person until 2:3")).to_be_visible()
    looked_at(desk, "waitlist-4-to-answer")
    awaited = board.get_by_role("region", name="Awaited")
    expect(awaited.get_by_text(name)).to_have_count(0)
    desk.get_by_role("button", name=f"Yes, book {name}").click()
    expect(desk.get_by_text("Booked for Wed, Mar 11")).to_be_visible()
    card = awaited.get_by_role("listitem").filter(has_text=name)
    expect(card).to_contain_text(at, timeout=15_000)  # nobody touched the board
    looked_at(board, "board-1-phone")
    every_list_is_looked_at(desk)


def somebody_waits(served: Served, desk: Page) -> str:
    """Put on the list from its page, with nothing in particular; the name."""
    desk.goto(f"{served.address}/app/waitlist")
    desk.get_by_role("button", name="Add somebody").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("al")
    hit = dialog.get_by_role("list", name="Found").get_by_role("button").first
    name = hit.locator("strong").inner_text()
    hit.click()
    dialog.get_by_label("Waits for").select_option(label="Therapy, 45 minutes")
    expect(dialog.get_by_role("checkbox", name="Sunday")).to_be_attached()
    for day in dialog.get_by_role("checkbox").all():
        day.set_checked(False, force=True)
    dialog.get_by_role("button", name="Put on the waitlist").click()
    expect(dialog.locator("#weekdays-error")).to_have_text("Choose at least one day of the week.")
    looked_at(desk, "waitlist-1-wish")
    dialog.get_by_role("checkbox", name="Wednesday").set_checked(True, force=True)
    dialog.get_by_role("button", name="Put on the waitlist").click()
    expect(desk.get_by_text("On the waitlist", exact=True)).to_be_visible()
    return name


def a_time_comes_free(served: Served, desk: Page) -> str:
    """The last appointment of the day is cancelled from the board; when it was."""
    desk.goto(f"{served.address}/app/board")
    card = desk.get_by_role("region", name="Awaited").get_by_role("listitem").last
    at = card.locator(".at").inner_text()
    card.locator(".name").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel…").click()
    dialog.get_by_label("Reason").select_option(label="They are ill")
    dialog.get_by_role("button", name="Cancel the appointment").click()
    expect(desk.get_by_text(re.compile(r"This time fits (one|\d+) on the waitlist\."))).to_be_visible()
    looked_at(desk, "waitlist-2-board")
    return at


def every_list_is_looked_at(desk: Page) -> None:
    for tab in ("Came free", "Waiting", "To ask", "Answered"):
        desk.get_by_role("tab", name=re.compile(tab)).click()
        expect(desk.get_by_role("tab", name=re.compile(tab))).to_have_attribute("aria-selected", "true")
        looked_at(desk, f"waitlist-5-{tab.lower().replace(' ', '-')}")


def test_a_text_that_tells_is_stopped_and_a_safe_one_is_shown_as_on_a_lock_screen(
    served: Served, open_page: Opens
) -> None:
    page = served.sign_in(open_page(PHONE), "owner")
    page.goto(f"{served.address}/app/reminders")
    page.get_by_role("button", name="How they go out").click()
    dialog = page.get_by_role("dialog")
    text = dialog.get_by_label("Text")
    safe = text.input_value()
    text.fill("Your th3rapy with Dr. Ambercreek for PTSD: {date} {time} {link}")
    dialog.get_by_role("button", name="Keep it").click()
    for finding in ("“therap” says a service.", "“dr” says a specialty.", "“ptsd” says a diagnosis.", "your own."):
        expect(dialog.locator(".field:has([name=body]) .field-error")).to_contain_text(finding)
    looked_at(page, "reminders-telling")
    assert "{link}" in safe
    dialog.get_by_role("button", name="Use the usual words").click()
    expect(text).to_have_value(safe)
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
