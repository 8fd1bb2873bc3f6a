"""Brings in every module that declares rows, for commands that go over the whole store."""

import re
from importlib import import_module
from pathlib import Path
from typing import Final

import workbench

_ROWS: Final = re.compile(r"^class \w+\((?:\w+, )*Base\):", re.MULTILINE)


def import_every_table() -> None:
    """Each domain's tables, and the gate's and the store's own."""
    root = Path(workbench.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if _ROWS.search(path.read_text(encoding="utf-8")):
            import_module(".".join(("workbench", *path.relative_to(root).with_suffix("").parts)))
