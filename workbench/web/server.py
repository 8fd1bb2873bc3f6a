"""Puts the edge together: Panel applications, our own handlers and the sign-in behind one set of rules."""

import errno
import hmac
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import bokeh.server.tornado as bokeh_tornado
import panel as pn
from bokeh.embed.bundle import extension_dirs
from bokeh.server.server import BaseServer
from bokeh.server.tornado import BokehTornado
from bokeh.server.urls import per_app_patterns, toplevel_patterns
from panel.io.application import build_applications
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from workbench.accounts.rules import SignedIn
from workbench.gate.needs import declared
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.web.desk import SignInDesk
from workbench.web.documents import Bind, PageDocument, SessionAuth, quiet
from workbench.web.doors import sign_in_routes
from workbench.web.doorway import Doorway
from workbench.web.edge import Edge, InCareSite
from workbench.web.headers import Gzip, headers_for
from workbench.web.logs import log_access
from workbench.web.pages import ASSETS, HERE, NotFound, Refused, SafeHandler
from workbench.web.site import Site, site_of
from workbench.web.sockets import LARGEST_FRAME, PageSocket
from workbench.web.static_files import AssetFiles, BokehFiles, ExtensionFiles
from workbench.web.watch import SessionWatch

LARGEST_BODY = 256 * 1024
"""A form of sign-in, or a text that is posted here. Files come over the socket of who signed in, piece by piece: what
strangers send never fills the memory, however many send it at once."""
HEADERS_WITHIN = 60
"""Seconds that a connection may say nothing, or take to say what it wants, before it is closed."""
BODY_WITHIN = 30
"""Seconds that what was announced may take to arrive."""

Route = tuple[str, type[RequestHandler]] | tuple[str, type[RequestHandler], dict[str, Any]]


EVERYTHING_ELSE: list[Route] = [
    (r"/static/extensions/(.*)", ExtensionFiles, {"root": extension_dirs}),
    (r"/static/(.*)", BokehFiles),
    (r"/site/(.*)", AssetFiles),
    (r"/.*", NotFound),
]
"""Files, and what is nowhere."""


class PortTaken(WorkbenchError):
    """Something else listens where the server should."""


class UnsafeHandler(TypeError):
    """A route was given whose handler would fail with a stock error page. A bug, found at start."""


class EdgeApplication(BokehTornado):
    """Bokeh's Tornado application with one gate in front of every route."""

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """The route's handler, unless the request is for another host or comes from another site."""
        site: Site = self.settings["edge"].site
        if not site.serves(request):
            return self.get_handler_delegate(request, Refused, {"status": 421})
        if not site.trusts(request):
            return self.get_handler_delegate(request, Refused, {"status": 403})
        return super().find_handler(request, **kwargs)


@dataclass(frozen=True)
class InCare(InCareSite):
    """The site of people in care. routes: its addresses, some of which let people in as the sign-in pages do."""

    routes: Callable[[Doorway], Sequence[Route]] = lambda _doorway: ()


class Server(BaseServer):
    """The running edge. `close_session` is how an ended sign-in takes its open pages with it."""

    def __init__(self, loop: IOLoop, application: EdgeApplication, http: HTTPServer, port: int) -> None:
        super().__init__(loop, application, http)
        self._at = port
        self.edge: Edge = application.settings["edge"]
        self.edge.watch.start(loop)
        pn.state._servers[f"edge-{port}"] = (self, {}, [])  # Panel looks here to find its server

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._at

    @property
    def address(self) -> str:
        """What people type."""
        return sorted(self.edge.site.origins, key=lambda origin: ("127.0.0.1" not in origin, origin))[0]

    def close_session(self, session_hash: str) -> None:
        """Close every open socket of a session that has ended. From any thread."""
        self.edge.watch.close_session(session_hash)

    def stop(self, wait: bool = True) -> None:
        """Stop listening and sweeping."""
        self.edge.watch.stop()
        pn.state._servers.pop(f"edge-{self._at}", None)
        super().stop(wait)


def build_server(
    applications: Mapping[str, Callable[[], Any]],
    *,
    handlers: Sequence[Route] = (),
    desk: SignInDesk,
    settings: Settings,
    secret: bytes,
    clock: Callable[[], datetime],
    may_open: Callable[[SignedIn, str], bool] = lambda signed_in, path: True,  # noqa: ARG005
    home: str = "/",
    account: str = "",
    in_care: InCare | None = None,
    assets: Mapping[str, Path] | None = None,
    title: str = "Practice Workbench",
    signed: frozenset[str] = frozenset(),
    loop: IOLoop | None = None,
) -> Server:
    """The server, listening but not started: call `start()`, then run its `io_loop`.

    applications: path -> a function that builds the content of one page, for every page load.
    handlers: other routes (downloads); each handler derives from `pages.SafeHandler`. desk: how accounts are asked.
    secret: 32 bytes from the vault, the same in every process. assets: room -> folder behind `/site/<room>/`.
    may_open, home, account, in_care: see `Edge`. signed: see `Site`.

    Raises:
        PortTaken: something listens there already. InsecureAddress: plain http for more than this machine.
        UnsafeHandler, Undeclared: a route would show stock error pages, or names no permission.
    """
    routes = _accepted([*handlers, *_at_the_door(desk, in_care)])
    listening, port = _listen(settings)
    try:
        watch = SessionWatch(desk.live, desk.note_input, clock)
        site = replace(site_of(settings.origin, settings.host, port), signed=signed)
        edge = Edge(site, watch, clock, _binding_key(secret), may_open, home, account or home, title, in_care)
        ASSETS.update(assets or {})
        application = _application(dict(applications), routes, edge, secret, title)
        return Server(loop or IOLoop.current(), application, _serving(application, listening), port)
    except BaseException:
        listening.close()
        raise


def _at_the_door(desk: SignInDesk, in_care: InCare | None) -> list[Route]:
    doorway = Doorway(desk)
    return [*(in_care.routes(doorway) if in_care else ()), *sign_in_routes(doorway)]


def _serving(application: EdgeApplication, listening: socket.socket) -> HTTPServer:
    http = HTTPServer(
        application, max_body_size=LARGEST_BODY, idle_connection_timeout=HEADERS_WITHIN, body_timeout=BODY_WITHIN
    )
    http.add_sockets([listening])
    return http


def _binding_key(secret: bytes) -> bytes:
    return hmac.digest(secret, b"binding", "sha256")


def _accepted(routes: list[Route]) -> list[Route]:
    for route in (*routes, *EVERYTHING_ELSE, (r"", PageSocket), (r"", PageDocument)):
        if not issubclass(route[1], SafeHandler):
            raise UnsafeHandler(f"{route[1].__name__} must derive from workbench.web.pages.SafeHandler")
        declared(route[1])
    return routes


def _listen(settings: Settings) -> tuple[socket.socket, int]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(
            f"Something else already listens on port {settings.port}. Stop it, or choose another WORKBENCH_PORT."
        ) from error
    listening.setblocking(False)
    return listening, listening.getsockname()[1]


def _application(
    pages: dict[str, Callable[[], Any]], handlers: list[Route], edge: Edge, secret: bytes, title: str
) -> EdgeApplication:
    build: Any = build_applications
    applications = build({path: quiet(page) for path, page in pages.items()}, title=title, location=True, admin=False)
    for path, application in applications.items():
        application.add(Bind(edge.secret, path))
    page_key = hmac.digest(secret, b"page tokens", "sha256").hex().encode()
    with _our_routes(below_too="/" not in pages):
        return EdgeApplication(
            applications,
            extra_patterns=handlers,
            extra_websocket_origins=sorted(edge.site.hosts),
            auth_provider=SessionAuth(),
            secret_key=page_key,
            page_key=page_key,
            sign_sessions=True,
            include_headers=[],
            include_cookies=[],
            use_index=False,
            ico_path=str(HERE / "static" / "favicon.ico"),
            websocket_max_message_size_bytes=LARGEST_FRAME,
            xsrf_cookies=True,
            xsrf_cookie_name=edge.site.xsrf_cookie,
            xsrf_cookie_kwargs={
                "httponly": True,
                "samesite": "Strict",
                "secure": edge.site.secure,
                "expires_days": None,
            },
            transforms=[headers_for(edge.site), Gzip],
            default_handler_class=NotFound,
            log_function=log_access,
            serve_traceback=False,
            edge=edge,
        )


@contextmanager
def _our_routes(*, below_too: bool) -> Iterator[None]:
    """Bokeh reads its routes from module globals while it is built; these are ours, and the stock ones come back.

    Left out on purpose: `autoload.js`, `metadata`, the index, `/components/`, a static route per application.
    """
    kept_pages, kept_top, kept_static = per_app_patterns[:], toplevel_patterns[:], bokeh_tornado.create_static_handler
    # A page's own addresses open it too, where that hides nobody else's.
    per_app_patterns[:] = [(r"/ws", PageSocket), (r"(?:/.*)?" if below_too else r"/?", PageDocument)]
    toplevel_patterns[:] = EVERYTHING_ELSE
    bokeh_module: Any = bokeh_tornado
    bokeh_module.create_static_handler = lambda prefix, key, app: (r"/-/no-static", NotFound, {})  # noqa: ARG005
    try:
        yield
    finally:
        per_app_patterns[:], toplevel_patterns[:] = kept_pages, kept_top
        bokeh_tornado.create_static_handler = kept_static
