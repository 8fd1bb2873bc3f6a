"""A group session from My day to signed notes: who was missing, what all share, each one's own, one signature."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(240)
LEADER = "anise.beechglade"
"""The third clinician, who leads the group."""
WEEK_LATER = (7 * 24 + 10) * 60
"""Minutes from the Wednesday morning until after the group's first session, half past six to eight."""
OWN = (
    "Spoke first today and stayed in the room when it became loud.",
    "Listened more than before, named one wish aloud.",
    "Came late, practised twice, laughed about it.",
    "Was tired, and still answered everybody who asked.",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday, a week on."""
    with served_practice(tmp_path_factory.mktemp("group") / "practice") as running:
        running.later(WEEK_LATER)
        yield running


def test_a_group_session_becomes_notes_of_each_own(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), LEADER)
    page.goto(f"{served.address}/app/my-day")
    page.get_by_role("link", name="Group note").first.click()
    members = page.get_by_role("list", name="Members")
    expect(members.get_by_role("listitem")).to_have_count(5)
    members.get_by_role("listitem").last.get_by_role("button", name=re.compile("no-show")).click()
    expect(page.get_by_text("Marked as a no-show")).to_be_visible()
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_text("Not ready to sign: 4 members and the shared part.").first).to_be_visible()
    page.get_by_label("What the group did").fill("Practised saying no in pairs, then in the round.")
    page.get_by_label("What comes next").fill("Next week: asking for help.")
    waiting = members.get_by_role("listitem").filter(has=page.get_by_role("button", name=re.compile("^Write about")))
    expect(waiting).to_have_count(4)
    for at, words in enumerate(OWN):
        write_about(page, waiting.nth(at), words)
    looked_at(page, "group-note-1-ready")
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_role("dialog")).to_contain_text("Sign 4 notes?")
    looked_at(page, "group-note-2-ask")
    page.get_by_role("dialog").get_by_role("button", name="Sign 4 notes").dblclick()
    expect(page.get_by_text("Nothing is left to sign.")).to_be_visible(timeout=20_000)
    members.get_by_role("link", name="Read").first.click()
    expect(page).to_have_url(re.compile("/notes/"))
    note = page.get_by_role("article", name="Signed note")
    expect(note).to_contain_text("Practised saying no in pairs, then in the round.")
    expect(note).to_contain_text("Unchanged since it was signed")
    on_a_telephone(served, open_page(PHONE, dark=True))


def write_about(page: Page, line: Locator, words: str) -> None:
    """Open one member, type, and go on to the next: what is typed is saved by it."""
    button = line.get_by_role("button", name=re.compile("^Write about"))
    if button.get_attribute("aria-disabled") != "true":
        button.click()
    expect(line).to_have_attribute("aria-current", "true")
    expect(page.locator("#own textarea[name=assessment]")).to_have_value("")
    page.locator("#own textarea[name=assessment]").fill(words)
    diagnoses = page.locator("#own input[name=diagnoses]")
    if not diagnoses.input_value():
        diagnoses.fill("F41.1")


def on_a_telephone(served: Served, phone: Page) -> None:
    """The signed session on a small, dark screen."""
    served.later(1)
    served.sign_in(phone, LEADER)
    phone.goto(f"{served.address}/app/groups")
    phone.get_by_role("row", name=re.compile("Skills")).get_by_role("button", name="Open").click()
    phone.get_by_role("dialog").get_by_role("link", name=re.compile("^Group note of")).click()
    expect(phone.get_by_text("Nothing is left to sign.")).to_be_visible()
    looked_at(phone, "group-note-3-phone")
