"""The owner's first sign-in in a real browser: led to make a passkey, and from then on in by it alone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.web.edge import PASSWORD, Edge
from workbench.accounts.tables import Passkey
from workbench.gate.actor import Role

pytestmark = pytest.mark.engines("sqlcipher")


def with_screen_lock(page: Page) -> None:
    """A device that knows its person and says yes by itself."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def accessible(page: Page) -> None:
    """Nothing that axe objects to, and nothing that sticks out sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (PHONE, True)], ids=["desk light", "phone dark"])
def test_the_owner_makes_a_passkey_before_anything_else_and_comes_in_by_it(
    edge: Edge, open_page: Callable[..., Page], size: dict[str, int], dark: bool
) -> None:
    edge.add("oona", Role.OWNER, with_password=True)
    site, page = f"http://localhost:{edge.port}", open_page(size, dark=dark)
    with_screen_lock(page)
    page.goto(f"{site}/other")
    accessible(page)
    page.get_by_label("Email").fill("oona@example.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Six-digit code").fill(edge.people["oona"].code(edge.clock()))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="One thing first")).to_be_visible()
    accessible(page)
    page.goto(f"{site}/other")
    expect(page.get_by_role("heading", name="One thing first")).to_be_visible()
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_label("whose")).to_have_value("stf_oona")
    page.context.clear_cookies()
    page.goto(f"{site}/other")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_label("whose")).to_have_value("stf_oona")
    with edge.gate.store.reading() as session:
        passkey = session.query(Passkey).one()
        assert passkey.last_used_at == edge.clock()


def test_a_device_without_a_passkey_is_told_so_kindly(edge: Edge, page: Page) -> None:
    with_screen_lock(page)
    page.goto(f"http://localhost:{edge.port}/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("passkey")
    accessible(page)
