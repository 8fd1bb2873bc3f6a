"""A synthetic practice served by a process of its own, and people who sign in to it."""

import atexit
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pyotp
from playwright.sync_api import Locator, Page, expect

from tests.browsers import serious, settled
from tests.journeys.on_a_wednesday import BEGINS
from workbench.demo.accounts import PASSWORD, SEED

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "test-results" / "journey"


@dataclass
class Served:
    """The address, the folder, and what the server's clock shows."""

    address: str
    home: Path
    log: Path
    skipped: Path
    started: datetime
    minutes: int = 0

    def clock(self) -> datetime:
        """Near enough to the server's clock for codes that are good for half a minute and the one before."""
        return BEGINS + timedelta(minutes=self.minutes) + (datetime.now(UTC) - self.started)

    def later(self, minutes: int) -> None:
        """Let time pass in the practice. Whoever was signed in for long is signed out by it."""
        self.minutes += minutes
        # In one step: the server reads the file whenever it looks at its clock, and never half of it.
        written = self.skipped.with_suffix(".next")
        written.write_text(str(self.minutes))
        written.replace(self.skipped)

    def code(self) -> str:
        """What everybody's generator shows now."""
        return pyotp.TOTP(SEED).at(self.clock())

    def sign_in(self, page: Page, role: str) -> Page:
        """As a person does: address, password, code; ends where their first page stands."""
        page.goto(f"{self.address}/app")
        page.get_by_label("Email").fill(f"{role}@example.test")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        page.get_by_label(re.compile("code", re.IGNORECASE)).fill(self.code())
        page.keyboard.press("Enter")
        # The page of the code has a heading too: whoever goes on from there breaks off the way in.
        expect(page).to_have_url(re.compile(f"{re.escape(self.address)}/app"), timeout=20_000)
        expect(page.locator("main h1")).to_be_visible(timeout=20_000)
        return page


@cache
def _made() -> Path:
    """A small synthetic practice, made once a worker and copied for each file of tests."""
    home = Path(tempfile.mkdtemp(prefix="journey")) / "practice"
    atexit.register(shutil.rmtree, home.parent)
    skipped = home.parent / "skipped"
    skipped.write_text("0")
    command = [sys.executable, "-m", "tests.journeys.on_a_wednesday", str(skipped), "demo", "--home", str(home)]
    command.append("--make-only")
    subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return home


@contextmanager
def served_practice(home: Path, *options: str, before: Callable[[], object] = lambda: None) -> Iterator[Served]:
    """`workbench demo` until the block ends; it must end by itself when asked to. before: done to its folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, skipped = home.parent / f"{home.name}.log", home.parent / f"{home.name}.skipped"
    skipped.write_text("0")
    shutil.copytree(_made(), home)
    before()
    arguments = [str(skipped), "demo", "--home", str(home), "--port", str(port), *options]
    command = [sys.executable, "-m", "tests.journeys.on_a_wednesday", *arguments]
    with log.open("w") as out:
        started = datetime.now(UTC)
        server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            yield Served(_address(log, server), home, log, skipped, started)
        finally:
            server.terminate()
            code = server.wait(timeout=30)
    said = log.read_text()
    assert code == 0, said
    assert "Traceback" not in said, said


def _address(log: Path, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found:
            return found.group()
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError("the server did not start within a minute: " + log.read_text())


def picture(page: Page, name: str) -> None:
    """Keep how the page looks, for the one who reads the test's results."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def booking(page: Page, letters: str) -> tuple[Locator, str]:
    """The booking dialog with the first person chosen whom these letters find; it and the person's name."""
    page.get_by_role("button", name="Book", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(letters)
    hit = dialog.get_by_role("list", name="Found").get_by_role("button").first
    name = hit.locator("strong").inner_text()
    hit.click()
    return dialog, name


def accessible(page: Page) -> None:
    """Nothing serious for axe once the page stands still, and nothing that sticks out sideways."""
    settled(page)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def looked_at(page: Page, name: str) -> None:
    """Kept as a picture, and accessible."""
    picture(page, name)
    accessible(page)


Opens = Callable[..., Page]
