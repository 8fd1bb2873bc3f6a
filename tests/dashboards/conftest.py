"""The gallery in a process of its own, so that the browser's test and the server do not share a thread."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from playwright.sync_api import Page

PATIENCE = 20_000
"""Milliseconds until something that should come is missed. Not a measure of speed."""


def _serve(pipe: Connection) -> None:
    import panel as pn

    from dashboards.gallery import QuietSockets, gallery_server

    pn.extension()
    server = gallery_server()
    server.start()

    def orders() -> None:
        while pipe.poll():
            if pipe.recv() == "cut":
                for handler in list(QuietSockets.open_now):
                    handler.close()

    from tornado.ioloop import PeriodicCallback

    PeriodicCallback(orders, 20).start()
    pipe.send(server.port)
    server.io_loop.start()


class Gallery:
    """Where the gallery is, and how to cut its lines."""

    def __init__(self, port: int, pipe: Connection) -> None:
        self.address = f"http://127.0.0.1:{port}/app"
        self._pipe = pipe

    def cut(self) -> None:
        """Close every socket, as a network does."""
        self._pipe.send("cut")


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    """The gallery, served."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    assert ours.poll(60), "the gallery did not start"
    yield Gallery(ours.recv(), ours)
    process.terminate()
    process.join(10)


def visit(page: Page, gallery: Gallery, path: str) -> None:
    """Open a path of the gallery and wait until it is there and answers."""
    page.goto(gallery.address + path)
    drawn(page)


def turn_to(page: Page, path: str) -> None:
    """Another path from the page that is open, as by the browser's own back and forward; no document is loaded."""
    page.evaluate(
        "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate', { state: {} })) }",
        f"/app{path}",
    )
    page.wait_for_selector(f"#main:not([aria-busy]) [data-view='{path}']", timeout=PATIENCE)


def drawn(page: Page) -> None:
    """Wait until the shell is connected and its page is drawn."""
    page.wait_for_selector("html[data-ready]", timeout=PATIENCE)
    page.wait_for_selector("#main:not([aria-busy]) [data-view]:not([data-view='#opening'])", timeout=PATIENCE)


PICTURES = Path("test-results")
