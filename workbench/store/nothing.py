"""A store with every table and no row, in memory: what the workbench is shown with where nobody's data may be seen."""

import os
from pathlib import Path

from sqlalchemy import StaticPool, create_engine
from sqlcipher3 import dbapi2

from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.key_store import KeyStore
from workbench.store.keyring import Keyring
from workbench.store.vault import Vault

_IN_MEMORY = Path(":memory:")


def empty_store() -> Store:
    """A new one with keys of its own, gone when nobody holds it. One connection: only one call at a time may use it."""
    keyring = Keyring(os.urandom(32))
    keys = KeyStore(_IN_MEMORY, keyring.service_key("key store pages"), keyring.service_key("data keys"))
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    Base.metadata.create_all(engine)
    return Store(engine, Vault(keyring, keys), _IN_MEMORY)
