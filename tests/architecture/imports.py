"""Who may import whom. The table is the plan of the house: a new room needs a line here, and a reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PRODUCT, Breach, Module, imported, modules

DOMAINS = frozenset({
    "people", "accounts", "scheduling", "forms", "measures", "charting", "telehealth", "billing", "claims", "ledger",
    "messaging", "documents", "compliance", "psychotherapy", "releases", "intake",
})  # fmt: skip
_FLOOR = frozenset({"kernel", "x12", "formula", "paper", "store", "gate", "library"})
_VERBS = frozenset({"actions", "screens", "marts"})
_BELOW_VERBS = DOMAINS | _FLOOR
_SITES = frozenset({"portal", "visits"})

KNOWS: dict[str, frozenset[str]] = {
    "kernel": frozenset(),
    "x12": frozenset({"kernel"}),
    "formula": frozenset({"kernel"}),
    # Sets words on sheets and knows none of them, so a letter, a form and a statement look like one practice.
    "paper": frozenset({"kernel"}),
    "library": frozenset({"kernel"}),
    "store": frozenset({"kernel"}),
    "gate": frozenset({"store", "kernel"}),
    **dict.fromkeys(sorted(DOMAINS), _FLOOR),
    **dict.fromkeys(sorted(_VERBS), _BELOW_VERBS),
    "web": frozenset({"gate", "accounts", "kernel"}),
    "portal": _VERBS | _BELOW_VERBS | {"web"},
    "visits": _VERBS | _BELOW_VERBS | {"web"},
    "jobs": _VERBS | _BELOW_VERBS | {"web"},
    "demo": _VERBS | _BELOW_VERBS | {"web"},
    "analytics": frozenset({"marts", "gate", "store", "kernel"}),
    "pipelines": frozenset({"store", "marts", "jobs", "kernel"}),
    "dashboards": _VERBS | {"web", "gate", "kernel"},
    "dashboards.app": _VERBS | _SITES | {"web", "gate", "kernel", "dashboards"},
    # By the governed connection and no other way: a notebook opens no file of a practice.
    "notebooks": frozenset({"analytics", "marts", "kernel"}),
    # The command line composes the house: it may know every room, and no room may know it.
    "cli": _VERBS
    | _BELOW_VERBS
    | _SITES
    | {"web", "jobs", "demo", "analytics", "pipelines", "dashboards", "dashboards.app"},
}

# Who may know which outside package; others may know none of these. A folder ends with a slash.
FENCED: dict[str, tuple[str, ...]] = {
    "sqlalchemy": (
        *(f"workbench/{room}/" for room in sorted(_BELOW_VERBS | _VERBS | {"jobs", "demo", "cli"})),
        "pipelines/",
    ),
    "typst": ("workbench/paper/",),
    "sqlcipher3": ("workbench/store/",),
    "duckdb": ("workbench/marts/", "workbench/analytics.py", "pipelines/"),
    "panel": ("dashboards/", "workbench/web/"),
    "bokeh": ("dashboards/", "workbench/web/"),
    "tornado": ("dashboards/", "workbench/web/", "workbench/portal/", "workbench/visits/"),
}


def room_of(name: str) -> str:
    """The room of a dotted name: `workbench.store.base` → `store`, `dashboards.pages.day` → `dashboards`, else ""."""
    parts = name.split(".")
    if parts[0] == "workbench":
        return parts[1] if len(parts) > 1 else "workbench"
    if name == "dashboards.app" or name.startswith("dashboards.app."):
        return "dashboards.app"
    return parts[0] if parts[0] in PRODUCT else ""


def breaches(root: Path) -> list[Breach]:
    """Imports that the table does not allow, relative imports, rooms that are not in the table, fences crossed."""
    found: list[Breach] = []
    for module in modules(root, *PRODUCT):
        room = room_of(module.name)
        if module.name in ("workbench", "workbench.__main__"):
            continue  # the package's own face; `python -m workbench` is the command line
        if room not in KNOWS:
            found.append(Breach(module.path, 1, f"the room “{room}” is not in the table of rooms"))
            continue
        found += _relative(module)
        found += _across(module, room)
        found += _fenced(module)
    return found


def _relative(module: Module) -> Iterator[Breach]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield module.breach(node, "a relative import hides which room is meant")


def _across(module: Module, room: str) -> Iterator[Breach]:
    for node, name in imported(module):
        target = room_of(name)
        if not target or name in ("workbench", "workbench.__version__"):
            continue
        if target == room == "actions" and module.path.count("/") == 3 and not _shared_here(module, name):
            yield module.breach(node, f"a verb knows another verb: {name}")
        elif target != room and target not in KNOWS[room]:
            yield module.breach(node, f"{room} may not know {target}: {name}")
        elif room in DOMAINS and name in ("workbench.gate.action.action", "workbench.gate.view.view"):
            yield module.breach(node, f"a domain takes types from the gate, no doors: {name}")


def _shared_here(module: Module, name: str) -> bool:
    """Whether it is the part that verbs of one area share, imported within the area."""
    area = module.path.rsplit("/", 1)[0].replace("/", ".")
    return name.startswith(f"{area}._")


def _fenced(module: Module) -> Iterator[Breach]:
    for node, name in imported(module):
        places = FENCED.get(name.split(".")[0])
        if places is not None and not module.within(places):
            yield module.breach(node, f"{name.split('.')[0]} is not known here")
