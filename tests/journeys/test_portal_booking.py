"""Booking on a telephone: asked for, accepted at the desk, moved, an offer accepted; every page in both languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice
from workbench.demo.accounts import PASSWORD

pytestmark = pytest.mark.timeout(240)
PAGES = ("", "/appointments", "/book", "/waitlist", "/bills")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("booking") / "practice") as running:
        yield running


def signed_in(phone: Page, served: Served) -> None:
    """The client of the demonstration."""
    phone.goto(f"{served.address}/sign-in")
    phone.get_by_label("Email").fill("client@example.test")
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label(re.compile("code", re.IGNORECASE)).fill(served.code())
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("/portal$"))


def asked_for(phone: Page) -> None:
    """The first service, its first time."""
    phone.get_by_role("link", name="Make an appointment").click()
    looked_at(phone, "portal-booking-1-services")
    phone.get_by_role("link", name="See free times for").first.click()
    looked_at(phone, "portal-booking-2-times")
    phone.locator(".times a").first.click()
    looked_at(phone, "portal-booking-3-confirm")
    phone.get_by_role("button", name="Ask for this time").click()
    expect(phone.get_by_role("status")).to_contain_text("held for you until the practice answers")
    looked_at(phone, "portal-booking-4-asked")


def accepted(desk: Page, served: Served) -> str:
    """One press at the desk; who asked."""
    desk.goto(f"{served.address}/app/requests")
    expect(desk.get_by_role("button", name="Accept")).to_be_visible()
    looked_at(desk, "portal-booking-5-requests")
    name = desk.get_by_role("row").last.get_by_role("cell").first.inner_text().partition(",")[0]
    desk.get_by_role("button", name="Accept").click()
    expect(desk.get_by_text("Nothing waits")).to_be_visible()
    return name


def moved(phone: Page, served: Served) -> None:
    """To another time of the same clinician."""
    phone.goto(f"{served.address}/portal/appointments")
    expect(phone.get_by_text("Asked for", exact=True)).to_have_count(0)
    phone.get_by_role("link", name="Move the appointment on").last.click()
    looked_at(phone, "portal-booking-6-move")
    phone.locator(".times a").last.click()
    looked_at(phone, "portal-booking-7-move-confirm")
    phone.get_by_role("button", name="Yes, move it").click()
    expect(phone.get_by_role("status")).to_have_text("The appointment is moved.")


def offered(phone: Page, desk: Page, served: Served, name: str) -> None:
    """They wait, the desk offers a time, they say yes."""
    phone.get_by_role("link", name="Waitlist").click()
    phone.get_by_role("button", name="Join the waitlist").click()
    expect(phone.get_by_role("status")).to_contain_text("You are on the waitlist")
    desk.goto(f"{served.address}/app/waitlist")
    offer_a_time(desk, name)
    phone.get_by_role("link", name="Start").click()
    phone.get_by_role("link", name="Answer the times that are offered to you").click()
    looked_at(phone, "portal-booking-8-offer")
    phone.get_by_role("button", name="Yes, book it").first.click()
    expect(phone.get_by_role("status")).to_have_text("The appointment is booked.")


def offer_a_time(desk: Page, name: str) -> None:
    """The first free time that fits, from the list of those who wait."""
    desk.get_by_role("tab", name=re.compile("Waiting")).click()
    desk.get_by_role("row").filter(has_text=name).first.click()
    dialog = desk.get_by_role("dialog")
    dialog.locator("label:has(input[type=radio])").last.click()
    dialog.get_by_role("button", name="Offer", exact=True).click()
    expect(desk.get_by_text("Offered to 1 person")).to_be_visible()


def in_spanish(phone: Page, served: Served) -> None:
    """Each page once."""
    phone.goto(f"{served.address}/portal")
    phone.get_by_role("button", name="Español").click()
    for path in PAGES:
        phone.goto(f"{served.address}/portal{path}")
        expect(phone.locator("html")).to_have_attribute("lang", "es")
        looked_at(phone, f"portal-booking-9-spanish{path.replace('/', '-')}")


def test_from_the_request_to_the_offer(served: Served, open_page: Opens) -> None:
    phone = open_page(PHONE)
    signed_in(phone, served)
    phone.goto(f"{served.address}/portal/bills")
    looked_at(phone, "portal-booking-0-bills")
    asked_for(phone)
    desk = served.sign_in(open_page(DESK), "front_desk")
    name = accepted(desk, served)
    moved(phone, served)
    offered(phone, desk, served, name)
    in_spanish(phone, served)
    manager = served.sign_in(open_page(DESK), "manager")
    manager.goto(f"{served.address}/app/self-booking")
    manager.get_by_role("button", name="Change…").first.click()
    expect(manager.get_by_role("dialog")).to_be_visible()
    looked_at(manager, "portal-booking-10-rule")
