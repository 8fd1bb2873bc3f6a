"""The stylesheet, the script and the font: put together at start, named by their own digest, served from memory."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import panel
from bokeh.util.paths import bokehjs_path

from workbench.web.pages import ASSETS
from workbench.web.static_files import MemoryFiles

STATIC = Path(__file__).parent.parent / "static"
EDGE_STATIC = ASSETS["web"]
"""The sign-in pages use the same font."""
ROOT = "/assets"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent. `packed` is the same, gzipped once for everybody, or None where that gains nothing."""

    name: str
    media_type: str
    content: bytes
    packed: bytes | None

    @property
    def path(self) -> str:
        """Where a page finds it."""
        return f"{ROOT}/{self.name}"


@dataclass(frozen=True)
class Assets:
    """What the document needs: the small script that must run before the first paint, Bokeh with Panel, our script,
    the looks, the font."""

    first: Asset
    engine: Asset
    script: Asset
    style: Asset
    font: Asset

    def by_name(self) -> dict[str, Asset]:
        """The assets by the last part of their path."""
        return {asset.name: asset for asset in (self.first, self.engine, self.script, self.style, self.font)}


def _asset(stem: str, suffix: str, media_type: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    packed = None if suffix == "woff2" else gzip.compress(content, 9, mtime=0)
    return Asset(f"{stem}.{digest}.{suffix}", media_type, content, packed)


def _joined(folder: str, suffix: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / folder).glob(f"[0-9]*.{suffix}")))


def _engine() -> bytes:
    # Panel's extension needs Bokeh's widgets and tables to register itself. WebGL and MathJax (2 MB) nobody is sent.
    bokeh = Path(bokehjs_path()) / "js"
    extension = Path(panel.__file__).parent / "dist/panel.min.js"
    files = (bokeh / "bokeh.min.js", bokeh / "bokeh-widgets.min.js", bokeh / "bokeh-tables.min.js", extension)
    return b"\n".join(path.read_bytes() for path in files)


@cache
def assets() -> Assets:
    """Put everything together, once a process."""
    font = _asset("inter", "woff2", "font/woff2", (EDGE_STATIC / "inter-latin.woff2").read_bytes())
    style = _joined("css", "css").replace("inter-latin.woff2", font.name)
    script = f'"use strict";\n(() => {{\n{_joined("js", "js")}\n}})();\n'
    return Assets(
        first=_asset("first", "js", "text/javascript", (STATIC / "js/first.js").read_bytes()),
        engine=_asset("engine", "js", "text/javascript", _engine()),
        script=_asset("shell", "js", "text/javascript", script.encode()),
        style=_asset("shell", "css", "text/css", style.encode()),
        font=font,
    )


def asset_routes() -> list[tuple[str, type[MemoryFiles], dict[str, Any]]]:
    """What the server adds to its routes so that the pages find their looks."""
    return [(rf"{ROOT}/([A-Za-z0-9.]+)", MemoryFiles, {"files": lambda: assets().by_name()})]
