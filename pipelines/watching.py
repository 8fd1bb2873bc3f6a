"""Notices that the store changed, without reading it: cheap enough to ask forty times a second."""

from typing import Any, Protocol

from sqlalchemy import text

from workbench.store.engine import Store


class Watch(Protocol):
    """Asked again and again by one thread."""

    def has_moved(self) -> bool:
        """Whether something may have been committed since the last time it was asked; true the first time."""

    def close(self) -> None:
        """Let go of the connection."""


class SqliteWatch:
    """`PRAGMA data_version` changes when another connection commits; it reads one page of shared memory."""

    def __init__(self, store: Store) -> None:
        self._pooled = store.engine.raw_connection()
        self._connection: Any = self._pooled.driver_connection
        self._version: int | None = None

    def has_moved(self) -> bool:
        """Whether another connection committed."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        moved = version != self._version
        self._version = version
        return bool(moved)

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()


class PostgresqlWatch:
    """Transactions are over up to the horizon; when it moved, the log may have something new."""

    _QUERY = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

    def __init__(self, store: Store) -> None:
        self._connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._horizon: int | None = None

    def has_moved(self) -> bool:
        """Whether a transaction that wrote has ended."""
        horizon = int(self._connection.execute(self._QUERY).scalar_one())
        moved = horizon != self._horizon
        self._horizon = horizon
        return moved

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def watch(store: Store) -> Watch:
    """The watch that fits the store's engine."""
    return PostgresqlWatch(store) if store.dialect == "postgresql" else SqliteWatch(store)
