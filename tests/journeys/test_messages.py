"""A message from a telephone: kept as a draft, sent, answered by the office; one that nobody answers calls a role."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, accessible, looked_at, served_practice
from workbench.demo.accounts import PASSWORD

pytestmark = pytest.mark.timeout(240)
ABOUT = "Can I come later?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("messages") / "practice") as running:
        yield running


def test_a_message_is_answered_and_one_that_waits_too_long_calls_somebody(served: Served, open_page: Opens) -> None:
    phone = in_care(served, open_page(PHONE))
    a_draft_is_kept_and_sent(served, phone)
    desk = served.sign_in(open_page(DESK), "front_desk")
    the_office_answers(served, desk)
    the_answer_is_read_in_spanish_too(served, phone)
    nobody_answers_for_days(served, open_page)


def in_care(served: Served, page: Page) -> Page:
    """The client of the demonstration, signed in on their telephone."""
    page.goto(f"{served.address}/sign-in")
    page.get_by_label("Email").fill("client@example.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(served.code())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.address}/portal")
    return page


def a_draft_is_kept_and_sent(served: Served, phone: Page) -> None:
    expect(phone.get_by_role("link", name="Messages to read: 2")).to_be_visible()
    phone.get_by_role("navigation").get_by_role("link", name="Messages").click()
    looked_at(phone, "messages-1-list")
    phone.get_by_role("link", name="Write a message").click()
    phone.get_by_role("radio", name="Appointments").check()
    phone.get_by_label("In a few words").fill(ABOUT)
    phone.get_by_label("Your message").press_sequentially("Half past ten would be better.")
    expect(phone.get_by_text("Kept as a draft", exact=True)).to_be_visible()
    phone.goto(f"{served.address}/portal")
    phone.goto(f"{served.address}/portal/messages/new")
    expect(phone.get_by_label("Your message")).to_have_value("Half past ten would be better.")
    looked_at(phone, "messages-2-writing")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status").first).to_have_text("Your message is with the practice.")
    looked_at(phone, "messages-3-sent")


def the_office_answers(served: Served, desk: Page) -> None:
    desk.get_by_role("navigation").get_by_role("link", name=re.compile("^Messages")).click()
    expect(desk.get_by_role("row", name=re.compile(re.escape(ABOUT)))).to_be_visible()
    looked_at(desk, "messages-4-inbox")
    desk.get_by_role("row", name=re.compile(re.escape(ABOUT))).get_by_role("link").first.click()
    expect(desk.get_by_role("heading", name=ABOUT)).to_be_visible()
    desk.get_by_role("textbox", name="Remark").fill("Room 2 is free then.")
    desk.get_by_role("button", name="Leave the remark").click()
    expect(desk.get_by_text("Staff only", exact=True)).to_be_visible()
    desk.get_by_role("textbox", name="Answer").fill("Yes, half past ten it is.")
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_role("list").get_by_text("Yes, half past ten it is.")).to_be_visible()
    looked_at(desk, "messages-5-thread")


def the_answer_is_read_in_spanish_too(served: Served, phone: Page) -> None:
    phone.goto(f"{served.address}/portal/messages")
    phone.get_by_role("link", name=re.compile(re.escape(ABOUT))).click()
    expect(phone.get_by_text("Yes, half past ten it is.")).to_be_visible()
    assert "Room 2" not in phone.content()
    phone.get_by_role("button", name="Español").click()
    expect(phone.get_by_role("heading", name="Escribir una respuesta")).to_be_visible()
    looked_at(phone, "messages-6-spanish")
    for path in ("/portal/messages", "/portal/messages/new"):
        phone.goto(served.address + path)
        accessible(phone)
    phone.get_by_role("radio", name="Citas").check()
    phone.get_by_label("En pocas palabras").fill("Otra hora")
    phone.get_by_label("Su mensaje").fill("¿Y el viernes?")
    phone.get_by_role("button", name="Enviar").click()
    expect(phone.get_by_role("status").first).to_have_text("Su mensaje llegó al consultorio.")


def nobody_answers_for_days(served: Served, open_page: Opens) -> None:
    served.later(5 * 24 * 60)
    manager = served.sign_in(open_page(DESK), "manager")
    manager.goto(f"{served.address}/app/messages")
    late = manager.get_by_role("row", name=re.compile("Otra hora"))
    expect(late).to_contain_text("Overdue", timeout=15_000)
    for _ in range(20):
        if "manager called" in late.inner_text():
            break
        manager.get_by_role("button", name="Overdue", exact=True).click()
        manager.wait_for_timeout(500)
    expect(late).to_contain_text("Overdue, manager called")
    looked_at(manager, "messages-7-overdue")
    for path in ("/app/answering-times", "/app/messages"):
        manager.goto(served.address + path)
        expect(manager.locator("main h1")).to_be_visible()
        accessible(manager)
