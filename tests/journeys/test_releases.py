"""A subpoena in a real browser: asked at the desk, weighed and approved by compliance, and the packet opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, picture, served_practice
from workbench.releases.part_2 import NOTICE_SHORT

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small practice."""
    with served_practice(tmp_path_factory.mktemp("releases") / "practice") as running:
        yield running


def both_widths(page: Page, name: str) -> None:
    """Looked at on a desk, and seen to fit a telephone."""
    looked_at(page, name)
    page.set_viewport_size(PHONE)
    picture(page, f"{name}-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(DESK)


def marked_by_the_clinician(served: Served, page: Page) -> str:
    """The newest signed note of one client, under Part 2, and a request to amend; the path of that client's file."""
    page.goto(f"{served.address}/app/caseload")
    page.locator("main table a[href*='/patients/']").first.click()
    expect(page.get_by_role("link", name="Copies and requests")).to_be_visible()
    path = page.url.partition("/app")[2].partition("?")[0]
    page.goto(f"{served.address}/app{path}?tab=notes")
    page.get_by_role("link", name="42 CFR Part 2").click()
    page.get_by_role("button", name="Mark…").click()
    dialog = page.get_by_role("dialog")
    choices = dialog.get_by_label("What").locator("option").all_inner_texts()
    newest = next(one for one in choices if one.startswith("Progress note"))
    dialog.get_by_label("What").select_option(label=newest)
    dialog.get_by_label("Why").fill("Programme of the clinic")
    looked_at(page, "releases-1-mark")
    dialog.get_by_role("button", name="Mark it").click()
    expect(page.get_by_text("In force", exact=True)).to_be_visible()
    both_widths(page, "releases-1-marked")
    page.goto(f"{served.address}/app{path}?tab=notes")
    expect(page.get_by_text(NOTICE_SHORT)).to_be_visible()
    both_widths(page, "releases-1-notes")
    return path


def test_a_packet_is_asked_approved_and_opened(served: Served, open_page: Opens) -> None:
    path = marked_by_the_clinician(served, served.sign_in(open_page(DESK), "clinician"))
    desk = served.sign_in(open_page(DESK), "front_desk")
    desk.goto(f"{served.address}/app{path}")
    desk.get_by_role("link", name="Copies and requests").click()
    desk.get_by_role("button", name="Take down a change…").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("What is said to be wrong").fill("The day")
    dialog.get_by_label("Why").fill("It was May")
    looked_at(desk, "releases-2-change")
    dialog.get_by_role("button", name="Take it down").click()
    expect(desk.get_by_text("It is answered by")).to_be_visible()
    desk.get_by_role("button", name="Ask for a copy…").click()
    dialog.get_by_label("By which right").select_option("subpoena")
    dialog.get_by_label("To", exact=True).fill("County Court")
    dialog.get_by_label("Sent where").fill("1 Court Street")
    dialog.get_by_label("For", exact=True).fill("Case 24-118")
    dialog.get_by_label("The paper it rests on").fill("Subpoena of March 1")
    dialog.get_by_label("Progress notes").check()
    dialog.get_by_label("Proceeding").select_option("civil")
    both_widths(desk, "releases-2-ask")
    dialog.get_by_role("button", name="Ask for it").click()
    expect(desk.get_by_text("A subpoena alone opens nothing").first).to_be_visible()
    expect(desk.get_by_text("Waits for approval")).to_be_visible()
    both_widths(desk, "releases-2-asked")

    officer = served.sign_in(open_page(DESK), "compliance")
    officer.goto(f"{served.address}/app/releases")
    both_widths(officer, "releases-3-queue")
    officer.get_by_text("County Court").first.click()
    expect(officer.get_by_text("What stays, and why")).to_be_visible()
    expect(officer.get_by_text("under 42 CFR part 2, without")).to_be_visible()
    both_widths(officer, "releases-3-weighed")
    officer.get_by_role("button", name="Approve and make the packet").click()
    expect(officer.get_by_text("Released", exact=True)).to_be_visible()
    officer.get_by_text("County Court").first.click()
    both_widths(officer, "releases-4-made")
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="The paper alone").click()
    words = "".join(one.extract_text() for one in PdfReader(Path(saved.value.path())).pages)
    assert "Contents" in words
    assert "County Court" in words
    assert "42 CFR" not in words
    officer.goto(f"{served.address}/app/amendments")
    officer.get_by_text("The record in general").first.click()
    expect(officer.get_by_text("It was May")).to_be_visible()
    both_widths(officer, "releases-5-amendment")
    officer.goto(f"{served.address}/app{path.replace('patients', 'records')}")
    expect(officer.get_by_text("County Court").first).to_be_visible()
    both_widths(officer, "releases-6-accounting")
