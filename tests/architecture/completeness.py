"""A verb or a read is whole when it has a policy, an audit sentence and a test. What nobody uses is a breach too."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import Breach, Module, dotted, modules

PERMISSIONS, POLICY = "workbench/gate/permissions.py", "workbench/gate/policy_rows.py"
EVENTS, SENTENCES = "workbench/gate/audit_events.py", "workbench/gate/audit_sentences.py"


@dataclass(frozen=True)
class Declared:
    """One function under `@action` or `@view`, and the names its declaration uses: `Permission.X`, `AuditEvent.Y`."""

    module: Module
    node: ast.FunctionDef
    kind: str
    names: frozenset[str]


def breaches(root: Path) -> list[Breach]:
    """Verbs and reads that lack something, members of the lists that nothing uses, files with the wrong name."""
    product = modules(root, "workbench", "dashboards")
    found: list[Breach] = []
    for module in product:
        for declared in declarations(module):
            found += _permitted(declared, _keys(product, POLICY, "POLICY"))
            found += _recorded(declared)
            found += _tested(declared, modules(root, "tests"))
        found += _one_verb_a_file(module)
    found += _list(product, PERMISSIONS, "Permission", "POLICY", POLICY)
    found += _list(product, EVENTS, "AuditEvent", "SENTENCES", SENTENCES)
    return found


def declarations(module: Module) -> Iterator[Declared]:
    """The verbs and reads that a file declares."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                kind = dotted(decorator.func if isinstance(decorator, ast.Call) else decorator).rsplit(".", 1)[-1]
                if kind in ("action", "view"):
                    yield Declared(module, node, kind, _names_in(decorator))


def _permitted(declared: Declared, policy: frozenset[str]) -> Iterator[Breach]:
    permissions = {name for name in declared.names if name.startswith("Permission.")}
    if len(permissions) != 1:
        yield declared.module.breach(declared.node, f"{declared.node.name} declares no permission of its own")
    for name in sorted(permissions - policy):
        yield declared.module.breach(declared.node, f"{name} has no line in the policy: nobody may")


def _recorded(declared: Declared) -> Iterator[Breach]:
    if declared.kind == "view":
        if not any(name.startswith("AuditEvent.") for name in declared.names):
            yield declared.module.breach(declared.node, f"{declared.node.name} does not say which event its reading is")
        return
    recorded = any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"
        for node in ast.walk(declared.module.tree)
    )
    if not recorded or not any(name.startswith("AuditEvent.") for name in _names_in(declared.module.tree)):
        yield declared.module.breach(declared.node, f"{declared.node.name} records no audit event")


def _tested(declared: Declared, tests: tuple[Module, ...]) -> Iterator[Breach]:
    name = declared.node.name
    own = [test for test in tests if test.stem.startswith("test_") and not test.path.startswith("tests/architecture/")]
    if declared.kind == "action" and not any(test.stem == f"test_{name}" for test in own):
        yield declared.module.breach(declared.node, f"no file tests/…/test_{name}.py")
    if declared.kind == "view" and not any(re.search(rf"\b{name}\b", test.text) for test in own):
        yield declared.module.breach(declared.node, f"no test calls {name}")


def _one_verb_a_file(module: Module) -> Iterator[Breach]:
    if not module.path.startswith("workbench/actions/") or module.stem == "__init__":
        return
    verbs = [declared.node.name for declared in declarations(module) if declared.kind == "action"]
    # What two verbs of one area share across domains has no door of its own, and a name that says so.
    if verbs != ([] if module.stem.startswith("_") else [module.stem]):
        yield Breach(module.path, 1, f"a file of actions holds the one verb it is named for, not {verbs}")


def _list(product: tuple[Module, ...], path: str, enum: str, table: str, table_path: str) -> Iterator[Breach]:
    module = next((module for module in product if module.path == path), None)
    if module is None:
        yield Breach(path, 1, f"the list {enum} is missing")
        return
    told = _keys(product, table_path, table)
    used = frozenset().union(*(_names_in(m.tree) for m in product if m.path != path and not _is_part_of(table_path, m)))
    for node in _members(module, enum):
        name = f"{enum}.{node.targets[0].id}"  # type: ignore[attr-defined]
        if name not in told:
            yield module.breach(node, f"{name} has no line in {table}")
        if name not in used:
            yield module.breach(node, f"{name} is used nowhere")


def _members(module: Module, enum: str) -> Iterator[ast.Assign]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name == enum:
            yield from (entry for entry in node.body if isinstance(entry, ast.Assign))


def _keys(product: tuple[Module, ...], path: str, table: str) -> frozenset[str]:
    """The keys of the dictionary `table`, as they are written; also of those it is put together from with `**`."""
    tables = {}
    for module in product:
        for node in module.tree.body if _is_part_of(path, module) else ():
            if isinstance(node, (ast.AnnAssign, ast.Assign)) and isinstance(node.value, ast.Dict):
                tables[dotted(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])] = node.value
    return frozenset(_written_in(tables, table))


def _is_part_of(path: str, module: Module) -> bool:
    """`audit_sentences_of_care.py` holds some of `audit_sentences.py`."""
    return module.path.startswith(path.removesuffix(".py"))


def _written_in(tables: dict[str, ast.Dict], table: str) -> Iterator[str]:
    if table not in tables:
        return
    for key, value in zip(tables[table].keys, tables[table].values, strict=True):
        if key is not None:
            yield dotted(key)
        else:
            yield from _written_in(tables, dotted(value))


def _names_in(tree: ast.AST) -> frozenset[str]:
    return frozenset(dotted(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
