"""Somebody fills in what the practice asked for, on a phone and by keyboard; staff accept what it says about them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice
from workbench.demo.accounts import PASSWORD

pytestmark = pytest.mark.timeout(300)
_SIGN = re.compile("/sign/")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("intake") / "practice") as running:
        yield running


def test_a_packet_is_filled_in_signed_and_accepted(served: Served, open_page: Opens) -> None:
    page = open_page(PHONE)
    enter(served, page)
    looked_at(page, "intake-1-forms")
    measure(page)
    signed_out(served, page)
    for title in ("Before your first visit", "Emergency contact", "Consent to telehealth"):
        form(page, title)
    expect(page.get_by_text("4 of 4 done").first).to_be_attached()
    in_spanish(served, page)
    patient_id = page.locator("input[name=whom]").first.get_attribute("value")
    accepted(served, open_page(DESK), patient_id or "")


def enter(served: Served, page: Page) -> None:
    """As the person in care."""
    page.goto(f"{served.address}/sign-in?next=/portal/forms")
    page.get_by_label("Email").fill("client@example.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(served.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Forms", level=1)).to_be_visible(timeout=20_000)


def measure(page: Page) -> None:
    """An answer to item nine shows help where it was given, and again once it is sent."""
    begin(page, "Patient Health Questionnaire")
    help_card = page.get_by_role("heading", name="If you think of hurting yourself")
    expect(help_card).to_be_hidden()
    fill_page(page, key="ArrowDown")
    expect(help_card).to_be_visible(timeout=10_000)
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=10_000)
    looked_at(page, "intake-2-measure")
    press(page, "button[value=next]")
    expect(page).to_have_url(_SIGN)
    press(page, "form[action*='/send/'] button")
    expect(page.get_by_role("heading", name="Help is there for you now")).to_be_visible()
    looked_at(page, "intake-3-help")
    page.get_by_role("link", name="Go on with the forms").click()


def form(page: Page, title: str) -> None:
    """Every page of it and the signature, without a pointer."""
    begin(page, title)
    for _ in range(12):
        fill_page(page)
        with page.expect_navigation():
            press(page, "button[value=next]")
        if _SIGN.search(page.url):
            break
    expect(page.get_by_role("heading", name="Sign electronically")).to_be_visible()
    looked_at(page, f"intake-4-{title[:6].strip().lower()}")
    reach(page, "#name")
    page.keyboard.type("Sam Example")
    reach(page, "#agreed")
    page.keyboard.press("Space")
    press(page, "form[action*='/sign/'] button")
    expect(page.get_by_role("status")).to_contain_text("Signed. Thank you.")


def signed_out(served: Served, page: Page) -> None:
    """Whoever was away too long is told so on the page, and goes on where they were."""
    begin(page, "Emergency contact")
    with page.expect_navigation():
        press(page, "button[value=next]")
    page.get_by_label("Relation").fill("Sister")
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=10_000)
    served.later(60)
    page.get_by_label("Name and telephone").fill("Robin")
    expect(page.locator("#saved")).to_contain_text("You were signed out", timeout=10_000)
    enter(served, page)


def begin(page: Page, title: str) -> None:
    """By its button, or where it was begun before its link, with the keyboard."""
    first = page.get_by_role("button", name=f"Begin: {title}").or_(page.get_by_role("link", name=f"Go on: {title}"))
    first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/fill/"))


def fill_page(page: Page, key: str = "Space") -> None:
    """Tab through it and answer what must be answered; `key` chooses in a group of choices."""
    page.evaluate("document.getElementById('main').focus()")
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => { const a = document.activeElement; return [a.tagName, a.type || '', a.name || '', "
            "Boolean(a.value) && a.type !== 'radio', a.required, a.checked || false] }"
        )
        tag, kind, name, is_filled, is_required, is_chosen = at
        if tag == "BUTTON" and name == "go":
            return
        if kind == "radio" and not is_chosen and (is_required or key != "Space"):
            page.keyboard.press(key)
        elif kind in ("text", "textarea") and is_required and not is_filled:
            page.keyboard.type("555-010-0177")


def reach(page: Page, selector: str) -> None:
    """Tab to it."""
    for _ in range(120):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page: Page, selector: str) -> None:
    """Tab to a button and press it."""
    reach(page, selector)
    page.keyboard.press("Enter")


def in_spanish(served: Served, page: Page) -> None:
    """The same pages in the other language."""
    page.get_by_role("button", name="Español").click()
    for path, name in (("forms", "Formularios"), ("forms/signed", "Todo lo que firmé"),
                       ("consents", "Mis consentimientos"), ("cards", "Enviar fotos")):  # fmt: skip
        page.goto(f"{served.address}/portal/{path}")
        expect(page.get_by_role("heading", name=re.compile(name), level=1)).to_be_visible()
        looked_at(page, f"intake-5-{path.replace('/', '-')}")
    choose = page.locator("input[type=file]")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(400_000)
    choose.set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture})
    page.get_by_role("button", name="Enviar", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Recibido")


def accepted(served: Served, page: Page, patient_id: str) -> None:
    """What they answered about themselves is in the file once somebody says so."""
    served.sign_in(page, "manager")
    page.goto(f"{served.address}/app/intake/{patient_id}")
    expect(page.get_by_text("Waiting for acceptance")).to_be_visible(timeout=20_000)
    looked_at(page, "intake-6-staff")
    page.get_by_role("button", name="Accept Emergency contact").click()
    expect(page.get_by_text("The file says it now")).to_be_visible()
    expect(page.get_by_role("button", name="Accept Emergency contact")).to_have_count(0)
    page.get_by_role("button", name="They take back Telehealth").click()
    page.get_by_label("What they said, and how").fill("They called and said so.")
    page.get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_text("Not in force")).to_be_visible()
    page.goto(f"{served.address}/app/packets")
    page.get_by_role("button", name="Change…").first.click()
    expect(page.get_by_role("dialog").get_by_label("Name")).to_have_value("Before your first visit")
    looked_at(page, "intake-7-packet")
