"""The watched page: it shows what it is given, and tells on what it must not do."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGES = {
    "/quiet": "<h1>Nothing wrong</h1>",
    "/loud": "<script>console.error('a loud thing')</script>",
    "/broken": "<script>nobody.home()</script>",
    "/away": "<img src='http://elsewhere.test/x.png'>",
    "/unsafe": "<script>document.title = 'ran'</script>",
}
DOCUMENT = "<!doctype html><html lang=en><title>A page</title><link rel=icon href=data:,>"


class Answers(BaseHTTPRequestHandler):
    """Serves the pages above; the unsafe one under a policy that forbids its script."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/unsafe":
            self.send_header("Content-Security-Policy", "script-src 'none'")
        self.end_headers()
        self.wfile.write((DOCUMENT + PAGES[self.path]).encode())

    def log_message(self, format, *arguments):
        """Quiet: the test's output is its own."""


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_without_fault_passes(page, watch, address):
    page.goto(f"{address}/quiet")
    assert page.get_by_role("heading").inner_text() == "Nothing wrong"
    assert watch.unexpected() == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/loud", "a loud thing"),
        ("/broken", "error in a script.*nobody"),
        ("/away", "another host.*elsewhere"),
        ("/unsafe", "Content security policy: script-src"),
    ],
)
def test_a_fault_of_a_page_is_told(page, watch, address, path, told):
    page.goto(f"{address}{path}", wait_until="load")
    watch.expected += ["a loud thing", "nobody", "elsewhere", "ERR_NAME_NOT_RESOLVED", "(?i)content security policy"]
    page.evaluate("1")
    assert any(re.search(told, seen) for seen in watch.problems), watch.problems
    assert page.title() != "ran"


def test_two_pages_of_a_test_are_two_people(open_page, address):
    first, second = open_page(base_url=address), open_page({"width": 390, "height": 844}, dark=True, base_url=address)
    for page in (first, second):
        page.goto("/quiet")
    first.evaluate("localStorage.setItem('who', 'first')")
    assert second.evaluate("localStorage.getItem('who')") is None
    assert second.evaluate("matchMedia('(prefers-color-scheme: dark)').matches && innerWidth") == 390
