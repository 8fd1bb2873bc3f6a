"""A practice takes in a form of its own and publishes it; a clinician fills it in and signs it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.forms.building import asked, chosen, questionnaire, when
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)
KINDS = ("string", "text", "decimal", "date", "time", "dateTime", "quantity", "url")
FORM = questionnaire(
    asked("words", "display", text="About how you sleep."), asked("well", "boolean", text="Do you sleep well?",
    required=True),
    asked("since", "date", text="Since when not?", required=True, enableWhen=[when("well", "=", answerBoolean=False)]),
    chosen("helps", "walk", "tea", repeats=True), chosen("one", "a", "b"), chosen("many", *map(str, range(20))),
    chosen("open", "x", kind="open-choice"), asked("hours", "integer", text="How many hours?"),
    asked("tried", "group", text="What was tried", repeats=True, item=[asked("what", text="What exactly")]),
    asked("all", "group", text="And more", item=[asked(kind, kind) for kind in KINDS]), title="Sleep and rest",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("forms") / "practice") as running:
        yield running


def test_a_form_of_the_practices_own_is_filled_in_and_signed(served: Served, open_page: Opens) -> None:
    publish(served, served.sign_in(open_page(DESK), "manager"))
    clinician = served.sign_in(open_page(PHONE, dark=True), "clinician")
    begin(served, clinician)
    fill_in(clinician)
    clinician.set_viewport_size(DESK)  # type: ignore[arg-type]
    sign(clinician)


def publish(served: Served, page: Page) -> None:
    """What is no form is refused with the place; what is one is a draft, then in use."""
    page.goto(f"{served.address}/app/forms")
    page.get_by_role("button", name="Take in a form").first.click()
    dialog = page.get_by_role("dialog")
    choose = dialog.locator("input[type=file]")
    choose.set_input_files(
        {"name": "form.json", "mimeType": "application/json", "buffer": b'{"resourceType": "Patient"}'}
    )
    dialog.get_by_role("button", name="Take it in").click()
    expect(dialog.get_by_text("The file is a Patient; a Questionnaire is wanted.")).to_be_visible()
    choose.set_input_files({"name": "form.json", "mimeType": "application/json", "buffer": json.dumps(FORM).encode()})
    dialog.get_by_role("button", name="Take it in").click()
    expect(dialog.get_by_text("Do you sleep well?")).to_be_visible()
    looked_at(page, "forms-1-preview")
    dialog.get_by_role("button", name="Publish…").click()
    page.get_by_role("button", name="Publish it").dblclick()
    expect(page.get_by_role("row", name="Sleep and rest")).to_contain_text("In use")


def begin(served: Served, page: Page) -> None:
    """From the file of the first person found."""
    page.goto(f"{served.address}/app/patients")
    page.locator("main").get_by_role("searchbox").fill("re")
    page.locator("main a[href*='/patients/']").first.click()
    page.get_by_role("button", name="Forms").or_(page.get_by_role("tab", name="Forms")).first.click()
    page.get_by_role("button", name="Fill in a form").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Form").select_option(label="Sleep and rest 1.0.0")
    dialog.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("group", name="Do you sleep well?")).to_be_visible()
    looked_at(page, "forms-2-empty")


def fill_in(page: Page) -> None:
    """An answer asks another question; what is no answer is marked and the rest is kept, also over a reload."""
    page.get_by_role("group", name="Do you sleep well?").get_by_label("No").check()
    expect(page.get_by_label("Since when not?")).to_be_visible(timeout=15_000)
    page.get_by_label("What exactly").fill("Warm milk")
    page.get_by_label("How many hours?").fill("lots")
    expect(page.get_by_text("Write a whole number, such as 12.")).to_be_visible(timeout=15_000)
    looked_at(page, "forms-3-wrong")
    page.get_by_label("How many hours?").fill("6")
    expect(page.get_by_text("2 of 2")).to_be_visible(timeout=15_000)
    page.reload()
    expect(page.get_by_label("How many hours?")).to_have_value("6")
    expect(page.get_by_label("What exactly").first).to_have_value("Warm milk")


def sign(page: Page) -> None:
    """What is missing is marked; then it is locked as it was asked."""
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_text("Please answer this.")).to_be_visible()
    page.get_by_label("Since when not?").fill("2026-03-01")
    page.get_by_role("button", name="Sign…").click()
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Mar 1, 2026")
    expect(page.locator("main input")).to_have_count(0)
    looked_at(page, "forms-4-signed")
