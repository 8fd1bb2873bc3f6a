"""What thousands of tests begin with is put together and sealed once a worker; then its statements are said again.

A row said again is written by the same INSERT, through the same guards and triggers, into the test's own store.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from sqlalchemy import event

from workbench.store.engine import Store

Write = Callable[[Store, datetime], None]


@dataclass
class Written:
    """What was written into a store, and the wrapped data keys that its documents are sealed with."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)

    def again(self, store: Store) -> None:
        """Into another store of the same kind and keyring."""
        keys = store.vault._keys._db
        keys.execute("BEGIN IMMEDIATE")
        keys.executemany("INSERT INTO data_keys VALUES (?, ?)", list(self.keys.items()))
        keys.execute("COMMIT")
        with store.engine.begin() as connection:
            for statement, parameters in self.statements:
                connection.exec_driver_sql(statement, parameters)


def written_once(write: Write) -> Write:
    """`write`, done anew for each kind of database, keyring and instant, and otherwise said again.

    A store in which somebody of it has a key already is written the long way: that key must go on to be theirs.
    """
    kept: dict[object, Written] = {}

    @wraps(write)
    def written(store: Store, now: datetime) -> None:
        kind = (store.dialect, store.vault.service_key("written once"), now)
        held = _keys(store)
        if kind in kept and held.isdisjoint(kept[kind].keys):
            kept[kind].again(store)
            return
        made = Written()

        def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
            if statement.startswith(("INSERT", "UPDATE", "DELETE")):
                made.statements.append((statement, parameters))

        event.listen(store.engine, "before_cursor_execute", note)
        write(store, now)
        event.remove(store.engine, "before_cursor_execute", note)
        made.keys = {owner: wrapped for owner, wrapped in _wrapped(store) if owner not in held}
        if not held:
            kept[kind] = made

    return written


def _wrapped(store: Store) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = store.vault._keys._db.execute("SELECT owner, wrapped FROM data_keys").fetchall()
    return found


def _keys(store: Store) -> set[str]:
    return {owner for owner, _ in _wrapped(store)}
