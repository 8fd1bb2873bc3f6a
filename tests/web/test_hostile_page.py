"""A page of somebody else, in the browser of a person who is signed in here (threat A2).

It lies on another port of the same host, so that the browser sends the cookies along: only what the server makes of the
request holds it off.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import Watch
from tests.factories.small_practice import every_row
from tests.web.edge import Edge
from workbench.gate.actor import Role
from workbench.web.desk import SignInDesk
from workbench.web.doors import sign_in_routes
from workbench.web.doorway import Doorway

pytestmark = pytest.mark.engines("sqlcipher")

STATES = ("posted", "fetched", "loaded", "listened")
PAGE = """<!doctype html><meta charset="utf-8"><title>A prize</title>
<p id="state">waiting</p><p id="read"></p>
%(frames)s%(forms)s
<script>
const server = "%(server)s", paths = %(paths)s, done = [], read = []
const say = what => { done.push(what); document.getElementById("state").textContent = done.sort().join(" ") }
const tell = what => { read.push(what); document.getElementById("read").textContent = read.join("; ") }
const all = (calls, what) => Promise.allSettled(calls).then(() => say(what))

document.querySelectorAll("form").forEach(form => form.submit())
setTimeout(() => say("posted"), 300)

all(paths.flatMap(path => ["cors", "no-cors"].map(mode =>
    fetch(server + path, {method: "POST", mode, credentials: "include",
        headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: "all=1&_xsrf=x"})
    .then(answer => answer.text()).then(text => text && tell("answer " + path))))
  .concat(paths.map(path =>
    fetch(server + path, {credentials: "include"}).then(() => tell("page " + path)))), "fetched")

all(paths.flatMap(path => ["img", "script", "link"].map(kind => new Promise(next => {
    const made = document.createElement(kind)
    made.onload = () => { tell(kind + " " + path); next() }
    made.onerror = next
    if (kind === "link") made.rel = "stylesheet"
    made[kind === "link" ? "href" : "src"] = server + path
    document.head.append(made)
}))), "loaded")

all(["/ws", "/other/ws"].flatMap(path => [[], ["bokeh", "%(token)s"]].map(kinds => new Promise(next => {
    const socket = new WebSocket(server.replace("http", "ws") + path, kinds)
    socket.onopen = () => tell("socket " + path)
    socket.onmessage = () => tell("message " + path)
    socket.onclose = next
}))), "listened")
</script>"""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serves a page on a port of its own; its address."""
    started: list[ThreadingHTTPServer] = []

    def serve(html: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in started:
        server.shutdown()
        server.server_close()


def hostile(edge: Edge, token: str) -> str:
    """Everything a page can do to another: forms, requests, images, scripts, sheets, frames, sockets."""
    routes = sign_in_routes(Doorway(SignInDesk(edge.gate, {})))
    routes = sign_in_routes(Doorway(SignInDesk(edge.gate, {})))
    paths = sorted({path for path, *_ in routes} | {"/", "/other", "/metadata"})
    server = edge.server.address
    forms = "".join(
        f'<form method="post" action="{server}{path}" target="f{number}" enctype="{kind}">'
        '<input name="all" value="1"><input name="_xsrf" value="x"></form>'
        for number, path in enumerate(paths)
        for kind in ("application/x-www-form-urlencoded", "text/plain")
    )
    frames = "".join(f'<iframe name="f{number}" src="{server}{path}"></iframe>' for number, path in enumerate(paths))
    return PAGE % {"server": server, "paths": paths, "forms": forms, "frames": frames, "token": token}


def test_a_hostile_page_changes_nothing_reads_nothing_and_signs_nobody_out(
    edge: Edge, page: Page, elsewhere: Callable[[str], str], watch: Watch
) -> None:
    # What it tries is refused by us, and the browser says so aloud.
    watch.expected += [
        "Failed to load",
        "WebSocket connection",
        "CORS policy",
        "Refused to",
        "X-Frame-Options",
        "Security Policy directive",
    ]
    edge.add("fern", Role.MANAGER)
    client = edge.client("fern")
    context = page.context
    sid = {"name": "sid", "value": client.cookies["sid"], "url": edge.server.address, "sameSite": "Strict"}
    context.add_cookies([sid])  # type: ignore[list-item]
    page.goto(edge.server.address + "/other")
    expect(page.get_by_label("whose")).to_have_value("stf_fern")
    edge.settle()
    token = page.evaluate('document.documentElement.outerHTML.match(/"token":\\s*"([^"]+)"/)?.[1] ?? \'\'')
    before, sent = every_row(edge.gate.store), []

    attacker = context.new_page()
    attacker.on("request", lambda request: sent.append(request.all_headers().get("cookie", "")))
    attacker.goto(elsewhere(hostile(edge, token)))
    expect(attacker.locator("#state")).to_have_text(" ".join(sorted(STATES)), timeout=20_000)
    edge.settle()

    assert attacker.locator("#read").inner_text() == ""
    assert every_row(edge.gate.store) == before
    assert edge.pressed == []
    assert client.get("/other").status == 200  # still signed in
    assert any("sid=" in cookie for cookie in sent)  # the browser did bring the cookie: it was no help
