"""A clinician writes a plan and signs it, a note names what it served, and the golden thread shows both and the gap."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)
AIM = "Sleeps seven hours on five nights"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("plans") / "practice") as running:
        yield running


def test_the_thread_runs_from_the_plan_to_the_note(served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), "clinician")
    caseload(served, page)
    page.goto(f"{served.address}/app/my-day")
    page.locator("main a[href*='/notes/']").first.click()
    expect(page.get_by_role("button", name="Sign…")).to_be_visible()
    note = page.url
    page.get_by_role("link", name="Golden thread").click()
    expect(page.get_by_role("region", name="Gaps")).to_be_visible()
    page.get_by_role("link", name="Treatment plan").first.click()
    write(page)
    sign(page)
    page.goto(note)
    name_it(page)
    page.get_by_role("link", name="Golden thread").click()
    shown(page, note)
    telephone = open_page(PHONE, dark=True)
    telephone.context.add_cookies(page.context.cookies())
    on_a_telephone(telephone, page.url)


def caseload(served: Served, page: Page) -> None:
    """Who has no plan, and whose is due."""
    page.goto(f"{served.address}/app/caseload")
    page.get_by_role("tab", name="Treatment plans").click()
    expect(page.get_by_text("No plan").first).to_be_visible()
    looked_at(page, "plans-1-caseload")


def write(page: Page) -> None:
    """What is missing is marked; a part more is added and taken away; what is typed is kept over a reload."""
    page.get_by_role("button", name=re.compile("Write a plan|Review it…")).click()
    expect(page.get_by_role("button", name="Sign…")).to_be_visible()
    page.get_by_label("Strengths").fill("")
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_text("Say what helps them.")).to_be_visible()
    page.get_by_role("button", name="Add a goal").first.click()
    page.get_by_role("button", name="Take goal 2 away").click()
    expect(page.get_by_role("region", name="Goal 2")).to_have_count(0)
    problem = page.get_by_role("region", name="Problem 1")
    problem.get_by_label("What is treated").fill("Worry and bad sleep")
    problem.get_by_label("Diagnoses").fill("F51.01")
    problem.get_by_label("What they want, in their words").fill("“I want my nights back.”")
    one = problem.get_by_role("region", name="Objective 1")
    one.get_by_label("What is to be reached").fill(AIM)
    one.get_by_label("Target in words").fill("Five nights of seven")
    one.get_by_label("Measured by").select_option(label="GAD-7")
    one.get_by_label("Total to come to").fill("9")
    one.get_by_label("What is done").fill("CBT-I, individual, weekly")
    for label in ("Strengths", "Services", "Treatment is done when", "How they took part"):
        page.get_by_label(label).fill(f"{label}: as agreed")
    expect(page.locator("[data-autosave-says]")).to_contain_text(re.compile("^Saved"), timeout=15_000)
    page.reload()
    expect(page.get_by_label("What is to be reached").first).to_have_value(AIM)
    looked_at(page, "plans-2-editor")


def sign(page: Page) -> None:
    """Once asked, it is locked."""
    page.get_by_role("button", name="Sign…").click()
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_role("button", name="Sign…")).to_have_count(0)
    expect(page.get_by_text("Unchanged since it was signed")).to_be_visible()
    expect(page.locator("main")).to_contain_text(AIM)
    looked_at(page, "plans-3-signed")


def name_it(page: Page) -> None:
    """A note that names nothing is told so before the signature; then it names the objective."""
    page.get_by_label("Assessment").fill("Less worried; sleeps longer.")
    page.get_by_label("Plan", exact=True).fill("Go on weekly.")
    page.get_by_label("Diagnoses").fill("F51.01, F41.1")
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_role("dialog")).to_contain_text("names no objective")
    page.get_by_role("button", name="Go back").click()
    page.get_by_role("checkbox", name=AIM).check()
    looked_at(page, "plans-4-note")
    page.get_by_role("button", name="Sign…").click()
    expect(page.get_by_role("dialog")).not_to_contain_text("names no objective")
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("Objectives served")).to_be_visible()
    looked_at(page, "plans-5-note-locked")


def shown(page: Page, note: str) -> None:
    """The note stands at its objective, and what leads nowhere is spelled out."""
    objective = page.locator(".plan-objective").filter(has_text=AIM)
    expect(objective.locator(f"a[href='{note[note.index('/app') :]}']")).to_be_visible()
    gaps = page.get_by_role("region", name="Gaps")
    expect(gaps).to_contain_text("The diagnosis F41.1 of the newest note stands for no problem.")
    looked_at(page, "plans-6-thread")


def on_a_telephone(page: Page, thread: str) -> None:
    """Both pages in a narrow, dark window."""
    page.goto(thread)
    expect(page.get_by_role("region", name="Gaps")).to_be_visible()
    looked_at(page, "plans-7-thread-phone")
    page.get_by_role("link", name="Treatment plan").first.click()
    page.get_by_role("button", name="Review it…").click()
    expect(page.get_by_role("button", name="Sign…")).to_be_visible()
    looked_at(page, "plans-8-editor-phone")
