"""A copy of a running practice in a folder: pages and keys as they lie encrypted, and a signed list of what there is.

The key-encryption key is never part of it, so whoever finds the copy opens nothing. Wrapped data keys are in a folder
of their own (`keys/`), to be kept for a shorter time than the rest: a store put back with an old key store would bring
back who was erased since.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.folders import fingerprint, holds_something, whole_or_absent
from workbench.store.engine import KEY_STORE_FILE, KEYRING_FILE, STORE_FILE, Store
from workbench.store.schema import schema_version
from workbench.store.sqlcipher import connect
from workbench.store.vault import Vault

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FORMAT: Final = "workbench-backup 1"
_SALT_FILE = "kek.salt"
_KEY_FILES: Final = frozenset({"kek.key"})
_KEYS = "keys"
_STORE = "store"


class BackupInTheWay(WorkbenchError):
    """The folder holds something already."""


class BackupElsewhere(WorkbenchError):
    """The store lies in PostgreSQL, which has its own ways."""

    def __init__(self) -> None:
        super().__init__(
            "This practice's store is in PostgreSQL. Back that up with PostgreSQL's own tools (pg_basebackup), and "
            "copy the practice's folder after it."
        )


class BackupBroken(WorkbenchError):
    """What is in the folder is not what was backed up."""


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself: when (UTC), at which step of the schema, how many files and bytes."""

    taken_at: datetime
    schema: str
    files: int
    size: int


def take_copy(store: Store, folder: Path, *, before: Sequence[str], now: datetime) -> Contents:
    """Everything that is needed to go on elsewhere, there whole or not at all. Writers go on meanwhile.

    before: folders of the home that must not be newer than the store: what was signed for has to be in it.

    Raises:
        BackupInTheWay: there is something in the folder.
        BackupElsewhere: the store is not a file of the home.
    """
    if store.dialect != "sqlite":
        raise BackupElsewhere
    refuse_what_is_there(folder)
    with whole_or_absent(folder) as partial:
        for name in before:
            if (store.home / name).exists():
                shutil.copytree(store.home / name, partial / _STORE / name)
        _copy_files(store, partial)
        return _list(store, partial, now)


def check_copy(folder: Path, vault: Vault) -> Contents:
    """Whether every byte is what was backed up under this practice's keys.

    Raises:
        BackupBroken: the list or a file was changed, is missing, or does not belong to it.
    """
    try:
        told = (folder / MANIFEST).read_bytes()
        _signing_key(vault).public_key().verify((folder / SIGNATURE).read_bytes(), told)
    except InvalidSignature:
        raise BackupBroken("The list of this backup was changed, or is another practice's. Use another one.") from None
    except FileNotFoundError:
        raise BackupBroken(f"{folder} is no backup: it has no signed list.") from None
    listed: dict[str, Any] = json.loads(told)
    found = _fingerprints(folder)
    for name in sorted(listed["files"].keys() | found.keys()):
        if listed["files"].get(name) != found.get(name):
            how = "is missing" if name not in found else "does not belong to it" if name not in listed["files"] else (
                "was changed"
            )  # fmt: skip
            raise BackupBroken(f"In this backup {name} {how}. Use another one.")
    return _contents(listed)


def put_back(folder: Path, home: Path) -> None:
    """The files of a backup as a practice's folder. Check them first; the key is the operator's to bring.

    Raises:
        BackupInTheWay: there is something in the home beside a key.
    """
    refuse_what_is_there(home, but=_KEY_FILES)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in (_STORE, _KEYS):
        shutil.copytree(folder / part, home, dirs_exist_ok=True)


def take_away(home: Path) -> None:
    """What `put_back` brought, from a home that held nothing but a key before."""
    for file in home.iterdir():
        if file.name not in _KEY_FILES:
            shutil.rmtree(file) if file.is_dir() else file.unlink()


def keyring_of(folder: Path) -> Path:
    """Where a backup keeps the sealed keyring and a passphrase's salt."""
    return folder / _KEYS


def refuse_what_is_there(folder: Path, *, but: frozenset[str] = frozenset()) -> None:
    """Say no to a folder with anything in it.

    Raises:
        BackupInTheWay: as said.
    """
    if holds_something(folder, but=but):
        raise BackupInTheWay(f"{folder} is not empty, and nothing there will be overwritten. Name a new folder.")


def _copy_files(store: Store, folder: Path) -> None:
    (folder / _STORE).mkdir(exist_ok=True, mode=0o700)
    (folder / _KEYS).mkdir(mode=0o700)
    # The store before its keys: a person who comes in between has a key too many, never one too few.
    pages = {STORE_FILE: (_STORE, "store pages"), KEY_STORE_FILE: (_KEYS, "key store pages")}
    for name, (part, key) in pages.items():
        _copy_pages(store.home / name, folder / part / name, store.vault.service_key(key))
    for name in (KEYRING_FILE, _SALT_FILE):
        if (store.home / name).exists():
            shutil.copy2(store.home / name, folder / _KEYS / name)


def _copy_pages(source: Path, target: Path, page_key: bytes) -> None:
    """SQLite's online backup: one moment of the source, encrypted by the same key, while others write."""
    target.touch(mode=0o600)
    reader, writer = connect(source, page_key), connect(target, page_key)
    try:
        reader.backup(writer)
        # One file, not three: what lies in a backup has no log beside it that could be left behind.
        writer.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        writer.close()
        reader.close()


def _list(store: Store, folder: Path, now: datetime) -> Contents:
    listed = {
        "format": FORMAT,
        "taken_at": now.isoformat(),
        "schema": schema_version(store),
        "files": _fingerprints(folder),
    }
    told = json.dumps(listed, indent=1, sort_keys=True).encode() + b"\n"
    (folder / MANIFEST).write_bytes(told)
    (folder / SIGNATURE).write_bytes(_signing_key(store.vault).sign(told))
    return _contents(listed)


def _contents(listed: dict[str, Any]) -> Contents:
    files = listed["files"].values()
    taken_at = datetime.fromisoformat(listed["taken_at"])
    return Contents(taken_at, listed["schema"] or "", len(files), sum(file["bytes"] for file in files))


def _fingerprints(folder: Path) -> dict[str, dict[str, str | int]]:
    own = {folder / MANIFEST, folder / SIGNATURE}
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file not in own)
    return {file.relative_to(folder).as_posix(): fingerprint(file) for file in files}


def _signing_key(vault: Vault) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(vault.service_key("backup list"))
