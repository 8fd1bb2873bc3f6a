"""Connections to SQLCipher files: keyed first, write-ahead log, full synchronous.

Never the standard library's sqlite3: it may be one with the WAL-reset corruption bug (3.7.0 to 3.51.2).
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from workbench.kernel.errors import WorkbenchError
from workbench.store.keyring import KeyWrong

OLDEST_SQLITE = (3, 51, 3)


class SqliteTooOld(WorkbenchError):
    """The SQLite inside the driver has a known corruption bug."""


def check_version() -> None:
    """Refuse to start on a SQLite whose write-ahead log can corrupt the file (fixed in 3.51.3)."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise SqliteTooOld(f"SQLite {dbapi2.sqlite_version} can corrupt the store; 3.51.3 or newer is needed.")


def connect(path: Path, page_key: bytes, *, same_thread: bool = True) -> Any:
    """A connection in autocommit mode, ready for explicit BEGIN.

    Raises:
        KeyWrong: the file is not opened by `page_key`, or is no database.
    """
    check_version()
    connection = dbapi2.connect(str(path), timeout=30, isolation_level=None, check_same_thread=same_thread)
    try:
        connection.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        if "not a database" in str(error):
            raise KeyWrong("This key does not open the store. Check that key and folder belong together.") from error
        raise
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "recursive_triggers = ON",
                   "temp_store = MEMORY", "cache_size = -65536", "busy_timeout = 30000"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    return connection
