"""Opens the store: SQLCipher by default, PostgreSQL where a practice outgrows one machine. Same rows, same rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from workbench.kernel.settings import Settings
from workbench.store.key_store import KeyStore
from workbench.store.keyring import Keyring, read_kek, write_kek_file
from workbench.store.sqlcipher import connect
from workbench.store.vault import Vault

STORE_FILE = "store.db"
KEYRING_FILE = "keyring.json"
KEY_STORE_FILE = "keys.db"


@dataclass(frozen=True)
class Store:
    """An open store: the engine, the vault its documents are sealed with, and where it lies."""

    engine: Engine
    vault: Vault
    home: Path

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One write transaction; rolled back unless `commit()` was called. The gate's alone."""
        with Session(self.engine, info={"vault": self.vault}, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One read-only snapshot."""
        with Session(self.engine, info={"vault": self.vault}, autoflush=False) as session:
            session.connection(execution_options={"read_only": True})
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def create_home(settings: Settings) -> None:
    """A new practice folder with its keys; the key file only where no other source was given."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (settings.key_base64 or settings.passphrase):
        path = settings.key_file or settings.home / "kek.key"
        if not path.exists():
            write_kek_file(path)
    Keyring.create(settings.home / KEYRING_FILE, read_kek(settings))


def open_vault(settings: Settings) -> Vault:
    """The vault of the practice in `settings.home`.

    Raises:
        KeyMissing, KeyWrong: see `keyring`.
    """
    keyring = Keyring.unlock(settings.home / KEYRING_FILE, read_kek(settings))
    keys = KeyStore(
        settings.home / KEY_STORE_FILE, keyring.service_key("key store pages"), keyring.service_key("data keys")
    )
    return Vault(keyring, keys)


def open_store(settings: Settings, vault: Vault) -> Store:
    """The store, not yet checked for its version (see `migrations`)."""
    if settings.database_url:
        return Store(_postgresql(settings.database_url), vault, settings.home)
    return Store(_sqlcipher(settings.home / STORE_FILE, vault.service_key("store pages")), vault, settings.home)


def _sqlcipher(path: Path, page_key: bytes) -> Engine:
    def creator() -> Any:
        return connect(path, page_key, same_thread=False)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=12,
        max_overflow=20,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred BEGIN that writes later loses to "database is locked"; IMMEDIATE queues instead.
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+pg8000")
    arguments: dict[str, Any] = {}
    folder = str(address.query.get("host", ""))
    if folder.startswith("/"):  # the driver takes a local server's socket as an argument, not in the address
        port = address.query.get("port", address.port or 5432)
        arguments["unix_sock"] = f"{folder}/.s.PGSQL.{port}"
        address = address.difference_update_query(["host", "port"]).set(host=None, port=None)
    if arguments or "unix_sock" in address.query:
        # No wire, so no TLS: the driver would read every certificate of the machine for each connection, for nothing.
        arguments["ssl_context"] = False
    engine = create_engine(
        address, connect_args=arguments, pool_size=12, max_overflow=20, hide_parameters=True, pool_pre_ping=True
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("read_only", False):
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))

    return engine
