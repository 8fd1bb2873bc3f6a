"""Signing in and out as a person does, in a real browser, under the policy that every page is served with."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE, Watch
from tests.web.edge import PASSWORD, Edge
from workbench.accounts.tables import UserSession
from workbench.gate.actor import Role

pytestmark = pytest.mark.engines("sqlcipher")
OpenPage = Callable[..., Page]


@pytest.fixture
def fern(edge: Edge) -> Edge:
    """The edge, with Fern, who has a password."""
    edge.add("fern", Role.MANAGER, with_password=True)
    return edge


def sign_in(edge: Edge, page: Page, path: str = "/") -> None:
    """Both steps."""
    page.goto(edge.server.address + path)
    page.get_by_label("Email").fill("fern@example.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Six-digit code").fill(edge.people["fern"].code(edge.clock()))
    page.get_by_role("button", name="Sign in").click()


def accessible(page: Page) -> None:
    """Nothing that axe objects to, and nothing that sticks out sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_signing_in_can_be_used_by_everybody(
    fern: Edge, open_page: OpenPage, watch: Watch, size: dict[str, int], dark: bool
) -> None:
    watch.expected += ["status of 40[14]"]
    page = open_page(size, dark=dark)
    page.goto(fern.server.address + "/sign-in")
    accessible(page)
    page.get_by_label("Email").fill("fern@example.test")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Show the password").or_(page.get_by_role("button", name="Show")).click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    expect(page.get_by_label("Email")).to_have_value("fern@example.test")
    accessible(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Six-digit code")).to_be_focused()
    accessible(page)
    page.goto(fern.server.address + "/nothing")
    accessible(page)


def test_a_password_can_be_pasted(fern: Edge, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(fern.server.address + "/sign-in")
    page.evaluate("text => navigator.clipboard.writeText(text)", PASSWORD)
    page.get_by_label("Email").fill("fern@example.test")
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Six-digit code")).to_be_focused()


def test_a_page_works_under_its_policy_and_a_press_reaches_the_gate(fern: Edge, page: Page) -> None:
    sign_in(fern, page, "/other?view=week")
    expect(page.get_by_label("whose")).to_have_value("stf_fern")
    assert page.url.endswith("/other?view=week")
    page.get_by_label("choice").select_option("b")
    fern.settle()
    assert fern.pressed == []


def test_when_the_session_ends_the_page_goes_blank_and_asks_to_sign_in(fern: Edge, page: Page, watch: Watch) -> None:
    sign_in(fern, page, "/other")
    expect(page.get_by_label("whose")).to_be_visible()
    with fern.gate.store.reading() as session:
        ended = session.query(UserSession).one().token_hash
    fern.clock.forward(minutes=15)
    fern.server.close_session(ended)
    expect(page.get_by_role("status")).to_contain_text("session has ended")
    assert page.url.endswith("/sign-in?ended=1&next=%2Fother")


def test_without_script_one_signs_in_too(fern: Edge, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(fern.server.address + "/sign-in")
    assert plain.get_by_role("button", name="Show").count() == 0
    sign_in(fern, plain)
    plain.wait_for_url(fern.server.address + "/")
    context.close()
