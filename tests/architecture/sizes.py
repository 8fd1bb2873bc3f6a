"""How long a thing may be. More needs a decision, and then a line in `EXCEPTIONS` that names it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach, Module, modules

FUNCTION, FILE, TEST_FILE = 40, 300, 400

EXCEPTIONS: dict[str, str] = {
    "workbench/store/migrations/versions/": "a migration is a record of what was run, written once and never reshaped",
    "workbench/gate/audit_events.py": "decision 43: an enumeration is one list and cannot be cut",
    "workbench/library/verify_audit.py": "decision 5: an auditor takes one file along, and reads it",
}


def breaches(root: Path) -> list[Breach]:
    """Functions over 40 lines, files over 300, test files over 400."""
    found: list[Breach] = []
    for module in modules(root, "workbench", "dashboards", "pipelines", "scripts", "bench"):
        if not module.within(EXCEPTIONS):
            found += _functions(module)
            found += _file(module, FILE)
    for module in modules(root, "tests"):
        found += _file(module, TEST_FILE)
    return found


def _functions(module: Module) -> Iterator[Breach]:
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION:
                yield module.breach(node, f"{node.name} has {lines} lines, {FUNCTION} is the limit")


def _file(module: Module, limit: int) -> Iterator[Breach]:
    lines = len(module.text.splitlines())
    if lines > limit:
        yield Breach(module.path, lines, f"{lines} lines, {limit} is the limit")
