"""The shell in a browser: read by axe at two widths in both colours, used by keyboard alone, cut off and back again.

The watched pages of `tests/browsers.py` fail on any console error, breach of the policy or request to another host.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE, Watch, serious, settled
from tests.dashboards.conftest import PATIENCE, Gallery, drawn, turn_to, visit

PATHS = ("/", "/day", "/patients", "/patients/pat_7", "/patients/pat_7?tab=notes", "/claims", "/patients/new", "/parts")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(
    open_page: Callable[..., Page], gallery: Gallery, size: dict[str, int], dark: bool
) -> None:
    page = open_page(size, dark=dark)
    visit(page, gallery, PATHS[0])
    for path in PATHS:
        turn_to(page, path)
        settled(page)
        assert serious(page) == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{path} is wider than the screen"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious_in_what_opens(
    open_page: Callable[..., Page], gallery: Gallery, size: dict[str, int]
) -> None:
    page = open_page(size)
    visit(page, gallery, "/parts")
    page.locator("#ask-form").click()
    page.wait_for_selector("#dialog[open] #pay")
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).not_to_have_attribute("open", "")
    page.get_by_role("button", name="Account:").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("har")
    page.wait_for_selector("#search [role=option]")
    assert serious(page) == []


def test_menu_search_and_form_by_keyboard_alone(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    create = page.get_by_role("button", name="Create", exact=True)
    create.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Appointment")).to_be_focused()
    page.keyboard.press("Escape")
    expect(create).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New patient", level=1)).to_be_focused()

    page.get_by_label("First name").focus()
    page.keyboard.type("Robin")
    page.keyboard.press("Tab")
    page.keyboard.type("Winterbourne")
    page.keyboard.press("Control+Enter")
    born = page.get_by_label("Born")
    expect(born).to_be_focused()
    expect(born).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#born_on-error")).to_have_text("Please fill this in.")
    page.keyboard.type("04021991")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note")).to_contain_text("Registered: Robin Winterbourne")
    expect(page.get_by_label("First name")).to_have_value("")


def test_search_is_opened_moved_through_and_chosen_by_keyboard(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/")
    page.keyboard.press("/")
    page.keyboard.type("har")
    page.wait_for_selector("#search [role=option]")
    second = page.locator("#search [role=option]").nth(1)
    name = second.locator(".hit-label").inner_text()
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=PATIENCE)


def test_a_dialog_asks_why_is_refused_without_and_gives_the_focus_back(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/day")
    entry = page.locator(".day-entry button").first
    entry.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cancel…").press("Enter")
    reason = page.get_by_label("Reason")
    expect(reason).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(reason).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("Is ill")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Cancelled, late fee $75.00")
    expect(page.locator("#dialog")).not_to_have_attribute("open", "")
    expect(entry).to_be_focused()


def test_what_was_refused_stays_typed_and_the_field_says_why(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients/new")
    page.get_by_label("First name").fill("Robin")
    page.get_by_label("Last name").fill("Taken")
    page.get_by_label("Born").fill("1991-04-02")
    page.get_by_role("button", name="Register").click()
    expect(page.locator("#last-error")).to_have_text("Already registered.")
    expect(page.get_by_label("Last name")).to_be_focused()
    expect(page.get_by_label("First name")).to_have_value("Robin")
    expect(page.locator(".toast")).to_have_attribute("role", "alert")
    page.get_by_label("Last name").fill("Sample")
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".note")).to_contain_text("Registered: Robin Sample")
    expect(page.locator(".toast.tone-bad")).to_have_count(0)  # what was wrong before is no longer said


def test_two_clicks_send_once(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/parts")
    page.locator("#count").dblclick()
    page.locator("#count").click(force=True)
    expect(page.locator("#count")).to_contain_text("Arrived 1 times")
    expect(page.locator("#count")).not_to_have_attribute("aria-busy", "")
    page.locator("#count").click()
    expect(page.locator("#count")).to_contain_text("Arrived 2 times")


def test_back_and_forward_and_deep_links_open_the_right_view(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients/pat_7?tab=notes")
    expect(page.get_by_role("tab", name="Notes")).to_have_attribute("aria-selected", "true")
    page.locator(".rail").get_by_role("link", name="Claims").click()
    expect(page.get_by_role("heading", name="Claims", level=1)).to_be_visible(timeout=PATIENCE)
    assert page.url.endswith("/app/claims")
    expect(page.locator(".rail [aria-current]")).to_have_text("Claims14")
    page.go_back()
    expect(page.get_by_role("tab", name="Notes")).to_have_attribute("aria-selected", "true")
    assert page.url.endswith("/app/patients/pat_7?tab=notes")
    page.go_forward()
    expect(page.get_by_role("heading", name="Claims", level=1)).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_title("Claims · Maple Street Counseling")


def test_a_row_opens_with_a_click_and_its_link_with_the_keyboard(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients")
    page.locator("#patients tbody tr").nth(2).locator("td").nth(2).click()
    expect(page.get_by_role("tab", name="Summary")).to_be_visible(timeout=PATIENCE)
    page.go_back()
    page.locator(".row-link").first.press("Enter")
    expect(page.get_by_role("tab", name="Summary")).to_be_visible(timeout=PATIENCE)


def test_a_new_drawing_keeps_focus_and_half_typed_text(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients")
    search = page.get_by_label("Search by name")
    search.press_sequentially("avery", delay=60)
    expect(page.locator(".pagination")).to_contain_text("8 patients")
    expect(search).to_be_focused()
    expect(search).to_have_value("avery")
    assert page.evaluate("document.activeElement.selectionStart") == 5


_TYPE_WHILE_ASKED = """
async () => {
    const field = document.querySelector("main input[type=search]")
    const type = (text) => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })) }
    field.focus()
    type("av")
    await new Promise(next => new MutationObserver((_, seen) => { seen.disconnect(); next() })
        .observe(field.form, { attributeFilter: ["aria-busy"] }))
    type("avery")
}
"""


def test_what_is_typed_while_the_answer_is_on_its_way_stays_and_is_sought(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients")
    page.evaluate(_TYPE_WHILE_ASKED)
    expect(page.locator(".pagination")).to_contain_text("8 patients")
    expect(page.get_by_label("Search by name")).to_have_value("avery")


def test_leaving_half_typed_text_asks_first(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients/pat_7?tab=notes")
    page.get_by_label("Subjective").fill("Slept better")
    page.locator(".rail").get_by_role("link", name="Claims").click()
    page.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Subjective")).to_have_value("Slept better")
    page.locator(".rail").get_by_role("link", name="Claims").click()
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="Claims", level=1)).to_be_visible(timeout=PATIENCE)


def test_after_the_line_was_lost_the_text_is_still_there_and_is_sent_once(
    page: Page, gallery: Gallery, watch: Watch
) -> None:
    visit(page, gallery, "/patients/new")
    page.get_by_label("First name").fill("Robin")
    page.get_by_label("Last name").fill("Winterbourne")
    # The line may be back before anybody looks, so the page itself keeps in mind that the banner was there.
    page.evaluate(
        """() => {
            const banner = document.querySelector("#banner")
            const look = () => { if (!banner.hidden) document.body.dataset.wasLost = '1' }
            new MutationObserver(look).observe(banner, { attributes: true, subtree: true })
        }"""
    )
    gallery.cut()
    expect(page.locator("body[data-was-lost]")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#banner")).to_be_hidden(timeout=PATIENCE)
    expect(page.get_by_label("Last name")).to_have_value("Winterbourne")
    page.get_by_label("Born").fill("1991-04-02")
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".note")).to_have_text("Registered: Robin Winterbourne", timeout=PATIENCE)


def test_a_session_that_ended_hides_the_page_and_keeps_what_was_typed(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/patients/pat_7?tab=notes")
    page.get_by_label("Subjective").fill("Slept better")
    page.evaluate("dispatchEvent(new CustomEvent('session-ended', { cancelable: true }))")
    expect(page.locator("#cover")).to_be_visible()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_focused()
    covered = page.evaluate("document.elementFromPoint(innerWidth / 2, 200).closest('#cover') !== null")
    assert covered
    assert serious(page) == []


def test_a_file_arrives_in_pieces_with_its_form(page: Page, gallery: Gallery, tmp_path: Path) -> None:
    card = tmp_path / "card.png"
    card.write_bytes(bytes(range(256)) * 5000)
    visit(page, gallery, "/patients/new")
    page.get_by_label("First name").fill("Robin")
    page.get_by_label("Last name").fill("Winterbourne")
    page.get_by_label("Born").fill("1991-04-02")
    page.locator("#card").set_input_files(card)
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".toast")).to_contain_text("with 1,280,000 bytes of files", timeout=PATIENCE)


def test_dark_light_and_system_are_remembered_and_figures_follow(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/")
    expect(page.locator("[data-slot] > *")).to_have_count(2, timeout=PATIENCE)
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    drawn(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[data-slot] > *")).to_have_count(2, timeout=PATIENCE)
    backgrounds = (
        "Bokeh.documents[0]._all_models ? [...Bokeh.documents[0]._all_models.values()]"
        ".filter(m => m.background_fill_color && m.xaxis !== undefined || m.type === 'Figure')"
        ".map(m => m.background_fill_color) : []"
    )
    assert set(page.evaluate(backgrounds)) == {"#161c1c"}


def test_selected_rows_are_counted_and_sent(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/claims")
    page.get_by_label("Select claim C-1041").check()
    page.get_by_label("Select claim C-1043").check()
    expect(page.locator("[data-selection-count]")).to_have_text("2 selected")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".toast")).to_contain_text("2 claims approved")


def test_a_bug_in_a_page_is_said_and_the_page_goes_on(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/parts")
    page.get_by_role("button", name="Break").click()
    expect(page.locator(".toast")).to_contain_text("Something broke on our side")
    page.locator("#count").click()
    expect(page.locator("#count")).to_contain_text("Arrived 1 times")


def test_help_lists_the_keys_of_the_page(page: Page, gallery: Gallery) -> None:
    visit(page, gallery, "/day")
    page.keyboard.press("?")
    expect(page.locator("#help [data-page-keys]")).to_contain_text("New appointment")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Tue, Mar 10, 2026", level=1)).to_be_visible(timeout=PATIENCE)
    assert page.url.endswith("/app/day?on=2026-03-10")


def test_on_a_phone_the_rail_is_a_drawer_and_the_bar_is_below(open_page: Callable[..., Page], gallery: Gallery) -> None:
    page = open_page(PHONE)
    visit(page, gallery, "/")
    expect(page.locator(".rail")).not_to_be_in_viewport()
    page.locator(".bottombar").get_by_role("link", name="Patients").click()
    expect(page.get_by_role("heading", name="Patients", level=1)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="More").click()
    expect(page.locator(".rail")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".rail")).not_to_be_in_viewport()
