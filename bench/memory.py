"""What the server of a small practice holds in memory: at start, and for each page that somebody has open."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.measuring import Section
from scripts.chromium import find
from workbench.demo.accounts import PASSWORD, code_at

PAGES = 20
ROUNDS = 5
MOST_SECONDS = 240
LET_GO_SECONDS = 300
"""Within this time what closed pages took is to be free again, to a fifth (threat A13)."""


def report(rounds: int = 1) -> Section:  # noqa: ARG001 - one run is enough: memory does not jitter as time does
    """Resident megabytes before anybody signs in, after the first page, after twenty more, and once all are closed."""
    with _server() as (process, address), sync_playwright() as playwright:
        started = _megabytes(process.pid)
        browser = playwright.chromium.launch(executable_path=find(os.environ, Path.home()), args=["--no-sandbox"])
        context = browser.new_context()
        _sign_in(context, address)
        first = _megabytes(process.pid)
        pages = [_open(context, address) for _ in range(PAGES)]
        after = _megabytes(process.pid)
        for _ in range(ROUNDS):
            for page in pages:
                page.close()
            pages = [_open(context, address) for _ in range(PAGES)]
        often = _megabytes(process.pid)
        browser.close()
        closed, seconds = _let_go(process.pid, first * 1.2)
    rows = (
        ("after the start, mirror built", f"{started:.0f} MB"),
        ("first page open", f"{first:.0f} MB"),
        (f"{PAGES} more pages open", f"{after:.0f} MB"),
        ("for each open page", f"{(after - first) / PAGES:.1f} MB"),
        (f"{PAGES} open after {PAGES * ROUNDS} were closed", f"{often:.0f} MB"),
        (f"all closed, {seconds:.0f} s later", f"{closed:.0f} MB, {closed / first:.2f} times the first page"),
    )
    says = "Resident memory of the one process that serves, mirrors and works in the background, on the small practice."
    return Section("Memory of the server", ("", "resident"), rows, says)


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/app")
    page.wait_for_selector("html[data-ready]")
    return page


def _let_go(pid: int, wanted: float) -> tuple[float, float]:
    """Megabytes once they are down to `wanted`, or at the end of the time there is; and the seconds that took."""
    begun = time.monotonic()
    while (held := _megabytes(pid)) > wanted and time.monotonic() - begun < LET_GO_SECONDS:
        time.sleep(1)
    return held, time.monotonic() - begun


@contextmanager
def _server() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "workbench", "demo", "--home", f"{folder}/practice", "--port", str(port)]
        # Made by another process, or what the making left behind would hide what the pages take.
        subprocess.run([*command, "--make-only"], check=True, stdout=subprocess.DEVNULL)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            _wait_until_ready(process, f"http://127.0.0.1:{port}", Path(folder) / "practice" / "mirror" / "current")
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, mirror: Path) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).close()
            if mirror.exists():
                return
        except (urllib.error.URLError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _sign_in(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#email", "manager@example.test")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector("input[name=code]")
    page.fill("input[name=code]", code_at(datetime.now(UTC)))
    page.click("button[type=submit]")
    page.wait_for_selector("html[data-ready]", timeout=60_000)


def _megabytes(pid: int) -> float:
    """Resident set of a process (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no resident size")


if __name__ == "__main__":
    print(report().markdown())
