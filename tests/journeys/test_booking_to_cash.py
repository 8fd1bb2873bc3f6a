"""The path a practice lives on: booked, kept, written, signed, claimed, answered, posted to the cent, provable."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.served import Opens, Served, booking, picture, served_practice

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("journey") / "practice") as found:
        yield found


CLINICIAN = "Alder Ambercreek, LCSW"


def toast(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says so in passing."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=15_000)


def test_from_a_booking_to_the_books(served: Served, open_page: Opens) -> None:
    name = given_the_front_desk_books_somebody_for_today(served, open_page())
    when_the_clinician_keeps_the_session_and_signs_its_note(served, open_page(), name)
    biller, manager = open_page(), open_page()
    before = given_the_manager_has_read_the_collections(served, manager)
    remittance = when_the_biller_claims_it_and_the_payer_answers(served, biller, name)
    then_the_remittance_is_read_approved_and_posted(biller, remittance)
    then_the_manager_sees_the_money_and_the_rows_behind_it(manager, before)
    then_compliance_sees_each_step_and_the_log_is_sound(served, open_page())
    assert name.split()[-1] not in served.log.read_text()


def given_the_front_desk_books_somebody_for_today(served: Served, page: Page) -> str:
    served.sign_in(page, "front_desk")
    picture(page, "1-front-desk")
    dialog, name = booking(page, "al")
    dialog.get_by_label("Type").select_option(label="Therapy, 55 minutes · 55 min")
    dialog.get_by_label("Clinician").select_option(label=CLINICIAN)
    dialog.locator(".time-chips label").first.click()
    picture(page, "2-booking")
    dialog.get_by_role("button", name="Book", exact=True).click()
    toast(page, re.compile("[Bb]ooked"))
    expect(page.locator(".day-entry", has_text=name).first).to_be_visible()
    picture(page, "3-booked")
    return name


def when_the_clinician_keeps_the_session_and_signs_its_note(served: Served, page: Page, name: str) -> None:
    served.later(minutes=75)
    served.sign_in(page, "clinician")
    session = page.get_by_role("list", name="Sessions").get_by_role("listitem").filter(has_text=name)
    session.get_by_role("button", name="Check in").click()
    session.get_by_role("button", name="Start").click()
    session.get_by_role("button", name="Complete").click()
    expect(session.get_by_text("Completed")).to_be_visible()
    picture(page, "4-my-day")
    session.get_by_role("link", name="Write note").click()
    for part in ("Subjective", "Objective", "Assessment", "Plan"):
        page.get_by_label(part).fill(f"Synthetic. {part} of the journey.")
    page.get_by_label("Diagnoses").fill("F41.1")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible(timeout=15_000)
    picture(page, "5-note")
    page.keyboard.press("Control+Enter")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Sign")).click()
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible(timeout=15_000)
    picture(page, "5-note-signed")


def given_the_manager_has_read_the_collections(served: Served, page: Page) -> str:
    served.sign_in(page, "manager")
    picture(page, "6-numbers")
    return collections(page).inner_text()


def collections(page: Page) -> Locator:
    """The value on the card of what came in this month."""
    return page.locator('.kpi[data-key="collections"] .kpi-value')


def when_the_biller_claims_it_and_the_payer_answers(served: Served, page: Page, name: str) -> Path:
    served.sign_in(page, "biller")
    expect(page.get_by_role("button", name=re.compile("Ready to claim"))).to_have_attribute("aria-pressed", "true")
    row = page.get_by_role("row").filter(has_text=name).filter(has_text="90837")
    row.get_by_role("checkbox").check()
    picture(page, "6-claims")
    page.locator(".selection-bar").get_by_role("button", name=re.compile("^Approve")).click()
    before = set((served.home / "demo-files").glob("835-batch-*"))
    page.get_by_role("dialog").get_by_role("button", name="Approve and write 837P").click()
    toast(page, re.compile("837P"))
    for _ in range(150):
        answered = set((served.home / "demo-files").glob("835-batch-*.x12")) - before
        if answered:
            return answered.pop()
        page.wait_for_timeout(100)
    raise AssertionError("the synthetic payer did not answer within fifteen seconds")


def then_the_remittance_is_read_approved_and_posted(page: Page, remittance: Path) -> None:
    page.get_by_role("link", name="Remittances").first.click()
    page.locator("input[type=file]").set_input_files(remittance)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name=re.compile("^Approve")).click()
    picture(page, "7-remittance")
    page.get_by_role("button", name="Post to the books…").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Post")).click()
    expect(page.get_by_role("heading", name="In the books").first).to_be_visible(timeout=15_000)
    picture(page, "8-posted")


def then_the_manager_sees_the_money_and_the_rows_behind_it(page: Page, before: str) -> None:
    expect(collections(page)).not_to_have_text(before, timeout=2_000)  # nobody touched it
    page.get_by_role("button", name="Collections: definition, SQL and rows").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("The SQL that was run").click()
    expect(drawer.get_by_text("SELECT").first).to_be_visible()
    expect(drawer.get_by_role("row").nth(1)).to_be_visible()
    picture(page, "8-number-opened")


def then_compliance_sees_each_step_and_the_log_is_sound(served: Served, page: Page) -> None:
    served.sign_in(page, "compliance")
    page.goto(f"{served.address}/app/audit")
    page.get_by_role("button", name="Verify the whole log").click()
    expect(page.get_by_text("The log is sound.")).to_be_visible(timeout=20_000)
    picture(page, "9-audit")
