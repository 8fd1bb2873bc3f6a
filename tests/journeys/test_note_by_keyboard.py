"""A note is finished before the next session: from My day to the signature by keys alone, with a short text in it."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, accessible, looked_at, served_practice

pytestmark = pytest.mark.timeout(240)
FOCUSED = "document.activeElement"
WRITTEN = {
    "Subjective": "Slept better since the diary. Argued with a colleague on Monday and went back to talk it through.",
    "Objective": "On time, calm, speech in order, laughed twice.",
    "Assessment": "Worry is easing as avoidance does; care goes on because sleep is still short. No risk voiced today.",
    "Plan": "Diary again, one talk at work before Friday, weekly.",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("keys") / "practice") as running:
        yield running


def tab_to(page: Page, is_there: str, most: int = 80) -> None:
    """Tab until what has the focus fits; is_there: JavaScript of `here`."""
    for _ in range(most):
        if page.evaluate(f"(() => {{ const here = {FOCUSED}; return {is_there} }})()"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to: {is_there}")


def has_focus(page: Page, field: str) -> None:
    """Where one writes now."""
    expect(page.locator(f"#{field}")).to_be_focused(timeout=15_000)


def keep_a_short_text(page: Page, served: Served) -> None:
    """By keys as well: the page, its key, two fields. Whichever test comes first keeps it."""
    page.goto(f"{served.address}/app/snippets")
    none, there = page.get_by_text("No short texts yet"), page.get_by_role("row").filter(has_text="Sleep")
    expect(none.or_(there)).to_be_visible()
    if there.count():
        return
    page.locator("main h1").wait_for()
    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_be_visible()
    tab_to(page, "here.name === 'name'")
    page.keyboard.type("Sleep")
    page.keyboard.press("Tab")
    page.keyboard.type("Sleeps [[hours]] hours, wakes [[times]] times.")
    looked_at(page, "snippets-new")
    page.keyboard.press("Control+Enter")
    expect(there).to_be_visible()


def write(page: Page) -> None:
    """The four parts, the short text with its blanks, the diagnoses."""
    has_focus(page, "subjective")
    page.keyboard.type(WRITTEN["Subjective"] + " ")
    page.keyboard.press("Control+.")
    page.keyboard.type("sl")
    page.keyboard.press("Enter")
    has_focus(page, "subjective")
    page.keyboard.type("six")
    page.keyboard.press("Tab")
    page.keyboard.type("two")
    for part in ("objective", "assessment", "plan"):
        page.keyboard.press("Tab")
        has_focus(page, part)
        page.keyboard.type(WRITTEN[part.capitalize()])
    page.keyboard.press("Tab")
    if not page.evaluate(f"{FOCUSED}.value"):
        page.keyboard.type("F41.1")


def test_from_my_day_to_the_signature_by_keys_alone(served: Served, open_page: Opens) -> None:
    served.later(1)  # a code is good for one sign-in only
    page = served.sign_in(open_page(DESK), "clinician")
    keep_a_short_text(page, served)
    page.goto(f"{served.address}/app/my-day")
    expect(page.get_by_role("list", name=re.compile("Notes due"))).to_be_visible()

    began = time.monotonic()
    tab_to(page, "here.closest('.due-list') && !here.innerText.includes('draft')")
    page.keyboard.press("Enter")
    write(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog").or_(page.get_by_role("alertdialog"))).to_be_visible(timeout=15_000)
    tab_to(page, "here.innerText.startsWith('Sign')", 8)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible(timeout=15_000)
    # For who reads the results: how long it takes is the machine's matter, so nothing is asserted of it.
    print(f"from My day to the signature: {time.monotonic() - began:.1f} s")
    expect(page.locator("main")).to_contain_text("Sleeps six hours, wakes two times.")
    looked_at(page, "note-by-keys-signed")


@pytest.mark.parametrize(("size", "is_dark", "name"), [(DESK, False, "desk"), (PHONE, True, "phone")])
def test_the_editor_on_desk_and_phone(
    served: Served, open_page: Opens, size: dict[str, int], is_dark: bool, name: str
) -> None:
    served.later(1)
    page = served.sign_in(open_page(size, dark=is_dark), "clinician")
    accessible(page)
    keep_a_short_text(page, served)
    page.goto(f"{served.address}/app/my-day")
    due = page.get_by_role("list", name=re.compile("Notes due")).get_by_role("link")
    due.filter(has_text=re.compile("draft")).first.click()
    taken = page.locator("[data-put]").first
    taken.click()
    part = page.locator(f"#{taken.get_attribute('data-put')}")
    expect(part).to_have_value(re.compile(re.escape(taken.get_attribute("data-put-text") or "-")))
    hint = page.locator(f"#{taken.get_attribute('data-put')}-hint")
    expect(hint).to_contain_text("as in the note of", timeout=15_000)
    looked_at(page, f"note-editor-{name}")
    part.press("End")
    page.locator("#snippet-name").fill("nothing of this name")
    page.locator("#snippet-name").press("Enter")
    expect(page.locator("#snippet-says")).to_have_text("No short text begins so.")
    page.locator("#snippet-name").fill("Sleep")
    page.get_by_role("button", name="Insert").click()
    expect(part).to_have_value(re.compile(r"\[\[hours\]\]"))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Still to be filled in: [[hours]], [[times]].").first).to_be_visible(timeout=15_000)
    looked_at(page, f"note-editor-blank-{name}")
    part.fill("Slept well, and went out with friends.")
    seen = page.locator(".last-note .note-part").filter(has_text="Assessment").locator("p").first.inner_text()
    page.get_by_label("Assessment").fill(seen)
    page.get_by_label("Assessment").press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Assessment has a paragraph of the last note", timeout=15_000)
    looked_at(page, f"note-repeats-{name}")
    dialog.get_by_role("button", name="Look again").click()
    expect(dialog).to_have_count(0)
