"""How long a page takes until a person can use it: a Panel hello-world, our shell and a Material page, side by side.

Milliseconds are medians, from the start of navigation until the content is there and answers; loopback, gzip, one
browser run. Cold is an empty browser cache, warm a second visit. Run it: `python -m bench.page_speed`.
"""

import argparse
import importlib.util
import multiprocessing
import os
import socket
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts.chromium import find

READY = """
(test) => new Promise((done, fail) => {
  const all = (root, out = []) => {
    for (const el of root.querySelectorAll('*')) { out.push(el); if (el.shadowRoot) all(el.shadowRoot, out) }
    return out
  }
  const tests = {
    hello: () => all(document).some(el => el.tagName === 'H1' && el.textContent.includes('Hello') && el.offsetHeight),
    words: () => document.documentElement.dataset.ready && document.querySelector('#main table tbody tr'),
    figures: () => document.documentElement.dataset.ready
      && [...document.querySelectorAll('[data-slot]')]
        .filter(slot => all(slot).some(el => el.tagName === 'CANVAS')).length === 2,
    material: () => all(document).filter(el => el.tagName === 'CANVAS' && el.offsetHeight > 50).length >= 2
      && all(document).some(el => el.tagName === 'H2' && el.textContent.includes('Overview') && el.offsetHeight),
    material_other: () => all(document)
      .some(el => el.tagName === 'H2' && el.textContent.includes('Patients') && el.offsetHeight),
    schedule: () => document.querySelector('#main .day-grid'),
  }
  const end = performance.now() + 30000
  const look = () => {
    if (tests[test]()) requestAnimationFrame(() => done(performance.now()))
    else if (performance.now() > end) fail(new Error(test))
    else requestAnimationFrame(look)
  }
  look()
})
"""


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds and kilobytes over the wire."""

    name: str
    cold: float
    warm: float
    change: float | None
    cold_kb: float
    warm_kb: float
    warm_runs: tuple[float, ...]


def serve(pipe: Connection) -> None:
    """Serve the three in a process of their own, so that the browser and Python do not share a lock."""
    import panel as pn
    from tornado.web import GZipContentEncoding

    from dashboards.gallery import gallery_server

    pn.extension()
    shell = gallery_server(_free_port())
    others: dict[str, Callable[[], Any]] = {"hello": lambda: pn.pane.Markdown("# Hello\n\nworld")}
    if importlib.util.find_spec("panel_material_ui"):
        others["material"] = _material_page
    plain = pn.io.server.get_server(
        others, port=_free_port(), address="127.0.0.1", show=False, start=False, transforms=[GZipContentEncoding]
    )
    shell.start()
    plain.start()
    pipe.send((shell.port, plain.port, sorted(others)))
    shell.io_loop.start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _material_page() -> Any:
    """The same first page made of a Material page, cards and buttons."""
    import panel as pn
    import panel_material_ui as pmui

    from dashboards import gallery_samples as samples

    content = pn.Column(sizing_mode="stretch_width")

    def show(name: str) -> None:
        if name == "Patients":
            content.objects = [pmui.Typography("Patients", variant="h2")]
            return
        numbers = pn.Row(*(pmui.Card(pmui.Typography(k.value, variant="h4"), title=k.label) for k in samples.kpis()))
        figures = pn.Row(samples.sessions_figure("light", 12), samples.aging_figure("light"))
        content.objects = [pmui.Typography("Overview", variant="h2"), numbers, figures]

    show("Overview")
    places = [pmui.Button(name=word, variant="text", sizing_mode="stretch_width") for word in ("Overview", "Patients")]
    for place in places:
        place.on_click(lambda event: show(event.obj.name))
    return pmui.Page(title="Practice", sidebar=places, main=[content])


def measure(
    browser: Browser, name: str, url: str, ready: str, change: Callable[[Any], None] | None, rounds: int
) -> Measured:
    """Open `url` with an empty cache and again, several times; `change` goes to another view and waits for it."""
    cold, warm, changes, cold_kb, warm_kb = [], [], [], 0.0, 0.0
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        took, cold_kb, _page = _open(context, url, ready)
        cold.append(took)
        for _ in range(2):
            took, warm_kb, page = _open(context, url, ready)
            warm.append(took)
        if change is not None:
            changes += [_timed(page, change) for _ in range(2)]
        context.close()
    middle = statistics.median
    return Measured(
        name, middle(cold), middle(warm), middle(changes) if changes else None, cold_kb, warm_kb, tuple(warm)
    )


def _open(context: BrowserContext, url: str, ready: str) -> tuple[float, float, Any]:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received = [0.0]
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.webSocketFrameReceived", lambda event: received.append(len(event["response"]["payloadData"])))
    page.goto(url, wait_until="commit")
    took = float(page.evaluate(READY, ready))
    page.wait_for_timeout(250)
    return took, sum(received) / 1024, page


def _timed(page: Any, change: Callable[[Any], None]) -> float:
    start = float(page.evaluate("performance.now()"))
    change(page)
    return float(page.evaluate("performance.now()")) - start


def _go(ready: str, label: str) -> Callable[[Any], None]:
    """Click a place in our rail and wait for it, inside the browser, so that the driver's own time is not counted."""
    click = f"[...document.querySelectorAll('.rail a')].find(a => a.textContent.includes('{label}')).click()"
    return lambda page: page.evaluate(f"async () => {{ {click}; await ({READY})('{ready}') }}")


def _there_and_back(page: Any) -> None:
    _go("schedule", "Schedule")(page)


def main(rounds: int = 5) -> list[Measured]:
    """Measure and print a table."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    shell, plain, others = ours.recv()
    found = []
    with sync_playwright() as playwright:
        executable = find(os.environ, Path.home())
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        found.append(measure(browser, "Panel hello-world", f"http://127.0.0.1:{plain}/hello", "hello", None, rounds))
        at = f"http://127.0.0.1:{shell}/app"
        found.append(measure(browser, "our shell, a list", at + "/patients", "words", _there_and_back, rounds))
        found.append(measure(browser, "our shell, numbers and 2 figures", at, "figures", _list_and_figures, rounds))
        if "material" in others:
            url = f"http://127.0.0.1:{plain}/material"
            found.append(measure(browser, "Material page, the same", url, "material", _material_change, rounds))
        browser.close()
    server.terminate()
    _print(found)
    return found


def _list_and_figures(page: Any) -> None:
    if page.locator("[data-slot]").count():
        _go("words", "Patients")(page)
    else:
        _go("figures", "Overview")(page)


def _material_change(page: Any) -> None:
    page.get_by_role("button", name="Patients").click()
    page.evaluate(READY, "material_other")


def _print(found: list[Measured]) -> None:
    hello = found[0].warm
    print(f"{'':34}{'cold':>8}{'warm':>8}{'x hello':>9}{'change':>8}{'x hello':>9}{'KB cold':>9}{'KB warm':>9}")
    for one in found:
        change = f"{one.change:8.0f}{one.change / hello:9.2f}" if one.change is not None else f"{'–':>8}{'–':>9}"
        print(
            f"{one.name:34}{one.cold:8.0f}{one.warm:8.0f}{one.warm / hello:9.2f}{change}"
            f"{one.cold_kb:9.0f}{one.warm_kb:9.0f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    main(parser.parse_args().rounds)
