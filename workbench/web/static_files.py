"""Bokeh's, Panel's and our own files: compressed once and kept in memory, since scripts weigh a megabyte and more."""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from bokeh.server.views.multi_root_static_handler import MultiRootStaticHandler
from bokeh.server.views.static_handler import StaticHandler
from tornado.web import HTTPError, StaticFileHandler

from workbench.gate.needs import Open
from workbench.web.headers import FOREVER
from workbench.web.pages import ASSETS, SafeHandler

_PACKED = frozenset({".js", ".mjs", ".css", ".svg", ".json", ".map", ".html", ".txt", ".webmanifest"})


@lru_cache(maxsize=256)
def _packed(path: str, modified_ns: int) -> bytes:  # noqa: ARG001 - a changed file is another entry
    return gzip.compress(Path(path).read_bytes(), compresslevel=9, mtime=0)


class Files(SafeHandler, StaticFileHandler):
    """Files of one folder."""

    needs = Open.TO_ALL

    async def get(self, path: str, include_body: bool = True) -> None:
        """One file, compressed if that is welcome and useful; parts and pictures go Tornado's way."""
        welcome = "gzip" in self.request.headers.get("Accept-Encoding", "") and "Range" not in self.request.headers
        if not welcome or Path(path).suffix not in _PACKED:
            await super().get(path, include_body)
            return
        self.path = self.parse_url_path(path)
        absolute = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if absolute is None:
            raise HTTPError(404)
        self.absolute_path = absolute
        self.modified = self.get_modified_time()
        self.set_headers()
        if self.should_return_304():
            self.set_status(304)
            return
        body = _packed(absolute, Path(absolute).stat().st_mtime_ns)
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Content-Length", len(body))
        if include_body:
            self.write(body)


class MemoryFile(Protocol):
    """A file that was put together at start. `packed`: the same, gzipped, or None where that gains nothing."""

    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def packed(self) -> bytes | None: ...


class MemoryFiles(SafeHandler):
    """Files from memory whose names hold their digest: `(r"/assets/([A-Za-z0-9.]+)", MemoryFiles, {"files": …})`."""

    needs = Open.TO_ALL

    def initialize(self, files: Callable[[], Mapping[str, MemoryFile]]) -> None:
        """The files by name."""
        self._files = files

    def get(self, name: str) -> None:
        """One of them."""
        file = self._files().get(name)
        if file is None:
            raise HTTPError(404)
        self.set_header("Content-Type", file.media_type)
        self.set_header("Cache-Control", FOREVER)
        if file.packed is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(file.packed)
        else:
            self.finish(file.content)


class BokehFiles(Files, StaticHandler):
    """`/static/…`: BokehJS."""


class ExtensionFiles(Files, MultiRootStaticHandler):
    """`/static/extensions/<name>/…`: Panel and what extends it."""


class AssetFiles(Files):
    """`/site/<room>/…`: our own."""

    def initialize(self) -> None:  # type: ignore[override]
        """Each room has its own folder."""
        self.root = ""
        self.default_filename = None

    async def get(self, path: str, include_body: bool = True) -> None:
        """One file of a room."""
        room, _, rest = path.partition("/")
        if room not in ASSETS or not rest:
            raise HTTPError(404)
        self.root = str(ASSETS[room])
        await super().get(rest, include_body)

    def get_cache_time(self, *_: Any) -> int:
        """Caching is decided with the other headers."""
        return 0
