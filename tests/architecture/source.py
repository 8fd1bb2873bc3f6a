"""The source as the checks see it: parsed files, and the breaches found in them."""

import ast
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCT = ("workbench", "dashboards", "pipelines", "notebooks")


@dataclass(frozen=True)
class Breach:
    """One place where a rule of the house is broken."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Module:
    """A Python file, or the code of a notebook. `path` is relative to the tree's root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.text, filename=self.path)

    @property
    def name(self) -> str:
        """The dotted name it is imported by."""
        parts = self.path.removesuffix(".py").removesuffix(".ipynb").split("/")
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def within(self, places: Iterable[str]) -> bool:
        """Whether it is one of these files, or lies in one of these folders (written with a slash at the end)."""
        return any(self.path == place or (place.endswith("/") and self.path.startswith(place)) for place in places)

    def breach(self, node: ast.AST, what: str) -> Breach:
        """A breach at the place of `node`."""
        return Breach(self.path, getattr(node, "lineno", 1), what)


@cache
def modules(root: Path, *folders: str) -> tuple[Module, ...]:
    """The Python files and notebooks under these folders of `root`, in order of path; a missing folder is empty."""
    return tuple(_read(root, folders))


def _read(root: Path, folders: tuple[str, ...]) -> Iterator[Module]:
    for folder in folders:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix == ".py":
                yield Module(path, file.read_text(encoding="utf-8"))
            elif file.suffix == ".ipynb" and ".ipynb_checkpoints" not in path:
                yield Module(path, _code_of(json.loads(file.read_text(encoding="utf-8"))))


def _code_of(notebook: dict[str, list[dict[str, object]]]) -> str:
    """The notebook's code cells, one after another, without the lines that only IPython understands."""
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]  # type: ignore[arg-type]
    return "\n".join(line for cell in cells for line in cell.splitlines() if not line.lstrip().startswith(("%", "!")))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names; a call or a subscript within shows as `?`, so that only its end is known."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def imported(module: Module) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """Every import anywhere in the file, within functions and by `import_module` too, as the full dotted name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] in ("import_module", "__import__"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node, first.value


def report(breaches: Iterable[Breach]) -> str:
    """The breaches, a line each, for a failing test to show."""
    return "\n".join(str(breach) for breach in breaches)
