"""Nothing asks the time: it comes in as `now` from the edge, so that every rule can be tried on any day."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach, Module, dotted, imported, modules

# The edges where the clock of the process is read and handed on, each with its reason.
EDGES: dict[str, str] = {
    "workbench/cli/": "a command begins now",
    "workbench/web/logs.py": "a line of the server's log says when it was written",
}

ASKING = frozenset({"now", "today", "utcnow", "localtime", "gmtime", "time_ns", "current_timestamp", "current_date"})
_CLOCKS = frozenset({"datetime", "date", "Timestamp", "func", "time", "pendulum"})
_IN_SQL = re.compile(
    r"\b(now\s*\(|today\s*\(|get_current_\w+|current_(date|time|timestamp)\b|localtimestamp\b)", re.IGNORECASE
)


def breaches(root: Path) -> list[Breach]:
    """Places that ask the time themselves, in Python and in SQL files."""
    found: list[Breach] = []
    for module in modules(root, "workbench", "dashboards", "pipelines"):
        if not module.within(EDGES):
            found += _in_python(module)
    for folder in ("workbench", "pipelines"):
        for file in sorted((root / folder).rglob("*.sql")):
            found += _in_sql(file, file.relative_to(root).as_posix())
    return found


def _in_python(module: Module) -> Iterator[Breach]:
    called = {id(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and _asks(node, is_called=id(node) in called):
            yield module.breach(node, f"asks the time: {dotted(node)}")
    for node, name in imported(module):
        if name in ("time.time", "time.time_ns", "time.localtime", "time.gmtime"):
            yield module.breach(node, f"asks the time: {name}")


def _asks(node: ast.Attribute, *, is_called: bool) -> bool:
    """`datetime.now` is asked, called or handed on; `work.now` is a value that was given."""
    base = dotted(node.value).rsplit(".", 1)[-1]
    if node.attr == "time":
        return base == "time"
    if node.attr not in ASKING:
        return False
    return base in _CLOCKS or is_called


def _in_sql(file: Path, path: str) -> Iterator[Breach]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if _IN_SQL.search(line.split("--", 1)[0]):
            yield Breach(path, number, "asks the time in SQL: give it as a parameter")
