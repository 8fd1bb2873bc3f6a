"""The compliance officer asks the log in a real browser: who opened a record, in which hours, and takes a copy."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice
from workbench.demo.accounts import SEED

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small practice."""
    with served_practice(tmp_path_factory.mktemp("audit") / "practice") as running:
        yield running


def test_who_opened_this_record(served: Served, open_page: Opens) -> None:
    desk = served.sign_in(open_page(DESK), "front_desk")
    desk.goto(f"{served.address}/app/patients")
    desk.get_by_role("searchbox").last.fill("1003")
    row = desk.locator("main tbody tr a").first
    name = re.split(r"\n", row.locator("strong").inner_text())[0]
    row.click()
    expect(desk.locator("main h1")).to_contain_text(name)

    page = served.sign_in(open_page(DESK), "compliance")
    page.goto(f"{served.address}/app/audit")
    expect(page.get_by_role("heading", name="By person")).to_be_visible()
    looked_at(page, "audit-1-all")
    page.get_by_role("button", name="After hours").click()
    expect(page.get_by_role("heading", name="After hours")).to_be_visible()
    page.get_by_role("button", name="All lines").click()
    page.get_by_role("button", name=re.compile(r"^One \w+…")).click()
    page.get_by_role("dialog").get_by_role("searchbox").fill("1003")
    expect(page.get_by_role("dialog").get_by_role("button", name="Who opened this record")).to_be_visible()
    looked_at(page, "audit-2-find")
    page.get_by_role("dialog").get_by_role("button", name="Who opened this record").click()
    expect(page.locator("main h1")).to_have_text("Who opened this record")
    expect(page.locator("main tbody tr").first).to_contain_text(name, timeout=20_000)
    looked_at(page, "audit-3-record")
    page.locator("main tbody tr").first.click()
    expect(page.locator(".audit-words")).to_be_visible()
    looked_at(page, "audit-4-line")
    page.keyboard.press("Escape")
    served.later(6)  # the code of the sign-in counts for a few minutes only
    page.get_by_role("button", name="Take a copy").click()
    page.get_by_label(re.compile("code", re.IGNORECASE)).last.fill(pyotp.TOTP(SEED).at(served.clock()))
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    file = coming.value.path().read_text()
    assert file.startswith("number,at_utc,")
    assert name not in file
    page.emulate_media(color_scheme="dark")
    the_log_tells(page, f"{served.address}/app/audit", "took a copy of an answer")
    looked_at(page, "audit-5-dark")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    looked_at(page, "audit-6-phone-dark")
    page.emulate_media(color_scheme="light")
    page.reload()
    looked_at(page, "audit-7-phone")


def the_log_tells(page: Page, address: str, text: str) -> None:
    """The index follows the log in moments of its own: the page is opened until the line has come.

    Opening it is a line, too, and stands above.
    """
    told = page.locator("main tbody tr", has_text=text)
    for _ in range(20):
        page.goto(address)
        expect(page.locator("main tbody tr").first).to_be_visible(timeout=20_000)
        if told.count():
            return
        page.wait_for_timeout(250)
    expect(told.first).to_be_visible()
