"""The keyring: service keys in one file, sealed by the key-encryption key (KEK). Rotating the KEK rewrites only it.

The KEK comes from a key file, a passphrase (Argon2id) or the environment; it is never stored beside what it opens
unless the operator chose a key file there, as the demo does.
"""

import base64
import json
import os
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings

_PLACE = b"workbench keyring 1"


class KeyMissing(WorkbenchError):
    """No key-encryption key was given."""


class KeyWrong(WorkbenchError):
    """The key given is not the one this practice was sealed with."""


def read_kek(settings: Settings) -> bytes:
    """The 32-byte key-encryption key, from the first source given: environment, passphrase, key file, `home/kek.key`.

    Raises:
        KeyMissing: none was given, or the key file is not there.
        KeyWrong: what was given is not a 256-bit key.
    """
    if settings.key_base64:
        return _from_base64(settings.key_base64)
    if settings.passphrase:
        return _from_passphrase(settings.passphrase, settings.home / "kek.salt")
    path = settings.key_file or settings.home / "kek.key"
    if not path.exists():
        raise KeyMissing(
            "No key to open the practice: put the key file where WORKBENCH_KEY_FILE says, "
            "or set WORKBENCH_KEY or WORKBENCH_PASSPHRASE."
        )
    return _from_base64(path.read_text())


def write_kek_file(path: Path) -> None:
    """A fresh random key in a file only its owner may read."""
    write_private(path, base64.b64encode(os.urandom(32)) + b"\n")


def write_private(path: Path, content: bytes) -> None:
    """`content` in a file that nobody else may read, in place only when whole."""
    partial = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _from_base64(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise KeyWrong("The key is not base64 text.") from error
    if len(key) != 32:
        raise KeyWrong("The key must be 256 bits: 44 characters of base64.")
    return key


def _from_passphrase(passphrase: str, salt_file: Path) -> bytes:
    if not salt_file.exists():
        write_private(salt_file, os.urandom(16))
    salt = salt_file.read_bytes()
    return hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=256 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )


class Keyring:
    """One random root and what is derived from it by name (HKDF-SHA256, RFC 5869)."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._derived: dict[str, bytes] = {}

    @classmethod
    def create(cls, path: Path, kek: bytes) -> "Keyring":
        """A new keyring, written sealed. Refuses to overwrite one."""
        if path.exists():
            raise KeyWrong("This practice has a keyring already.")
        root = os.urandom(32)
        cls._write(path, kek, root)
        return cls(root)

    @classmethod
    def unlock(cls, path: Path, kek: bytes) -> "Keyring":
        """The keyring in `path`.

        Raises:
            KeyMissing: there is no keyring.
            KeyWrong: `kek` does not open it.
        """
        if not path.exists():
            raise KeyMissing("This folder holds no practice: the keyring is missing. Was it moved, or never set up?")
        try:
            sealed = json.loads(path.read_text())
            root = AESGCM(kek).decrypt(base64.b64decode(sealed["nonce"]), base64.b64decode(sealed["sealed"]), _PLACE)
        except (InvalidTag, ValueError, KeyError) as error:
            raise KeyWrong("This key does not open the practice. Check that key and folder belong together.") from error
        return cls(root)

    def rewrap(self, path: Path, kek: bytes) -> None:
        """The same keys sealed by a new KEK."""
        self._write(path, kek, self._root)

    @staticmethod
    def _write(path: Path, kek: bytes, root: bytes) -> None:
        nonce = os.urandom(12)
        sealed = AESGCM(kek).encrypt(nonce, root, _PLACE)
        document = {
            "version": 1,
            "nonce": base64.b64encode(nonce).decode(),
            "sealed": base64.b64encode(sealed).decode(),
        }
        write_private(path, json.dumps(document).encode())

    def service_key(self, name: str) -> bytes:
        """32 bytes for one use."""
        key = self._derived.get(name)
        if key is None:
            key = HKDF(SHA256(), 32, salt=None, info=f"workbench/{name}".encode()).derive(self._root)
            self._derived[name] = key
        return key
