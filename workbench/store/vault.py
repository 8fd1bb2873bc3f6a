"""Keys and sealing. A key-encryption key opens the keyring and wraps one data key a patient; data keys seal documents.

Destroying a data key makes every sealed document of that patient unreadable, in every copy of the store. So wrapped
keys live apart from the store (`keys.db`), where a restored store cannot bring them back.
"""

import hashlib
import hmac
import os
import threading
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.kernel.errors import WorkbenchError
from workbench.store.key_store import KeyStore
from workbench.store.keyring import Keyring

MAGIC: Final = b"S1"
_NONCE = 12
_OVERHEAD = len(MAGIC) + _NONCE + 16
PRACTICE: Final = "practice"
"""Owner of what belongs to the practice rather than to one patient: staff, settings, files of many patients."""


class KeyDestroyed(WorkbenchError):
    """The data key of this owner is not in the key store: erased, or the key store is not the one of this store."""


class EnvelopeBroken(WorkbenchError):
    """The sealed bytes were changed, or moved from another row."""


def is_envelope(value: object) -> bool:
    """Whether `value` has the form of bytes sealed by a vault."""
    return isinstance(value, (bytes, memoryview)) and len(value) >= _OVERHEAD and bytes(value[:2]) == MAGIC


class Vault:
    """Seals and opens documents, makes blind tokens, hands out service keys. Safe to share between threads."""

    def __init__(self, keyring: Keyring, keys: KeyStore) -> None:
        self._keyring = keyring
        self._keys = keys
        self._ciphers: dict[str, AESGCM] = {}
        self._lock = threading.Lock()

    def service_key(self, name: str) -> bytes:
        """32 bytes for one named use (`mirror`, `pepper`, …); the same in every process and after restart."""
        return self._keyring.service_key(name)

    def seal(self, owner: str, place: str, document: bytes) -> bytes:
        """`document` encrypted under the owner's data key and bound to `place` (table|column|id|owner)."""
        nonce = os.urandom(_NONCE)
        return MAGIC + nonce + self._cipher(owner, make=True).encrypt(nonce, document, place.encode())

    def open(self, owner: str, place: str, envelope: bytes) -> bytes:
        """The document sealed by `seal` with the same owner and place.

        Raises:
            KeyDestroyed: the owner's key is gone.
            EnvelopeBroken: wrong place, wrong owner, or changed bytes.
        """
        envelope = bytes(envelope)
        try:
            nonce, sealed = envelope[2 : 2 + _NONCE], envelope[2 + _NONCE :]
            return self._cipher(owner, make=False).decrypt(nonce, sealed, place.encode())
        except InvalidTag as error:
            raise EnvelopeBroken(
                "A sealed record does not open: it was changed or moved. Restore it from a backup."
            ) from error

    def make_keys(self, owners: Iterable[str]) -> None:
        """Data keys for many new owners in one write, for bulk loading."""
        with self._lock:
            for owner, key in self._keys.make(tuple(owners)).items():
                self._ciphers[owner] = AESGCM(key)

    def destroy_key(self, owner: str) -> None:
        """Forget the owner's data key for good. What it sealed cannot be read again by anybody."""
        with self._lock:
            self._keys.destroy(owner)
            self._ciphers.pop(owner, None)

    def token(self, field: str, value: str) -> bytes:
        """A blind token: equal for equal values of one field, and meaningless without the key. 16 bytes."""
        key = self._keyring.service_key(f"token {field}")
        return hmac.new(key, value.encode(), hashlib.sha256).digest()[:16]

    def pseudonym(self, prefix: str, row_id: str) -> str:
        """The stable stand-in for a store id outside the store (mirror, audit log): `prefix`, 24 hex digits."""
        key = self._keyring.service_key(f"pseudonym {prefix}")
        return f"{prefix}_{hmac.new(key, row_id.encode(), hashlib.sha256).hexdigest()[:24]}"

    def pseudonyms(self, prefix: str, row_ids: Iterable[str]) -> list[str]:
        """`pseudonym` of many ids of one kind, in their order: about 1 µs each."""
        key = self._keyring.service_key(f"pseudonym {prefix}")
        return [f"{prefix}_{hmac.digest(key, row_id.encode(), 'sha256').hex()[:24]}" for row_id in row_ids]

    def close(self) -> None:
        """Let go of the key store."""
        self._keys.close()

    def _cipher(self, owner: str, *, make: bool) -> AESGCM:
        cipher = self._ciphers.get(owner)
        if cipher is not None:
            return cipher
        with self._lock:
            key = self._keys.find(owner)
            if key is None and make:
                key = self._keys.make((owner,))[owner]
            if key is None:
                raise KeyDestroyed("The key of this record is gone, so it cannot be read. Was the record erased?")
            cipher = self._ciphers[owner] = AESGCM(key)
            return cipher
