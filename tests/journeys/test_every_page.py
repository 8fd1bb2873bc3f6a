"""Every page of every role, on a desk and on a telephone, light and dark: nothing serious for axe, nothing cut off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE, serious, settled
from tests.journeys.served import Opens, Served, picture, served_practice

pytestmark = pytest.mark.timeout(300)
ROLES = ("front_desk", "clinician", "biller", "manager", "owner", "compliance", "it")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("pages") / "practice") as found:
        yield found


@pytest.mark.parametrize("role", ROLES)
def test_pages_of(role: str, served: Served, open_page: Opens) -> None:
    page = served.sign_in(open_page(DESK), role)
    paths = page.locator("nav.rail-nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert paths
    for number, (viewport, width, scheme) in enumerate(LOOKS):
        # Before the page is opened: colours that change under axe are half of one theme and half of the other.
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in paths:
            by_its_address(page, served.address + path) if number == 0 else from_the_page_before(page, path)
            settled(page)
            picture(page, f"page-{role}{path.replace('/', '-')}-{width}-{scheme}")
            look_at(page, f"{role} {path} {width} {scheme}")


def by_its_address(page: Page, address: str) -> None:
    """As from a bookmark."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"
    expect(page.locator("main h1").first).to_be_visible(timeout=20_000)


def from_the_page_before(page: Page, path: str) -> None:
    """As by the link in the rail, which a telephone keeps in a drawer."""
    page.locator(f"nav.rail-nav a[href='{path}']").evaluate("link => link.click()")
    view = path.removeprefix("/app")
    expect(page.locator(f"main > [data-view='{view}'], main > [data-view^='{view}?']").first).to_be_visible(
        timeout=20_000
    )
    expect(page.locator("main h1").first).to_be_visible(timeout=20_000)


def look_at(page: Page, where: str) -> None:
    """No serious finding of axe, and nothing that must be scrolled sideways to be seen."""
    found = serious(page)
    assert not found, f"{where}: {found}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 1, f"{where}: {overflow} pixels stick out"


# Width and colours are independent of each other: two of the four show both of each.
LOOKS = ((DESK, "desk", "light"), (PHONE, "phone", "dark"))
