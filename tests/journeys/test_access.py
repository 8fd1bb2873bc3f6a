"""From a request to an account: the manager asks, the owner is told and approves, and nobody sees data in a preview."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, accessible, picture, served_practice

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small practice, in which some requests wait already."""
    with served_practice(tmp_path_factory.mktemp("access") / "practice") as running:
        yield running


def test_asked_by_the_manager_and_approved_by_the_owner(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "manager")
    page.goto(f"{served.address}/app/access")
    page.get_by_role("button", name="Add a person").click()
    page.get_by_label("First name").fill("Rowan")
    page.get_by_label("Last name").fill("Teasdale")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("tr", has_text="Rowan Teasdale").click()
    page.get_by_label("Exclusion lists checked").check()
    page.get_by_label("Confidentiality agreement").check()
    page.get_by_label("Privacy training").check()
    picture(page, "access-person")
    accessible(page)
    page.get_by_role("button", name="Tick", exact=True).click()
    page.get_by_role("button", name="Ask for access").click()
    page.get_by_label("For whom?").select_option(label="Rowan Teasdale")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Address to sign in with").fill("rowan.teasdale@example.test")
    page.get_by_label("Why?").fill("Second biller from Monday")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Please choose at least one role.")).to_be_visible()
    page.get_by_label("Biller").check()
    picture(page, "access-form")
    accessible(page)
    page.get_by_role("button", name="Ask for it").click()
    card = page.locator(".access-requests li", has_text="Rowan Teasdale")
    expect(card).to_contain_text("Second biller from Monday")
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)
    picture(page, "access-manager")
    owner = served.sign_in(open_page(PHONE, dark=True), "owner")
    owner.get_by_role("button", name="Notifications").click()
    expect(owner.get_by_text("A request for access waits for you").first).to_be_visible()
    picture(owner, "access-bell")
    owner.get_by_role("link", name=re.compile("A request for access")).first.click()
    expect(owner.get_by_role("heading", level=1, name="Access")).to_be_visible(timeout=20_000)
    accessible(owner)
    owner.get_by_role("button", name="Approve for Rowan Teasdale").click()
    owner.get_by_role("button", name="Approve", exact=True).last.click()
    expect(owner.get_by_text("Approved, and done")).to_be_visible()
    expect(owner.locator("tr", has_text="Rowan Teasdale")).to_contain_text("Invited")
    picture(owner, "access-approved")
    owner.get_by_role("tab", name=re.compile("Changes")).click()
    expect(owner.locator("tbody tr").first).to_contain_text("asked by")
    accessible(owner)


def test_a_role_is_looked_through_without_anybodys_data(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "compliance")
    page.goto(f"{served.address}/app/access/table")
    expect(page.locator("tbody tr[data-key]")).to_have_count(71)
    page.get_by_label("Role", exact=True).select_option(label="IT")
    expect(page.get_by_text("14 of 71 acts")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name=re.compile("a11")).click()
    expect(page.get_by_text("Nobody else:")).to_be_visible()
    for role, has, lacks in (("front_desk", "Schedule", "Claims"), ("biller", "Claims", "Hours")):
        page.goto(f"{served.address}/preview/{role}")
        expect(page.get_by_text("without anybody's data")).to_be_visible()
        expect(page.get_by_role("link", name=has, exact=True).first).to_be_visible()
        expect(page.get_by_role("link", name=lacks, exact=True)).to_have_count(0)
        accessible(page)
    page.goto(f"{served.address}/preview/front_desk/patients")
    page.get_by_role("searchbox").fill("al")
    expect(page.get_by_text("Nobody")).to_be_visible()
    picture(page, "access-preview")
