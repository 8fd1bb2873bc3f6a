"""Which page a path opens. Paths hold opaque ids and the names of views, never anything about a person."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bokeh.document import Document

from dashboards.parts.page import Page

LONGEST_PATH = 512
_NAME = re.compile(r"\{([a-z_]+)\}")
_ID = r"([A-Za-z0-9_-]{1,64})"


@dataclass(frozen=True)
class Visit:
    """One opening of a page: the path below the shell's base, the ids in it, and what follows the question mark."""

    path: str
    ids: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


PageFactory = Callable[[Visit], Page]


class Routes:
    """Patterns such as `/patients/{patient_id}` and the page each opens; the first that fits wins."""

    def __init__(self, routes: Mapping[str, PageFactory]) -> None:
        self._routes = [(re.compile(_pattern(path)), factory) for path, factory in routes.items()]

    def find(self, path: str) -> tuple[PageFactory, Visit] | None:
        """The page for `path` and what it was opened with, or None where there is none."""
        if len(path) > LONGEST_PATH or not path.startswith("/") or path.startswith("//"):
            return None
        parts = urlsplit(path)
        clean = parts.path.rstrip("/") or "/"
        for pattern, factory in self._routes:
            if found := pattern.fullmatch(clean):
                query = dict(parse_qsl(parts.query, max_num_fields=40))
                full = clean + (f"?{parts.query}" if parts.query else "")
                return factory, Visit(full, found.groupdict(), query)
        return None


def path_asked(document: Document, base: str) -> str:
    """The path below `base`, with what follows its question mark, that the browser asked this document for."""
    context: Any = document.session_context
    request = context.request if context is not None else None
    asked = str(getattr(request, "app_path", None) or base)
    path = asked.removeprefix(base) if asked.startswith(base) else "/"
    given: Mapping[str, list[bytes]] = getattr(request, "arguments", None) or {}
    query = [(name, value.decode("utf-8", "replace")) for name, values in given.items() for value in values]
    return (path or "/") + (f"?{urlencode(query)}" if query else "")


def _pattern(path: str) -> str:
    pieces = _NAME.split(path.rstrip("/") or "/")
    return "".join(
        f"(?P<{piece}>{_ID[1:-1]})" if odd else re.escape(piece)
        for piece, odd in zip(pieces, _odd(len(pieces)), strict=True)
    )


def _odd(count: int) -> list[bool]:
    return [n % 2 == 1 for n in range(count)]
