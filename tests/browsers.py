"""A Chromium that cannot leave this machine, and pages that fail their test by themselves.

A console error, an error in a script, a breach of the content security policy or a request to another host fails the
test at its end, seen by it or not.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket, sync_playwright

from scripts.chromium import INSTALL_IT, find

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Whatever a page asks for by name does not exist, so that nothing leaves even if a test forgets to look.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
OURS = frozenset({"127.0.0.1", "localhost", "[::1]", "::1", ""})
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FAILURES = Path("test-results")

_TELL_OF_POLICY = """
addEventListener('securitypolicyviolation',
    event => console.error(`Content security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watch:
    """What went wrong in the pages of one test. `expected`: patterns of console errors that the test means to cause."""

    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch this page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"error in a script: {error}"))
        page.on("request", self._request)
        page.on("websocket", self._socket)

    def unexpected(self) -> list[str]:
        """The problems that no pattern expects."""
        return [seen for seen in self.problems if not any(re.search(pattern, seen) for pattern in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        self._host(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._host(socket.url)

    def _host(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss", "ftp") and (address.hostname or "") not in OURS:
            self.problems.append(f"a request to another host: {url}")


_STILL = """
async () => {
    await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))
    const ending = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(one => one.finished))
}
"""


def settled(page: Page) -> None:
    """Wait until the page is painted and whatever moves in it for a while has come to rest."""
    page.evaluate(_STILL)


_AXE = Axe().axe_script


def serious(page: Page) -> list[str]:
    """What axe finds on the page that is serious or critical.

    What passes it need not list, and nothing it need fetch once more: only rules about films and turned screens read
    that, which no page of ours has and which are off by default.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser stay together by file: two workers, two browsers at most."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(f"browser {item.path.stem}"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep how the test ended, for the page that is to be photographed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call":
        item.stash[_FAILED] = report.failed


_FAILED = pytest.StashKey[bool]()


# A module, not the session: Playwright's loop runs in the main thread, where later tests may want one of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    executable = find(os.environ, Path.home())
    if executable is None:
        pytest.fail(INSTALL_IT)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Watch:
    """What went wrong in the test's pages; add to `expected` what is meant to."""
    return Watch()


@pytest.fixture
def open_page(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser profile of its own: `open_page(PHONE, dark=True)` is another person's telephone."""
    contexts: list[BrowserContext] = []

    def opened(
        viewport: dict[str, int] = DESK, *, dark: bool = False, base_url: str | None = None, bypass_csp: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            base_url=base_url,
            bypass_csp=bypass_csp,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="America/New_York",
        )
        contexts.append(context)
        context.add_init_script(_TELL_OF_POLICY)
        context.on("page", watch.over)
        return context.new_page()

    yield opened
    if request.node.stash.get(_FAILED, False):
        _photograph(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert not watch.unexpected(), "\n".join(watch.unexpected())


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One watched page at a desk."""
    return open_page()


def _photograph(contexts: list[BrowserContext], name: str) -> None:
    """What the pages of a failed test showed, kept in `test-results`."""
    FAILURES.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=FAILURES / f"{re.sub(r'[^A-Za-z0-9_]+', '-', name)}-{number}.png")
