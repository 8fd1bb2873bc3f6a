"""The library in use: an intake written by keyboard alone; a form edited, compared, published; an old one as it was."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(240)
NOTE = "Telephone or portal contact"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("library") / "practice") as running:
        yield running


def begin(served: Served, page: Page, form: str, letters: str) -> None:
    """From the file of the first person found."""
    page.goto(f"{served.address}/app/patients")
    page.locator("main").get_by_role("searchbox").fill(letters)
    page.locator("main a[href*='/patients/']").first.click()
    page.get_by_role("tab", name="Forms").click()
    page.get_by_role("button", name="Fill in a form").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Form").select_option(label=form)
    dialog.get_by_role("button", name="Begin").click()
    expect(page.locator("#form-response")).to_be_visible()


_HERE = """() => {
    const one = document.activeElement
    if (!one.closest('#form-response')) return null
    const field = one.closest('.field')
    return { name: one.name || '', type: one.type || one.tagName.toLowerCase(), value: one.value || '',
             asks: field ? (field.querySelector('legend, label')?.innerText || '') : '',
             done: one.type === 'radio' || one.type === 'checkbox'
                 ? !!document.querySelector(`[name="${one.name}"]:checked`) : false }
}"""


def type_in(page: Page) -> None:
    """Whatever the form asks where the focus stands, by keys alone."""
    here = page.evaluate(_HERE)
    if here is None or here["type"] in ("submit", "button"):
        return
    if here["type"] in ("radio", "checkbox"):
        if not here["done"]:
            page.keyboard.press("Space")
    elif here["type"] == "date":
        page.keyboard.type("03092026")
    elif here["type"] == "datetime-local":
        page.keyboard.type("03092026" + ("1000AM" if "Began" in here["asks"] else "1053AM"))
    elif not here["value"] and not here["name"].endswith(".own"):
        page.keyboard.type("3" if "Units" in here["asks"] else "As told")


def test_an_intake_is_written_and_signed_by_keyboard_alone(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "clinician")
    begin(served, page, "Intake, adult 1.0.0", "re")
    looked_at(page, "intake-1-empty")
    page.get_by_label("Date of service").focus()
    for _ in range(260):
        type_in(page)
        page.keyboard.press("Tab")
        if page.evaluate(_HERE) is None or page.evaluate(_HERE)["type"] == "submit":
            break
    expect(page.locator("[data-autosave-says]")).to_contain_text("Saved", timeout=15_000)
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("alertdialog").or_(page.get_by_role("dialog"))
    expect(dialog).to_contain_text("Once signed it never changes", timeout=15_000)
    looked_at(page, "intake-2-sign")
    for _ in range(6):
        if page.evaluate("document.activeElement.innerText") == "Sign and lock":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible(timeout=15_000)
    expect(page.locator("main")).to_contain_text("Still to be signed by: supervisor.")
    expect(page.locator("main")).to_contain_text("53")
    looked_at(page, "intake-3-signed")


def test_a_form_is_edited_compared_published_and_an_old_one_prints_as_it_was(
    served: Served, open_page: Opens, tmp_path: Path
) -> None:
    served.later(1)  # a code is good for one sign-in only
    clinician = served.sign_in(open_page(PHONE, dark=True), "clinician")
    begin(served, clinician, f"{NOTE} 1.0.0", "re")
    sign_a_contact(clinician)
    before = printed(clinician, tmp_path / "before.pdf")
    old = clinician.url
    edit(served, served.sign_in(open_page(DESK), "manager"))
    clinician.goto(old)
    expect(clinician.locator("main")).to_contain_text("About what")
    expect(clinician.locator("main")).not_to_contain_text("What it was about")
    assert printed(clinician, tmp_path / "after.pdf") == before
    told = PdfReader(tmp_path / "after.pdf").pages[0].extract_text()
    assert "About what" in told
    assert re.search(r"Page 1 of \d", told)
    begin(served, clinician, f"{NOTE} 1.0.1", "re")
    expect(clinician.get_by_label("What it was about")).to_be_visible()


def sign_a_contact(page: Page) -> None:
    """A short note, on a phone."""
    page.get_by_label("When").fill("2026-03-09T09:15")
    page.get_by_label("Telephone", exact=True).check()
    page.get_by_label("About what").fill("Asked for another time")
    page.get_by_label("What was done").first.fill("Offered Friday")
    page.get_by_label("No sign of risk").check()
    looked_at(page, "library-1-phone")
    page.get_by_role("button", name="Sign…").click()
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible(timeout=15_000)


def printed(page: Page, to: Path) -> bytes:
    """The form as PDF."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Print", exact=True).click()
    download.value.save_as(to)
    return to.read_bytes()


def edit(served: Served, page: Page) -> None:
    """The manager changes a line, tries the form, makes a version, reads what is different, publishes it."""
    page.goto(f"{served.address}/app/forms/library?tab=contact")
    expect(page.get_by_role("row", name=NOTE)).to_contain_text("In use")
    page.goto(f"{served.address}/app/forms")
    page.get_by_role("searchbox", name="Search forms").fill("portal contact")
    # The list moves while it is looked through: whoever presses sees it stand first.
    expect(page.locator("main tbody tr")).to_have_count(1)
    page.get_by_role("row", name=NOTE).get_by_role("link", name="Edit").click()
    expect(page.get_by_role("button", name="Change: About what")).to_be_visible()
    expect(page.get_by_text("This page does not offer that")).to_have_count(0)
    page.get_by_role("button", name="Change: About what").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What it says").fill("What it was about")
    dialog.get_by_label("Question").first.select_option(label="How")
    dialog.locator("#when_1_answer").fill("Pigeon")
    dialog.get_by_role("button", name="Change it").click()
    expect(dialog.locator("#when_1_answer-error")).to_have_text("Write one of its answers, as it stands there.")
    dialog.get_by_label("Question").first.select_option(label="No condition")
    dialog.get_by_role("button", name="Change it").dblclick()
    expect(page.locator("#design-try").get_by_label("What it was about")).to_be_visible()
    page.get_by_role("button", name="Phone", exact=True).click()
    page.locator("#design-try").get_by_label("Sign of risk, see below").check()
    expect(page.locator("#design-try").get_by_label("What was done about it")).to_be_visible(timeout=15_000)
    looked_at(page, "library-2-design")
    page.get_by_role("button", name="Make a version…").click()
    page.get_by_label("What is different, and why").fill("Plainer words")
    page.get_by_role("button", name="Make the version").click()
    expect(page.get_by_role("row", name=f"{NOTE} 1.0.1")).to_contain_text("Draft")
    page.get_by_role("row", name=f"{NOTE} 1.0.1").get_by_role("button", name="Look at it").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("del")).to_have_text("About what")
    expect(dialog.locator("ins")).to_have_text("What it was about")
    looked_at(page, "library-3-different")
    dialog.get_by_role("button", name="Publish…").click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("row", name=f"{NOTE} 1.0.1")).to_contain_text("In use")
