"""The environment is read once, in one place; a setting read elsewhere is one that nobody finds."""

import ast
from pathlib import Path

from tests.architecture.source import Breach, dotted, imported, modules

MAY_READ = ("workbench/kernel/settings.py",)
READERS = frozenset({"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "os.unsetenv"})


def breaches(root: Path) -> list[Breach]:
    """Reads and writes of the environment outside the settings."""
    found: list[Breach] = []
    for module in modules(root, "workbench", "dashboards", "pipelines", "notebooks"):
        if module.within(MAY_READ):
            continue
        found += [module.breach(node, f"reads {name}") for node, name in imported(module) if name in READERS]
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and dotted(node) in READERS:
                found.append(module.breach(node, f"reads {dotted(node)}"))
    return found
