"""The wall around psychotherapy notes: who knows the room they are in, and who names its tables or permissions."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PRODUCT, Breach, imported, modules

ROOM = "workbench.psychotherapy"
MAY_KNOW = frozenset({
    "workbench.psychotherapy.rules",
    "workbench.psychotherapy.tables",
    "workbench.actions.psychotherapy.begin_psychotherapy_note",
    "workbench.actions.psychotherapy.save_psychotherapy_note",
    "workbench.screens.psychotherapy_notes",
})  # fmt: skip
"""A new reader of these notes is a new line here, and a reason in decision 34."""
_NAMED = re.compile(r"psychotherapy_(?:notes|revisions)\b")
_MAY_NAME = (*sorted(MAY_KNOW), "dashboards.psychotherapy_desk", "dashboards.pages.psychotherapy_notes")
_FROZEN = "workbench.store.migrations."


def breaches(root: Path) -> list[Breach]:
    """Imports of the room from outside, and its tables named in SQL or strings elsewhere."""
    return [*_found(root)]


def _found(root: Path) -> Iterator[Breach]:
    for module in modules(root, *PRODUCT):
        if module.name.startswith((ROOM, _FROZEN)):
            continue
        if module.name not in MAY_KNOW:
            for node, name in imported(module):
                if name == ROOM or name.startswith(f"{ROOM}."):
                    yield module.breach(node, "nobody else knows psychotherapy notes")
        if module.name not in _MAY_NAME:
            for number, line in enumerate(module.text.splitlines(), 1):
                if _NAMED.search(line):
                    yield Breach(module.path, number, "a table of psychotherapy notes is named outside of its room")
