"""A measure is answered by keyboard, a critical answer is seen at once, and its alert waits until it is answered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, picture, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("measures") / "practice") as running:
        yield running


def test_a_critical_answer_is_looked_at_and_answered(served: Served, open_page: Opens) -> None:
    clinician = served.sign_in(open_page(DESK), "clinician")
    name = open_measures(served, clinician)
    form = take(clinician, "phq9@1")
    looked_at(clinician, "measures-1-form")
    only_some_answers(clinician, form)
    by_keyboard(clinician, form)
    alarm = clinician.get_by_role("dialog")
    expect(alarm).to_contain_text("Item 9 is positive")
    expect(alarm).to_contain_text("988")
    looked_at(clinician, "measures-3-alert")
    alarm.get_by_role("button", name="I am looking at it").click()
    expect(clinician.get_by_role("region", name="Waiting for an answer")).to_contain_text("Item 9 is positive")
    telephone = served_again(served, open_page(PHONE, dark=True), clinician)
    answered_on_a_telephone(telephone, name)


def open_measures(served: Served, page: Page) -> str:
    """The measures of the first person found; their name."""
    page.goto(f"{served.address}/app/patients")
    page.locator("main").get_by_role("searchbox").fill("al")
    page.locator("main a[href*='/patients/']").first.click()
    page.get_by_role("button", name="Measures").or_(page.get_by_role("tab", name="Measures")).first.click()
    expect(page.get_by_role("button", name="Take a measure")).to_be_visible()
    return page.locator("main h1").inner_text()


def take(page: Page, rule: str) -> Locator:
    """The drawer with the empty form."""
    page.get_by_role("button", name="Take a measure").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog.get_by_text("Please choose one.")).to_be_visible()
    dialog.get_by_label("Measure").select_option(rule)
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog.get_by_role("button", name="Keep it", exact=True)).to_be_visible()
    return dialog


def only_some_answers(page: Page, form: Locator) -> None:
    """What is missing is marked at its question, and nothing is kept."""
    form.get_by_role("group", name="Thoughts that you would be better off dead").get_by_label("Several days").check()
    form.get_by_role("button", name="Keep it", exact=True).click()
    expect(form.get_by_text("Not answered.").first).to_be_visible()
    expect(form.get_by_text("Not answered.")).to_have_count(8)
    picture(page, "measures-2-missing")


def by_keyboard(page: Page, form: Locator) -> None:
    """The rest without the mouse: Tab to the next question, an arrow for the next answer."""
    form.get_by_role("radio").first.focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    expect(form.locator("input:checked")).to_have_count(9)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="I am looking at it")).to_be_visible()


def served_again(served: Served, page: Page, clinician: Page) -> Page:
    """The same person on a telephone, with what lets their browser in."""
    page.context.add_cookies(clinician.context.cookies())  # type: ignore[arg-type]
    page.goto(f"{served.address}/app/alerts")
    expect(page.locator("main h1")).to_have_text("Alerts")
    return page


def answered_on_a_telephone(page: Page, name: str) -> None:
    """An empty answer is refused, two presses answer once, and it stands there in their words."""
    still, done = (page.get_by_role("region", name=re.compile(title)) for title in ("Waiting", "Answered"))
    waiting = still.get_by_role("listitem").filter(has_text=name)
    expect(waiting).to_contain_text("yours")
    looked_at(page, "measures-4-alerts")
    waiting.get_by_role("button", name="Answer…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Answer it").click()
    expect(dialog.get_by_text("Please fill this in.")).to_be_visible()
    looked_at(page, "measures-5-answer")
    dialog.get_by_label("What was done").fill("Spoke with them; we went through the safety plan.")
    dialog.get_by_role("button", name="Answer it").dblclick()
    expect(waiting).to_have_count(0)
    expect(done.get_by_role("listitem").filter(has_text=name).first).to_contain_text("we went through the safety plan")
    looked_at(page, "measures-6-answered")
