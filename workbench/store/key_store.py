"""Wrapped data keys, one an owner, in a database of their own with its own short-lived backups."""

import os
import threading
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.store.sqlcipher import connect


class KeyStore:
    """Data keys wrapped (AES-256-GCM, bound to their owner) by a key of the keyring."""

    def __init__(self, path: Path, page_key: bytes, wrapping_key: bytes) -> None:
        self._db = connect(path, page_key, same_thread=False)
        self._wrap = AESGCM(wrapping_key)
        self._lock = threading.Lock()
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS data_keys (owner TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID"
        )

    def find(self, owner: str) -> bytes | None:
        """The owner's data key, or None if there is none (any more)."""
        with self._lock:
            row = self._db.execute("SELECT wrapped FROM data_keys WHERE owner = ?", (owner,)).fetchone()
        return None if row is None else self._wrap.decrypt(row[0][:12], row[0][12:], owner.encode())

    def make(self, owners: tuple[str, ...]) -> dict[str, bytes]:
        """Keys for these owners; one that has a key already keeps it, also when two processes ask at once."""
        fresh = {owner: os.urandom(32) for owner in owners}
        rows = []
        for owner, key in fresh.items():
            nonce = os.urandom(12)
            rows.append((owner, nonce + self._wrap.encrypt(nonce, key, owner.encode())))
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO data_keys VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
            self._db.execute("COMMIT")
        if len(owners) == 1:
            return {owners[0]: self.find(owners[0]) or fresh[owners[0]]}
        return {owner: self.find(owner) or key for owner, key in fresh.items()}

    def destroy(self, owner: str) -> None:
        """Forget the owner's key; `secure_delete` overwrites its page."""
        with self._lock:
            self._db.execute("DELETE FROM data_keys WHERE owner = ?", (owner,))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
