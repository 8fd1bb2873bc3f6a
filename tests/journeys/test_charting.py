"""A trainee's note goes to the supervisor and back and is added to on paper; a note kept apart opens for one person."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsers import DESK, PHONE
from tests.journeys.a_trainee import with_a_trainee
from tests.journeys.served import Opens, Served, looked_at, picture, served_practice

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning, whose first clinician is a trainee."""
    home = tmp_path_factory.mktemp("charting") / "practice"
    with served_practice(home, before=lambda: with_a_trainee(home)) as running:
        yield running


def test_a_trainees_note_is_given_back_revised_cosigned_and_added_to(served: Served, open_page: Opens) -> None:
    trainee = served.sign_in(open_page(DESK), "clinician")
    trainee.locator(".due-list a").first.click()
    write(trainee, "Calm and well oriented.")
    sign_for_review(trainee)
    note = trainee.url
    supervisor = served.sign_in(open_page(PHONE, dark=True), "supervisor")
    give_back(served, supervisor)
    trainee.goto(note)
    expect(trainee.get_by_text("Say how risk was asked about.")).to_be_visible()
    write(trainee, "Calm and well oriented; asked about risk, none.")
    served.later(6)
    sign_for_review(trainee, served)
    cosign(served, supervisor)
    trainee.goto(note)
    add_to(trainee)
    on_paper(trainee)


def write(page: Page, words: str) -> None:
    """What the note still needs."""
    page.get_by_label("Assessment").fill(words)
    page.get_by_label("Plan", exact=True).fill("Meet again next week.")
    page.get_by_label("Diagnoses").fill("F41.1")


def sign_for_review(page: Page, served: Served | None = None) -> None:
    """Signed is not locked here, and the question says so. served: minutes have passed, so it asks who signs."""
    page.get_by_role("button", name="Sign…").click()
    dialog = page.get_by_role("dialog", name="Sign this note?")
    expect(dialog).to_contain_text("It waits for your supervisor's signature")
    dialog.get_by_role("button", name="Sign it").dblclick()
    if served is not None:
        prove(served, page, "charting-0-who-signs")
    expect(page.get_by_text("It waits for the co-signature of a supervisor.")).to_be_visible()
    expect(page.locator("main textarea")).to_have_count(0)


def open_waiting(served: Served, page: Page) -> None:
    """The one record that waits."""
    page.goto(f"{served.address}/app/to-cosign")
    looked_at(page, "charting-1-to-cosign")
    page.locator("main tr[data-go], main [data-go]").first.click()
    expect(page.get_by_role("button", name="Co-sign…")).to_be_visible()


def give_back(served: Served, page: Page) -> None:
    """Not without a word on what is to be revised."""
    open_waiting(served, page)
    page.get_by_role("button", name="Give it back…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Give it back").click()
    expect(dialog.locator(".field-error:visible")).to_have_count(1)
    dialog.get_by_label("What is to be revised").fill("Say how risk was asked about.")
    looked_at(page, "charting-2-give-back")
    dialog.get_by_role("button", name="Give it back").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()


def cosign(served: Served, page: Page) -> None:
    """Not without saying what is vouched for."""
    open_waiting(served, page)
    page.get_by_role("button", name="Co-sign…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Co-sign and lock").click()
    expect(dialog.locator(".field-error:visible")).to_have_count(1)
    dialog.get_by_label("I read this record and agree with it.").check()
    dialog.get_by_role("button", name="Co-sign and lock").dblclick()
    prove(served, page, "charting-2-who-cosigns")
    expect(page.get_by_text("Nothing waits")).to_be_visible()


def add_to(page: Page) -> None:
    """The locked note takes no more text, only an entry of its own."""
    expect(page.get_by_text("Co-signed")).to_be_visible()
    expect(page.locator("main textarea")).to_have_count(0)
    page.get_by_role("button", name="Add to it…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why it is added").fill("Forgotten on the day")
    dialog.get_by_role("textbox", name="Entry").fill("The brother was mentioned too.")
    dialog.get_by_role("button", name="Sign and add it").dblclick()
    expect(page.get_by_role("region", name="Addendum 1")).to_contain_text("The brother was mentioned too.")
    expect(page.get_by_role("region", name="Addendum 2")).to_have_count(0)
    looked_at(page, "charting-3-addendum")


def on_paper(page: Page) -> None:
    """Both signatures and the entry, behind the original."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Print").click()
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(Path(saved.value.path()).read_bytes())).pages)
    for said in ("asked about risk, none.", "Signed", "Co-signed", "Addendum", "The brother was mentioned too."):
        assert said in text
    assert text.index("asked about risk") < text.index("The brother was mentioned")


def test_a_card_is_put_in_by_the_office(served: Served, open_page: Opens) -> None:
    desk = served.sign_in(open_page(PHONE, dark=True), "front_desk")
    open_file(served, desk)
    desk.get_by_role("link", name="Documents").click()
    desk.get_by_role("button", name="Put a file in…").click()
    dialog = desk.get_by_role("dialog")
    choose = dialog.locator("input[type=file]")
    dialog.get_by_label("What it is").fill("Insurance card")
    dialog.get_by_label("Kind").select_option("identification")
    choose.set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": b"<html><script>x</script>"})
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog.locator(".field-error:visible")).to_contain_text("This is no file that is kept here")
    looked_at(desk, "charting-7-refused")
    choose.set_input_files({"name": "card.html", "mimeType": "text/html", "buffer": b"Member 0000, synthetic."})
    dialog.get_by_role("button", name="Put it in").dblclick()
    row = desk.locator("main tr", has_text="Insurance card")
    expect(row).to_have_count(1)
    row.click()
    expect(dialog).to_contain_text("Member 0000, synthetic.")
    looked_at(desk, "charting-8-document")
    with desk.expect_download() as saved:
        dialog.get_by_role("button", name="Save", exact=True).click()
    assert Path(saved.value.path()).read_bytes() == b"Member 0000, synthetic."


def open_file(served: Served, page: Page) -> None:
    """The file of the first person found."""
    page.goto(f"{served.address}/app/patients")
    page.locator("main").get_by_role("searchbox").fill("re")
    page.locator("main a[href*='/patients/pat_']").first.click()


def test_a_psychotherapy_note_is_its_authors_alone(served: Served, open_page: Opens) -> None:
    served.later(1)
    author = served.sign_in(open_page(DESK), "clinician")
    open_file(served, author)
    author.get_by_role("button", name="Notes").or_(author.get_by_role("tab", name="Notes")).first.click()
    author.get_by_role("link", name="Psychotherapy notes").click()
    expect(author.get_by_text("No notes of this kind yet")).to_be_visible()
    looked_at(author, "charting-4-none")
    begin(author)
    words = author.locator("main textarea")
    words.fill("The house in the dream again. Takes 20 mg.")
    expect(author.get_by_text("This seems to hold medication")).to_be_visible(timeout=15_000)
    looked_at(author, "charting-5-apart")
    words.fill("The house in the dream again.")
    author.get_by_role("button", name="Close").click()  # at once: what was typed is saved first
    expect(words).to_have_count(0)
    path = author.url
    with_a_code(served, author)
    others(served, open_page, path)


def begin(page: Page) -> None:
    """Of a session that is said."""
    page.get_by_role("button", name="New note").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Begin").click()
    expect(dialog.get_by_text("Please choose one.")).to_be_visible()
    dialog.get_by_label("Session").select_option(index=1)
    dialog.get_by_role("button", name="Begin").dblclick()
    expect(page.locator("main textarea")).to_be_visible()


def with_a_code(served: Served, page: Page) -> None:
    """After some minutes the words ask for a factor again, and open in the same go."""
    served.later(6)
    page.get_by_role("button", name="Open", exact=True).click()
    prove(served, page, "charting-6-code")
    expect(page.locator("main textarea")).to_have_value("The house in the dream again.")


def prove(served: Served, page: Page, name: str) -> None:
    """A code into the dialog that asks for one; what was pressed goes on by itself."""
    proof = page.locator("#step-up")
    expect(proof).to_be_visible()
    picture(page, name)
    proof.locator("input[name=code]").fill(served.code())
    page.keyboard.press("Enter")
    expect(proof).to_be_hidden()


def others(served: Served, open_page: Opens, path: str) -> None:
    """Whoever has the address has nothing by it."""
    for role in ("supervisor", "compliance", "owner"):
        page = served.sign_in(open_page(DESK), role)
        page.goto(path)
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("house in the dream")
        expect(page.get_by_role("button", name="Open", exact=True)).to_have_count(0)
        served.later(1)
