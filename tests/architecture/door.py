"""One door to the store: only the gate ends a transaction, and nothing writes past the gate's eyes."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach, Module, dotted, imported, modules

ENDINGS = frozenset({"commit", "rollback", "begin", "begin_nested", "_session", "session_", "writing"})
# The pipelines' transactions are DuckDB's: they hold copies, never the record.
MAY_END = ("workbench/gate/", "workbench/store/", "pipelines/")

MAKERS = frozenset({"create_engine", "sessionmaker", "scoped_session", "Session", "Connection"})

BULK = frozenset({"update", "delete", "insert", "text", "exec_driver_sql"})
# Bulk SQL passes the mapper: no version check, no sealing, no audit demand.
MAY_BULK = ("workbench/gate/", "workbench/store/", "pipelines/")


def breaches(root: Path) -> list[Breach]:
    """Transactions ended, sessions made or bulk SQL written elsewhere than the door and the store."""
    found: list[Breach] = []
    for module in modules(root, "workbench", "dashboards", "pipelines"):
        if not module.within(MAY_END):
            found += _endings(module)
            found += _makers(module)
        if not module.within(MAY_BULK):
            found += _bulk(module)
    return found


def _endings(module: Module) -> Iterator[Breach]:
    # A transaction begins without arguments; what begins with some is something else of that name.
    others = {id(n.func) for n in ast.walk(module.tree) if isinstance(n, ast.Call) and n.args}
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ENDINGS
            and not (node.attr == "begin" and id(node) in others)
        ):
            yield module.breach(node, f".{node.attr} belongs to the gate")


def _makers(module: Module) -> Iterator[Breach]:
    from_sqlalchemy = {name.rsplit(".", 1)[-1] for _, name in imported(module) if name.startswith("sqlalchemy")}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            last = name.rsplit(".", 1)[-1]
            if last in MAKERS and (last in from_sqlalchemy or name.split(".")[0] in ("sqlalchemy", "sa", "orm")):
                yield module.breach(node, f"{last}() opens the store past the gate")


def _bulk(module: Module) -> Iterator[Breach]:
    for node, name in imported(module):
        if name.startswith("sqlalchemy.") and name.rsplit(".", 1)[-1] in BULK:
            yield module.breach(node, f"bulk SQL outside the store: {name}")
    aliases = _names_of_sqlalchemy(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in BULK:
            base = dotted(node.value)
            if node.attr == "exec_driver_sql" or base in aliases or base.endswith("__table__"):
                yield module.breach(node, f"bulk SQL outside the store: {base}.{node.attr}")


def _names_of_sqlalchemy(module: Module) -> set[str]:
    names = {"sqlalchemy", "sqlalchemy.sql"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname for alias in node.names if alias.asname and alias.name.startswith("sqlalchemy")}
    return names
