"""The one module that opens DuckDB: an encrypted file, encrypted spill, no way out to files, settings locked.

Pinned to DuckDB 1.5.5 with the httpfs extension of the same version, whose OpenSSL it needs to write encrypted files;
the extension comes as a package, is loaded from there, and DuckDB checks its signature. Nothing is fetched.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_httpfs
import pyarrow as pa

from workbench.kernel.errors import WorkbenchError
from workbench.marts.reader import Rows

Connection = duckdb.DuckDBPyConnection
DuckError = duckdb.Error

_MEMORY = "1GB"


class Retired(Exception):
    """This file was replaced by a newer one a moment ago: ask that one."""


class Duck:
    """One open file. One thread writes through `writer`; any thread reads through `reading`. `name`: its catalogue."""

    def __init__(self, path: Path, key: bytes, *, spill: Path, memory: str = _MEMORY, name: str = "mirror") -> None:
        self.path = path
        self._name = name
        self._in_use = 0
        self._is_retired = False
        self._changed = threading.Condition()
        self.writer = duckdb.connect(":memory:")
        try:
            self.writer.execute(f"LOAD '{_quoted(_extension())}'")
            self.writer.execute(
                f"ATTACH '{_quoted(path)}' AS {name} (ENCRYPTION_KEY '{key.hex()}', ENCRYPTION_CIPHER 'GCM')"
            )
            for setting in _settings(spill, memory):
                self.writer.execute(setting)
            self.writer.execute(f"USE {name}")
        except BaseException:
            self.writer.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of its own in one read-only snapshot; DuckDB itself refuses to write through it."""
        with self._held():
            cursor = self.writer.cursor()
            try:
                cursor.execute(f"USE {self._name}")
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                yield cursor
            finally:
                cursor.close()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction of the writer: kept if the block ends well, else as if it had never been."""
        self.writer.execute("BEGIN TRANSACTION")
        try:
            yield self.writer
        except BaseException:
            self.writer.execute("ROLLBACK")
            raise
        self.writer.execute("COMMIT")

    def retire(self) -> None:
        """Close as soon as nobody reads any more; new readers are to be sent elsewhere before."""
        with self._changed:
            self._is_retired = True
            if self._in_use == 0:
                self.writer.close()

    def close(self, patience_seconds: float = 5.0) -> None:
        """Close once the last reader is done, or when patience ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._in_use == 0, timeout=patience_seconds)
            self._is_retired = True
            self.writer.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._changed:
            if self._is_retired:
                raise Retired
            self._in_use += 1
        try:
            yield
        finally:
            with self._changed:
                self._in_use -= 1
                self._changed.notify_all()
                if self._is_retired and self._in_use == 0:
                    self.writer.close()


class QueryRefused(WorkbenchError):
    """Something else than one SELECT: in a read-only snapshot a COMMIT, and what follows it, would not be read-only."""


class QueryTooLong(WorkbenchError):
    """A query was stopped, so that it does not hold up others."""


class Snapshot:
    """Questions to one read-only snapshot of a file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def query(self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, seconds: float = 15.0) -> Rows:
        """The rows of one SELECT.

        Raises:
            QueryRefused: it is not one SELECT.
            QueryTooLong: it was stopped after `seconds`.
        """
        statements = self._connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise QueryRefused("Only one SELECT at a time is answered here.")
        alarm = threading.Timer(seconds, self._connection.interrupt)
        alarm.start()
        try:
            result = self._connection.execute(statements[0], params or None)
            rows = tuple(result.fetchall())
        except duckdb.InterruptException:
            raise QueryTooLong("This took too long and was stopped. Choose a shorter period.") from None
        finally:
            alarm.cancel()
        return Rows(tuple(column[0] for column in result.description), rows)


@contextmanager
def registered(connection: Connection, name: str, batch: pa.Table) -> Iterator[None]:
    """Let queries of this connection see an Arrow table by this name, inside the block."""
    connection.register(name, batch)
    try:
        yield
    finally:
        connection.unregister(name)


def _settings(spill: Path, memory: str) -> tuple[str, ...]:
    return (
        "SET temp_file_encryption = true",  # without it DuckDB spills in the clear even from an encrypted file
        f"SET temp_directory = '{_quoted(spill)}'",
        f"SET memory_limit = '{memory}'",
        "SET TimeZone = 'UTC'",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET python_enable_replacements = false",  # else a query may name a local variable and read it
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    )


def _extension() -> Path:
    folder = Path(duckdb_extension_httpfs.__file__).parent
    return next(folder.rglob("httpfs.duckdb_extension"))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
