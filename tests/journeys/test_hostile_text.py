"""Sixty hostile texts in every field, seen on every page by every role: none of them runs, with our policy or without.

Without: the browser is told to ignore the content security policy, so that only escaping holds them off.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, settled
from tests.journeys.hostile_text import PAYLOADS, spoil
from tests.journeys.served import Opens, Served, served_practice
from tests.journeys.test_every_page import from_the_page_before

pytestmark = pytest.mark.timeout(300)
SEEN_BY = {"front_desk": 20, "clinician": 20, "biller": 10, "manager": 20, "compliance": 10, "it": 0}
"""How many of the texts a role must at least come upon, so that the test looks at something."""
ALARM = """
window.__hit = () => { console.error('a hostile text ran') }
window.alert = window.__hit
"""
# What our own pages hold none of, wherever it may have come from.
FOREIGN = "main :is(script, iframe, object, embed, video, audio, marquee, base, meta, [onerror], [onload], [onfocus])"
LINKS = "links => [...new Set(links.map(link => link.getAttribute('href')))]"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A synthetic practice whose every typed text is hostile."""
    home = tmp_path_factory.mktemp("hostile") / "practice"
    with served_practice(home, before=lambda: spoil(home)) as found:
        yield found


def test_there_are_sixty_different_ones() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_under_our_policy_nothing_even_tries(served: Served, open_page: Opens) -> None:
    look_around(served.sign_in(alarmed(open_page(DESK)), "clinician"), "clinician")
    served.later(minutes=1)  # for the next code


@pytest.mark.parametrize("role", SEEN_BY)
def test_without_a_policy_nothing_that_somebody_typed_runs(role: str, served: Served, open_page: Opens) -> None:
    look_around(served.sign_in(alarmed(open_page(DESK, bypass_csp=True)), role), role)


def alarmed(page: Page) -> Page:
    """The page, in which whatever runs cries out; a cry fails the test."""
    page.context.add_init_script(ALARM)
    return page


def look_around(page: Page, role: str) -> None:
    """Every page in the rail, and the first two that the rows of each lead to."""
    rail = page.locator("nav.rail-nav a").evaluate_all(LINKS)
    seen, further = "", set[str]()
    for path in rail:
        from_the_page_before(page, path)
        seen += looked_over(page, path)
        found = page.locator("main a[href^='/app/']").evaluate_all(LINKS)
        further |= set([one for one in found if one.count("/") > 2 and one not in rail][:2])
    for path in sorted(further):
        page.goto(page.url.split("/app")[0] + path)
        expect(page.locator("main h1").first).to_be_visible(timeout=20_000)
        seen += looked_over(page, path)
    assert sum(one in seen for one in PAYLOADS) >= SEEN_BY[role]


def looked_over(page: Page, path: str) -> str:
    """Look for what does not belong there, touch what would run when touched; the text that is shown."""
    settled(page)
    page.locator("main :is(input, textarea, select, button, a, summary, [tabindex])").evaluate_all(
        "all => all.forEach(one => { one.focus(); one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})) })"
    )
    assert page.locator(FOREIGN).count() == 0, path
    return page.locator("body").inner_text()
