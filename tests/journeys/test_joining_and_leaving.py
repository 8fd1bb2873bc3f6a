"""From an invitation to work, and from work to out: by a link with a passkey, and cut off within seconds."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, accessible, picture, served_practice
from tests.journeys.test_own_account import authenticator

pytestmark = pytest.mark.timeout(300)
NAME = "Rowan Teasdale"
CUT_OFF_WITHIN_SECONDS = 5.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small practice, by its name: browsers have no passkeys for numbers."""
    with served_practice(tmp_path_factory.mktemp("joining") / "practice") as running:
        yield replace(running, address=running.address.replace("127.0.0.1", "localhost"))


def invited_by(owner: Page, served: Served) -> None:
    """The owner adds a person, sees their papers through, and asks for a biller's account."""
    owner.goto(f"{served.address}/app/access")
    owner.get_by_role("button", name="Add a person").click()
    owner.get_by_label("First name").fill("Rowan")
    owner.get_by_label("Last name").fill("Teasdale")
    owner.get_by_role("button", name="Add", exact=True).click()
    owner.locator("tr", has_text=NAME).click()
    for paper in ("Exclusion lists checked", "Confidentiality agreement", "Privacy training"):
        owner.get_by_label(paper).check()
    owner.get_by_role("button", name="Tick", exact=True).click()
    owner.get_by_role("button", name="Ask for access").click()
    owner.get_by_label("For whom?").select_option(label=NAME)
    owner.get_by_role("button", name="Continue").click()
    owner.get_by_label("Address to sign in with").fill("rowan.teasdale@example.test")
    owner.get_by_label("Why?").fill("Second biller from Monday")
    owner.get_by_label("Biller").check()
    owner.get_by_role("button", name="Ask for it").click()
    expect(owner.locator(".access-requests li", has_text=NAME)).to_be_visible()


def approved_by(officer: Page, served: Served) -> None:
    """The compliance officer approves it."""
    officer.goto(f"{served.address}/app/access")
    officer.get_by_role("button", name=f"Approve for {NAME}").click()
    officer.get_by_role("button", name="Approve", exact=True).last.click()
    expect(officer.get_by_text("Approved, and done")).to_be_visible()


def link_from(owner: Page) -> str:
    """The link that works once, as the owner reads it from the page."""
    owner.locator("tr", has_text=NAME).click()
    owner.get_by_role("button", name="Make a link to sign in").click()
    owner.get_by_role("button", name="Make the link").click()
    link = owner.locator(".one-time")
    expect(link).to_contain_text("/welcome#")
    owner.context.grant_permissions(["clipboard-read", "clipboard-write"])
    owner.get_by_role("button", name="Copy the link").click()
    expect(owner.get_by_role("button", name="Copied")).to_be_visible()
    assert owner.evaluate("navigator.clipboard.readText()") == link.inner_text().strip()
    picture(owner, "joining-1-link")
    accessible(owner)
    return link.inner_text().strip()


def comes_in(biller: Page, link: str) -> None:
    """A password, a passkey, and the first page."""
    biller.goto(link)
    expect(biller.get_by_role("heading", name="Choose your password")).to_be_visible()
    biller.get_by_label("New password").fill("three quiet otters wade")
    picture(biller, "joining-2-welcome")
    accessible(biller)
    biller.get_by_role("button", name="Go on").click()
    biller.get_by_role("link", name="Set up a passkey").click()
    biller.get_by_label("What do you call this device?").fill("My laptop")
    biller.get_by_role("button", name="Create the passkey").click()


def test_a_biller_comes_by_a_link_with_a_passkey_works_and_is_cut_off_when_they_leave(
    served: Served, open_page: Opens
) -> None:
    owner = served.sign_in(open_page(DESK), "owner")
    invited_by(owner, served)
    approved_by(served.sign_in(open_page(DESK), "compliance"), served)
    owner.goto(f"{served.address}/app/access")
    link = link_from(owner)

    biller = open_page(PHONE)
    authenticator(biller)
    comes_in(biller, link)
    expect(biller.get_by_role("heading", name="Claims", level=1)).to_be_visible()
    expect(biller.get_by_role("button", name=f"Account: {NAME}")).to_be_visible()
    biller.goto(f"{served.address}/app/remittances")
    expect(biller.get_by_role("heading", name="Remittances", level=1)).to_be_visible()
    picture(biller, "joining-3-at-work")

    manager = served.sign_in(open_page(DESK), "manager")
    manager.goto(f"{served.address}/app/access/leavers")
    manager.get_by_role("button", name="End an employment").first.click()
    manager.get_by_label("Whose?").select_option(label=NAME)
    picture(manager, "leaving-1-form")
    accessible(manager)
    manager.get_by_role("button", name="Set the end").click()
    expect(manager.locator("tr", has_text=NAME)).to_be_visible()
    ended = time.monotonic()
    expect(biller.get_by_text("Your session has ended")).to_be_visible(timeout=5000)
    assert time.monotonic() - ended <= CUT_OFF_WITHIN_SECONDS
    picture(biller, "leaving-2-cut-off")
    biller.goto(f"{served.address}/app/remittances")
    expect(biller).to_have_url(re.compile("/sign-in"))

    expect(manager.locator("tr", has_text=NAME)).to_contain_text("Left", timeout=20_000)
    manager.locator("tr", has_text=NAME).click()
    expect(manager.get_by_role("heading", name="Offboarding certificate")).to_be_visible()
    expect(manager.locator("tr", has_text="Sessions open at the end")).to_contain_text("1")
    picture(manager, "leaving-3-certificate")
    accessible(manager)
