"""An access review in a real browser: begun, decided line by line by two persons, and closed with its certificate."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, accessible, picture, served_practice

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small practice."""
    with served_practice(tmp_path_factory.mktemp("review") / "practice") as running:
        yield running


def decide_as_proposed(page: Page) -> None:
    """Every line that waits and is somebody else's, as it is proposed."""
    lines = page.locator(".review-line", has=page.get_by_text(re.compile("^Proposed: "))).filter(
        has=page.get_by_role("button", name=re.compile("^Keep: "))
    )
    while lines.count():
        line = lines.first
        keeps = "Proposed: keep" in line.inner_text()
        key = line.get_attribute("data-key")
        line.get_by_role("button", name=re.compile("^Keep: " if keeps else "^Take away: ")).click()
        now = page.locator(f'.review-line[data-key="{key}"]')
        expect(now.get_by_text("Kept" if keeps else "End asked for", exact=True)).to_be_visible()


def test_a_review_is_begun_decided_by_two_and_closed_with_its_certificate(served: Served, open_page: Opens) -> None:
    officer = served.sign_in(open_page(DESK), "compliance")
    officer.goto(f"{served.address}/app/access/reviews")
    expect(officer.get_by_text("No review yet")).to_be_visible()
    accessible(officer)
    officer.get_by_role("button", name="Begin this quarter").click()
    expect(officer.get_by_role("heading", name=re.compile("^Access review 2026-Q"))).to_be_visible()
    picture(officer, "review-1-begun")
    accessible(officer)
    expect(officer.locator(".review-line", has_text="Biller").get_by_text("Proposed: keep")).to_be_visible()
    auditor = officer.locator(".review-line", has_text="Auditor").first
    key = auditor.get_attribute("data-key")
    auditor.get_by_role("button", name=re.compile("^Keep: ")).click()
    expect(officer.get_by_text("Please say why")).to_be_visible()
    officer.get_by_label("Reason").fill("The yearly audit begins next week")
    officer.get_by_role("button", name="Keep it").click()
    expect(officer.locator(f'.review-line[data-key="{key}"]').get_by_text("Kept", exact=True)).to_be_visible()
    decide_as_proposed(officer)
    officer.get_by_role("button", name="Close with a certificate").click()
    expect(officer.get_by_text(re.compile("waits? for a decision")).first).to_be_visible()
    picture(officer, "review-2-decided")

    owner = served.sign_in(open_page(PHONE, dark=True), "owner")
    owner.goto(f"{served.address}/app/access/reviews")
    owner.locator("tbody tr").first.click()
    expect(owner.get_by_text(re.compile("^Proposed: ")).first).to_be_visible()
    picture(owner, "review-3-owner-phone")
    accessible(owner)
    decide_as_proposed(owner)
    owner.get_by_role("button", name="Close with a certificate").click()
    expect(owner.get_by_role("heading", name="Certificate")).to_be_visible()
    picture(owner, "review-4-certificate-phone")
    accessible(owner)
    officer.goto(f"{served.address}/app/access/reviews")
    expect(officer.locator("tbody tr").first).to_contain_text("Closed")
    officer.locator("tbody tr").first.click()
    expect(officer.get_by_role("heading", name="Certificate")).to_be_visible()
    officer.wait_for_timeout(400)
    picture(officer, "review-5-certificate")
