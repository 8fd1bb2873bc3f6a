"""Every part in every state, for people who build pages and for the tests: `python -m dashboards.gallery`.

Everything here is invented. It has no sign-in and is never part of the product's server.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import panel as pn
from bokeh.application.handlers import FunctionHandler
from bokeh.document import Document
from bokeh.server.urls import per_app_patterns
from panel.io.application import Application
from panel.io.server import DocHandler, WSHandler, get_server
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

from dashboards.gallery_pages import CREATE, NAV, ROUTES, find
from dashboards.gallery_samples import news
from dashboards.parts.assets import asset_routes
from dashboards.parts.navigation import MenuItem, Words
from dashboards.parts.routes import path_asked
from dashboards.shell import Shell
from workbench.web.headers import PagePolicy, nonce_of

BASE = "/app"
WORDS = Words(
    practice="Maple Street Counseling",
    role="Practice manager",
    ribbon="Synthetic practice",
    account=(MenuItem("My settings", "/parts", "settings"),),
)


class GalleryPolicy(OutputTransform):
    """The same content security policy as the product's pages."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self._nonce = nonce_of(request)

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The answer with the policy."""
        headers["Content-Security-Policy"] = PagePolicy.DASHBOARD.value.replace("{nonce}", self._nonce)
        return status_code, headers, chunk


def gallery_shell() -> Shell:
    """The shell of one visitor of the gallery."""
    return Shell(
        ROUTES, NAV, "Dana Whitfield", WORDS, base=BASE, who="gallery", create=CREATE, search=find, notices=news
    )


def open_gallery(document: Document) -> None:
    """The gallery, at the path that was asked for."""
    gallery_shell().serve(document, path_asked(document, BASE))


class QuietSockets(WSHandler):
    """The stock socket. A test may close it as a sign-out does."""

    open_now: ClassVar[set[Any]] = set()

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Remember it."""
        self.open_now.add(self)
        return super().open(*args, **kwargs)

    def on_close(self) -> None:
        """Forget it."""
        self.open_now.discard(self)
        super().on_close()


def gallery_server(port: int = 0, more: Mapping[str, Callable[[Document], None]] | None = None, **options: Any) -> Any:
    """The gallery's server, listening on this machine only."""
    stock: Sequence[Any] = per_app_patterns[:]
    per_app_patterns[:] = [(r"/ws", QuietSockets), (r"(?:/.*)?", DocHandler)]
    applications = {}
    for path, opens in {BASE: open_gallery, **(more or {})}.items():
        applications[path] = Application()
        applications[path].add(FunctionHandler(opens))
    try:
        return get_server(
            applications, port=port, address="127.0.0.1", show=False, start=False, use_index=False,
            extra_patterns=asset_routes(), transforms=[GalleryPolicy, GZipContentEncoding],
            websocket_origin=["127.0.0.1", "localhost"] if not port else [f"127.0.0.1:{port}", f"localhost:{port}"],
            websocket_max_message_size=2 * 2**20, **options,
        )  # fmt: skip
    finally:
        per_app_patterns[:] = stock


def main() -> None:
    """Serve it until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5099)
    server = gallery_server(parser.parse_args().port)
    print(f"http://127.0.0.1:{server.port}{BASE}")  # noqa: T201
    server.start()
    server.io_loop.start()


if __name__ == "__main__":
    pn.extension()
    main()
