"""Headers on every kind of answer, closed stock routes, and failures that tell nothing."""

import logging
import re

import pytest

from tests.web.edge import Answer, Edge
from workbench.kernel.errors import WorkbenchError
from workbench.web.site import InsecureAddress, site_of

pytestmark = pytest.mark.engines("sqlcipher")

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def assert_guarded(answer: Answer) -> None:
    """The headers that no answer may lack."""
    for name, value in ALWAYS.items():
        assert answer.header(name) == value
    policy = answer.header("content-security-policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in script
    assert "http" not in policy
    assert answer.header("server") == ""
    assert answer.header("access-control-allow-origin") == ""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/sign-in", 303),
        ("/sign-in/code", 303),
        ("/closed", 403),
        ("/nothing", 404),
        ("/broken", 500),
        ("/refusing", 409),
        ("/ws", 400),
        ("/favicon.ico", 200),
        ("/static/js/bokeh.min.js", 200),
        ("/static/js/nothing.js", 404),
        ("/static/extensions/panel/panel.min.js", 200),
        ("/static/extensions/panel/../../../pyproject.toml", 403),
        ("/static/extensions/nobody/x.js", 404),
        ("/site/web/sign_in.css", 200),
        ("/site/web/nothing.css", 404),
        ("/site/web/../server.py", 403),
        ("/site/nobody/x", 404),
        ("/sign-out", 405),
    ],
)
def test_every_answer_is_guarded(edge: Edge, path: str, status: int) -> None:
    answer = edge.client("alice").get(path)
    assert answer.status == status
    assert_guarded(answer)
    if not path.startswith(("/static", "/site", "/favicon")) or status != 200:
        assert answer.header("cache-control") == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/autoload.js?bokeh-autoload-element=x",
        "/other/autoload.js?bokeh-autoload-element=x",
        "/metadata",
        "/other/metadata",
        "/components/os/path/x/y",
        "/components/panel.widgets.button/Button/_css/x",
        "/other/static/js/bokeh.min.js",
        "/-/no-static",
        "/admin",
        "/rest/session_info",
        "/liveness",
        "/login",
        "/logout",
    ],
)
def test_stock_routes_are_closed(edge: Edge, path: str) -> None:
    for client in (edge.client(), edge.client("alice")):
        answer = client.get(path)
        assert answer.status == 404
        assert_guarded(answer)


def test_without_a_session_a_page_leads_to_the_sign_in_page_and_back(edge: Edge) -> None:
    answer = edge.client().get("/other?view=week")
    assert (answer.status, answer.header("location")) == (302, "/sign-in?next=%2Fother%3Fview%3Dweek")


def test_a_nonce_is_never_used_twice_and_stands_only_on_the_frameworks_own_scripts(edge: Edge) -> None:
    client = edge.client("alice")
    pages = [client.get("/"), client.get("/")]
    nonces = [re.search(r"'nonce-([^']+)'", page.header("content-security-policy")) for page in pages]
    assert all(nonces)
    assert nonces[0][1] != nonces[1][1]  # type: ignore[index]
    for page, nonce in zip(pages, nonces, strict=True):
        assert nonce is not None
        assert set(re.findall(r'nonce="([^"]+)"', page.text)) == {nonce[1]}
        assert "style-src 'self' 'unsafe-inline'" in page.header("content-security-policy")


def test_the_sign_in_page_is_strict_about_styles_too(edge: Edge) -> None:
    assert "unsafe" not in edge.client().get("/sign-in").header("content-security-policy")


def test_hashed_files_are_kept_for_good_and_others_are_checked(edge: Edge) -> None:
    client = edge.client()
    kept = client.get("/static/js/bokeh.min.js?v=abc", Accept_Encoding="gzip")
    assert kept.header("cache-control") == "public, max-age=31536000, immutable"
    assert kept.header("content-encoding") == "gzip"
    assert len(kept.body) < 500_000
    checked = client.get("/static/js/bokeh.min.js")
    assert checked.header("cache-control") == "no-cache"
    assert client.get("/static/js/bokeh.min.js", If_None_Match=checked.header("etag")).status == 304


def test_pages_are_compressed(edge: Edge) -> None:
    assert edge.client("alice").get("/", Accept_Encoding="gzip").header("content-encoding") == "gzip"


def test_a_failure_tells_neither_the_page_nor_the_log_what_was_typed(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    client = edge.client("alice")
    with caplog.at_level(logging.DEBUG):
        answers = [client.get("/broken?q=CNRY-query"), client.post("/broken", {"note": "CNRY-form"})]
    assert [answer.status for answer in answers] == [500, 500]
    for text in (answers[0].text, answers[1].text, caplog.text):
        assert "CNRY" not in text
        assert "Traceback" not in text
    assert "ValueError at edge.py" in caplog.text


def test_a_refusal_is_shown_in_its_own_words(edge: Edge) -> None:
    assert "This slot was just taken." in edge.client().get("/refusing").text


def test_a_page_whose_function_fails_shows_our_error_page_and_no_traceback(
    edge: Edge, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError("CNRY-row")

    monkeypatch.setattr("tests.web.edge.session_actor", fail)
    answer = edge.client("alice").get("/")
    assert answer.status == 500
    assert "CNRY" not in answer.text + capfd.readouterr().out
    contexts = edge.on_loop(lambda: [c._pending_sessions for c in edge.server._tornado._applications.values()])
    assert contexts == [{}, {}, {}]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "practice.example.com"])
def test_another_host_name_is_not_answered(edge: Edge, host: str) -> None:
    answer = edge.client("alice").get("/", Host=host)
    assert answer.status == 421
    assert_guarded(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("headers", [{"Origin": ""}, {"Origin": "null"}, {"Origin": "http://evil.example"},
                                     {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}])  # fmt: skip
def test_a_change_asked_for_by_another_site_is_refused(edge: Edge, method: str, headers: dict[str, str]) -> None:
    client = edge.client("alice")
    assert client.ask(method, "/sign-out", "", **headers).status == 403
    assert client.get("/").status == 200


def test_plain_http_serves_this_machine_only() -> None:
    assert site_of("", "127.0.0.1", 8600).secure is False
    assert site_of("https://practice.example.com", "0.0.0.0", 8600).session_cookie == "__Host-sid"
    for origin, host in (("", "0.0.0.0"), ("", "192.0.2.7"), ("http://practice.example.com", "127.0.0.1")):
        with pytest.raises(InsecureAddress):
            site_of(origin, host, 8600)


def test_a_handler_that_could_show_a_stock_error_page_stops_the_start(edge: Edge) -> None:
    from tornado.web import RequestHandler

    from workbench.web.server import UnsafeHandler, build_server

    with pytest.raises(UnsafeHandler):
        build_server(
            {},
            handlers=[("/x", RequestHandler)],
            desk=None,  # type: ignore[arg-type]
            settings=edge.settings,
            secret=b"",
            clock=edge.clock,
        )


def test_a_taken_port_is_said_plainly(edge: Edge) -> None:
    import dataclasses

    from workbench.web.server import PortTaken, build_server

    with pytest.raises(PortTaken, match=str(edge.port)) as refusal:
        build_server(
            {},
            desk=None,  # type: ignore[arg-type]
            settings=dataclasses.replace(edge.settings, port=edge.port),
            secret=b"",
            clock=edge.clock,
        )
    assert isinstance(refusal.value, WorkbenchError)
