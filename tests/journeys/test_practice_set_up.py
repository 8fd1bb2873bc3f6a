"""A practice is set up by hand: a place, hours and their correction, a fee of one kind, a view that opens by itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, booking, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("set-up") / "practice") as running:
        yield running


def test_a_place_its_hours_what_missing_costs_and_a_view_of_it(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "manager")
    a_place_is_added(served, page)
    whose = hours_are_given_there_and_corrected(served, page)
    one_kind_costs_something_else(served, page)
    a_view_is_kept_and_chosen_by_keys(served, page, whose)
    what_waits_is_looked_at(served, page)


def a_place_is_added(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/app/places")
    page.get_by_role("button", name="Add a place").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Annexe")
    dialog.get_by_label("What it is").select_option(label="A school")
    dialog.get_by_role("button", name="Add it").click()
    expect(dialog.get_by_text("This code is not one of such a place")).to_be_visible()
    dialog.get_by_label("Code on claims").select_option("03")
    on_desk_and_phone(page, "set-up-1-place")
    dialog.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("row", name=re.compile("Annexe"))).to_contain_text("03 · School")


def hours_are_given_there_and_corrected(served: Served, page: Page) -> str:
    """Two stretches that overlap are refused at their field; corrected they count, and the next plan follows them."""
    page.goto(f"{served.address}/app/hours")
    row = page.get_by_role("table", name="Hours of each clinician").get_by_role("row").nth(1)
    whose = row.get_by_role("cell").or_(row.get_by_role("rowheader")).first.inner_text().split("\n")[0]
    dialog = changed(page, row)
    dialog.get_by_label("Published until").fill("2026-06-30")
    stretch(dialog, "Monday, first", "09:00", "12:00")
    stretch(dialog, "Monday, second", "11:00", "15:00")
    dialog.get_by_role("button", name="Keep these hours").click()
    expect(dialog.locator(".field-error:visible, [aria-invalid=true]").first).to_be_visible()
    on_desk_and_phone(page, "set-up-2-hours")
    stretch(dialog, "Monday, second", "13:00", "15:00")
    dialog.get_by_role("button", name="Keep these hours").click()
    expect(page.get_by_text("The hours are kept")).to_be_visible()
    expect(row).to_contain_text("1:00 pm – 3:00 pm Annexe")
    dialog = changed(page, row)
    stretch(dialog, "Monday, second", "14:00", "17:00")
    dialog.get_by_role("button", name="Keep these hours").click()
    expect(row).to_contain_text("2:00 pm – 5:00 pm Annexe")
    page.goto(f"{served.address}/app/places")
    annexe = page.get_by_role("row", name=re.compile("Annexe"))
    annexe.get_by_role("button", name="Retire Annexe").click()
    page.get_by_role("dialog").get_by_role("button", name="Retire it").click()
    expect(page.get_by_text("The hours of 1 clinician name it")).to_be_visible()
    return whose


def changed(page: Page, row: Locator) -> Locator:
    row.get_by_role("button", name="Change…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Published until")).to_be_visible()
    return dialog


def stretch(dialog: Locator, which: str, begin: str, end: str) -> None:
    dialog.get_by_label(f"{which} stretch, from").fill(begin)
    dialog.get_by_label(f"{which} stretch, until").fill(end)
    dialog.get_by_label(f"{which} stretch, place").select_option(label="Annexe")


def one_kind_costs_something_else(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/app/missed")
    page.get_by_role("button", name="Terms…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Change what Therapy, 45 minutes costs").click()
    expect(dialog.get_by_label("From")).to_be_visible()  # the dialog before it has fields of the same names
    dialog.get_by_label("Cancelled later, in dollars").fill("25")
    dialog.get_by_label("Did not come, in dollars").fill("30")
    on_desk_and_phone(page, "set-up-3-fee")
    dialog.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text(re.compile("Kept. It counts for its sessions"))).to_be_visible()
    page.goto(f"{served.address}/app/schedule")
    booking(page, "al")
    kinds = dialog.locator("select[name=type_id]")
    expect(kinds).to_be_visible()
    for kind, told in (("Therapy, 45", "$25.00. Not coming: $30.00"), ("Therapy, 55", "$60.00. Not coming: $90.00")):
        kinds.select_option(label=next(one for one in kinds.locator("option").all_inner_texts() if kind in one))
        expect(dialog.get_by_text(told)).to_be_visible(timeout=15_000)
    page.keyboard.press("Escape")


def a_view_is_kept_and_chosen_by_keys(served: Served, page: Page, whose: str) -> None:
    page.goto(f"{served.address}/app/schedule?view=week")
    page.locator("main h1").click()
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(whose).check()
    dialog.get_by_label("Keep it as").fill("One week")
    dialog.get_by_label("The calendar opens with it").check()
    on_desk_and_phone(page, "set-up-4-views")
    dialog.get_by_role("button", name="Show it").click()
    kept = page.get_by_role("group", name="Views you keep")
    expect(kept.get_by_role("button", name="One week")).to_have_attribute("aria-pressed", "true")
    page.locator("main h1").click()
    page.keyboard.press("0")
    expect(kept.get_by_role("button", name="Everything")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".team-week")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator(".day-grid")).to_be_visible()
    page.goto(f"{served.address}/app/schedule")
    expect(kept.get_by_role("button", name="One week")).to_have_attribute("aria-pressed", "true")
    looked_at(page, "set-up-5-worn")


def what_waits_is_looked_at(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/app/outbox")
    page.get_by_role("button", name=re.compile("^Not sent")).or_(
        page.get_by_role("tab", name=re.compile("^Not sent"))
    ).first.click()
    looked_at(page, "set-up-6-outbox")
    page.goto(f"{served.address}/app/waitlist?tab=over")
    page.get_by_role("button", name="How long…").click()
    expect(page.get_by_role("dialog").get_by_label("The wait ends by itself after")).to_have_value("0")
    on_desk_and_phone(page, "set-up-7-waitlist")


def on_desk_and_phone(page: Page, name: str) -> None:
    looked_at(page, f"{name}-desk")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    looked_at(page, f"{name}-phone")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
