"""Words that have no place in the project: unfinished work, names that say nothing, the machine it was written on.

The words are put together from halves here, so that this file does not break its own rule.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach, Module, modules

FOLDERS = ("workbench", "dashboards", "pipelines", "notebooks", "tests", "docs", "scripts", "bench", ".ci")
WRITTEN = frozenset(
    {".py", ".md", ".toml", ".txt", ".sql", ".html", ".css", ".js", ".json", ".sh", ".ipynb", ".mako", ""}
)
CODE = frozenset({".py", ".js", ".css", ".html", ".sql", ".sh", ".mako"})

_MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(" + "|".join(("tmp", "work", "root", "farm")) + r")/[A-Za-z0-9._-]+")
_LEANING = re.compile(r"\.\./" + "shared")
_UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error")) + r")\b"
    r"|pytest\.(mark\.)?(skip|xfail|importorskip)" + r"|unittest\.skip"
)
_EMPTY_NAMES = frozenset({
    "utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services",
})  # fmt: skip
_EMPTY_ENDINGS = ("_utils", "_helpers", "_manager", "_service")
_EMPTY_CLASS = re.compile(r".+(Manager|Helper|Helpers|Utils)$")
# A role of the practice is called manager, and has a page.
_A_ROLE = "dashboards/pages/manager.py"


def breaches(root: Path) -> list[Breach]:
    """Machine paths, leaning on a neighbour folder, unfinished work, names that say nothing."""
    found: list[Breach] = []
    for path, file in written(root):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            found += _in_line(path, number, line, is_code=file.suffix in CODE)
    for module in modules(root, *FOLDERS):
        found += _names(module)
    return found


def written(root: Path) -> Iterator[tuple[str, Path]]:
    """Every text that people wrote: path within the tree and file."""
    # `.git` is a file where the tree is one of several of a clone, and names where the clone lies.
    files = [file for file in sorted(root.iterdir()) if file.is_file() and file.name != ".git"]
    for folder in FOLDERS:
        files += sorted(file for file in (root / folder).rglob("*") if file.is_file())
    for file in files:
        path = file.relative_to(root).as_posix()
        if file.suffix in WRITTEN and "__pycache__" not in path and not file.name.startswith(".coverage"):
            yield path, file


def _in_line(path: str, number: int, line: str, *, is_code: bool) -> Iterator[Breach]:
    if _MACHINE.search(line):
        yield Breach(path, number, "a path of one machine")
    if _LEANING.search(line):
        yield Breach(path, number, "leans on a folder outside the project")
    if is_code and _UNFINISHED.search(line):
        yield Breach(path, number, "unfinished or silenced")


def _names(module: Module) -> Iterator[Breach]:
    parts = module.path.removesuffix(".py").split("/")
    if module.path != _A_ROLE and (_EMPTY_NAMES & set(parts) or parts[-1].endswith(_EMPTY_ENDINGS)):
        yield Breach(module.path, 1, "the file's name says nothing: what is it for?")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and _EMPTY_CLASS.match(node.name):
            yield module.breach(node, f"{node.name}: the name says nothing")
