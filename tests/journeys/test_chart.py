"""The chart by keys: a diagnosis picked and set, what else is put down, the course searched; and what the desk sees."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(240)
CLINICAL = ("Diagnoses", "Risk", "Allergies", "Medications", "Measures", "Safety plan")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("chart") / "practice") as running:
        yield running


def test_a_chart_is_read_and_kept_by_its_clinician_and_by_nobody_at_the_desk(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "clinician")
    address = open_the_chart(page, served)
    set_a_diagnosis(page)
    put_down_the_rest(page)
    search_the_course(page)
    pick_into_a_note(page, served)
    page.goto(address)
    the_last_six(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_role("region", name="Course")).to_be_visible()
    looked_at(page, "chart-5-phone")
    served.later(1)
    desk = served.sign_in(open_page(DESK), "front_desk")
    desk.goto(address)
    expect(desk.get_by_role("region", name="Course")).to_be_visible()
    for part in CLINICAL:
        expect(desk.get_by_role("region", name=part, exact=True)).to_have_count(0)
    looked_at(desk, "chart-6-desk")


def open_the_chart(page: Page, served: Served) -> str:
    """From the caseload to the file, and by its key to the chart."""
    page.goto(f"{served.address}/app/caseload")
    page.locator("main a[href*='/patients/']").first.click()
    expect(page.get_by_role("link", name="Chart", exact=True)).to_be_visible()
    page.keyboard.press("c")
    for part in CLINICAL:
        expect(page.get_by_role("region", name=part, exact=True)).to_be_visible()
    looked_at(page, "chart-1")
    return page.url


def set_a_diagnosis(page: Page) -> None:
    """Sought by words, picked with the arrows, made the principal one; a wrong code is refused with its neighbours."""
    page.keyboard.press("d")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Code or words")).to_be_focused()
    page.keyboard.type("prolonged grief")
    expect(dialog.get_by_role("button", name="Prolonged grief disorder")).to_be_visible()
    looked_at(page, "chart-2-diagnosis")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("F43.81")
    dialog.get_by_label("Place on the list").select_option(label="Principal")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Diagnoses").get_by_role("listitem").first).to_contain_text("F43.81")


def put_down_the_rest(page: Page) -> None:
    """A medication, an allergy and the risk, each by its key."""
    page.keyboard.press("m")
    page.get_by_label("Medication", exact=True).fill("Prazosin")
    page.get_by_label("Dose, as they said it").fill("one at night")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Medications")).to_contain_text("Prazosin one at night")
    page.keyboard.press("a")
    page.get_by_label("Reacts to").fill("Codeine")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Allergies")).to_contain_text("Codeine")
    page.keyboard.press("r")
    page.get_by_role("radio", name="Moderate").check()
    page.get_by_label("What it stands on").fill("Passive thoughts since the funeral, no plan.")
    looked_at(page, "chart-3-risk")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Risk", exact=True)).to_contain_text("since the funeral")


def search_the_course(page: Page) -> None:
    """By words, then by kind."""
    course = page.get_by_role("region", name="Course")
    course.get_by_label("Words in the course").fill("funeral")
    expect(course.locator(".course-line")).to_have_count(1)
    course.get_by_label("Words in the course").fill("")
    course.get_by_label("Kind").select_option(label="Notes")
    expect(course.locator(".course-line", has_text="Risk judged")).to_have_count(0)
    expect(course.locator(".course-line").first).to_contain_text("Note")


def pick_into_a_note(page: Page, served: Served) -> None:
    """A code from the list goes into the note and is saved with it."""
    page.goto(f"{served.address}/app/my-day")
    page.locator("main a[href*='/notes/']").first.click()
    field = page.get_by_label("Diagnoses")
    expect(field).to_be_visible()
    page.get_by_role("button", name="Pick…").click()
    search = page.get_by_role("dialog").get_by_label("Code or words")
    expect(search).to_be_focused()
    page.keyboard.type("pathological gamb")
    expect(page.get_by_role("dialog").get_by_role("button", name="F63.0")).to_be_visible()
    looked_at(page, "chart-4-pick")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"F63\.0$"))
    expect(page.locator("[data-autosave-says]")).to_contain_text(re.compile("^Saved"), timeout=15_000)


def the_last_six(page: Page) -> None:
    """In an empty search stands whose chart this is."""
    expect(page.get_by_role("region", name="Course")).to_be_visible()
    name = page.locator("main h1").inner_text()
    page.keyboard.press("/")
    last = page.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(last).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/patients/"))
