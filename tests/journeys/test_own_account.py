"""One person's way of signing in, in a real browser: a passkey is made, used, named and asked for again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE, Watch
from tests.journeys.served import Served, accessible, picture, served_practice

SECURITY = "/app/account/security"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small practice, by its name: browsers have no passkeys for numbers."""
    with served_practice(tmp_path_factory.mktemp("own account") / "practice") as running:
        yield replace(running, address=running.address.replace("127.0.0.1", "localhost"))


def authenticator(page: Page) -> Any:
    """A device with a screen lock in this browser, which says yes by itself."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return line


def sign_out(page: Page) -> None:
    """From the account menu."""
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_a_passkey_is_made_used_and_asked_for_again(served: Served, open_page: Callable[..., Page]) -> None:
    page = served.sign_in(open_page(DESK), "front_desk")
    line = authenticator(page)
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("menuitem", name="Sign-in and security").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What do you call this device?").fill("Desk computer")
    picture(page, "own-new-passkey")
    accessible(page)
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_text("Desk computer")).to_be_visible()
    picture(page, "own-security")
    accessible(page)
    sign_out(page)
    picture(page, "own-sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/app")
    page.goto(served.address + SECURITY)
    served.later(6)
    page.get_by_role("button", name="Rename Desk computer").click()
    page.get_by_label("Name", exact=True).fill("The front desk")
    page.get_by_role("button", name="Rename", exact=True).last.click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    picture(page, "own-step-up")
    accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The front desk")).to_be_visible()
    line.detach()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_ones_own_account_fits_a_phone_and_is_accessible(
    served: Served, open_page: Callable[..., Page], watch: Watch, dark: bool
) -> None:
    watch.expected += ["status of 409"]
    page = served.sign_in(open_page(PHONE, dark=dark), "biller" if dark else "manager")
    look = "dark" if dark else "light"
    page.goto(served.address + SECURITY)
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    accessible(page)
    picture(page, f"own-phone-security-{look}")
    for name in ("passkey", "authenticator", "recovery-codes", "password"):
        page.goto(f"{served.address}/account/{name}")
        accessible(page)
        picture(page, f"own-phone-{name}-{look}")
    page.goto(f"{served.address}/account/authenticator")
    page.get_by_label("Six-digit code").fill("000000")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("alert")).to_contain_text("not the code")
    page.goto(f"{served.address}/account/recovery-codes")
    page.get_by_role("button", name="Make ten codes").click()
    expect(page.get_by_role("listitem")).to_have_count(10)
    accessible(page)
    picture(page, f"own-phone-codes-{look}")
    page.goto(f"{served.address}/session/step-up?next=%2Faccount%2Fpassword")
    accessible(page)
    picture(page, f"own-phone-step-up-{look}")
