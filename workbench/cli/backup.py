"""`workbench backup` and `workbench restore`: copy a running practice, prove a copy, go on from it somewhere else."""

import argparse
import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.kernel.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.kernel.settings import Settings
    from workbench.store.backup import Contents


class LogBroken(WorkbenchError):
    """The audit log of the copy is not whole."""


def register(groups: Any) -> None:
    """Add the commands."""
    home = {"type": Path, "help": "the practice's folder, if not the usual one"}
    backup = groups.add_parser("backup", help="copy the practice into a new folder; “backup verify DIR” proves a copy")
    backup.add_argument("words", nargs="+", metavar="DIR", help="a new folder, or “verify” and a backup's folder")
    backup.add_argument("--home", **home)
    backup.set_defaults(run=_backup, refuse=backup.error)
    restore = groups.add_parser("restore", help="put a backup into an empty home, prove it and end its sessions")
    restore.add_argument("folder", type=Path, metavar="DIR")
    restore.add_argument("--home", **home)
    restore.set_defaults(run=_restore)


def _backup(given: argparse.Namespace) -> int:
    if given.words[0] == "verify" and len(given.words) == 2:
        return _verify(given, Path(given.words[1]))
    if len(given.words) != 1 or given.words[0] == "verify":
        given.refuse("name one new folder, or “verify” and the folder of a backup")
    return _take(given, Path(given.words[0]))


def _take(given: argparse.Namespace, folder: Path) -> int:
    from workbench.actions.operations.take_backup import take_backup
    from workbench.cli.opening import opened
    from workbench.gate.actor import SystemActor
    from workbench.gate.audit_seal import ANCHOR_FOLDER, SIGNER_FOLDER
    from workbench.gate.permissions import Permission
    from workbench.store.backup import refuse_what_is_there, take_copy

    now = given.clock()
    with opened(_embedded(given)) as practice:
        refuse_what_is_there(folder)
        take_backup(practice.gate, SystemActor("console", frozenset({Permission.TAKE_BACKUP})), now=now)
        # What the signer remembers must be in the store that comes with it, so it is copied before the store is.
        told = take_copy(practice.gate.store, folder, before=(SIGNER_FOLDER, ANCHOR_FOLDER), now=now)
    print(f"{told.files} files, {told.size / 1e6:,.1f} MB, are in {folder}. The key is not among them: keep it apart.")
    print(f"Prove it with “workbench backup verify {folder}”.")
    return 0


def _verify(given: argparse.Namespace, folder: Path) -> int:
    from workbench.store.backup import put_back

    settings = _embedded(given)
    told = _checked(folder, settings)
    # A copy is proven by going on from it: elsewhere, so that not one byte of the backup changes.
    trial = Path(tempfile.mkdtemp(prefix="workbench-verify"))
    try:
        put_back(folder, trial / "practice")
        _prove(replace(_keyed(settings), home=trial / "practice"))
    finally:
        shutil.rmtree(trial)
    print(f"Taken {told.taken_at:%Y-%m-%d %H:%M} UTC: it opens, and everything in it is as it was.")
    return 0


def _restore(given: argparse.Namespace) -> int:
    from workbench.actions.operations.go_on_from_backup import go_on_from_backup
    from workbench.cli.opening import opened
    from workbench.gate.actor import SystemActor
    from workbench.gate.permissions import Permission
    from workbench.store.backup import put_back, take_away

    settings = _embedded(given)
    told = _checked(given.folder, settings)
    put_back(given.folder, settings.home)
    try:
        _prove(settings)
    except BaseException:
        take_away(settings.home)
        raise
    console = SystemActor("console", frozenset({Permission.GO_ON_FROM_BACKUP}))
    with opened(settings) as practice:
        ended = go_on_from_backup(practice.gate, console, now=given.clock(), taken_at=told.taken_at)
    print(f"The practice of {told.taken_at:%Y-%m-%d %H:%M} UTC is in {settings.home}; {ended.sessions} sessions ended.")
    print("The numbers are built anew at the first start. What came after the backup is not in it.")
    return 0


def _embedded(given: argparse.Namespace) -> "Settings":
    from workbench.kernel.settings import read_settings
    from workbench.store.backup import BackupElsewhere

    settings = read_settings(home=given.home)
    if settings.database_url:  # or a copy of files would be judged by what the database holds
        raise BackupElsewhere
    return settings


def _checked(folder: Path, settings: "Settings") -> "Contents":
    from workbench.store.backup import check_copy, keyring_of
    from workbench.store.engine import open_vault

    trial = Path(tempfile.mkdtemp(prefix="workbench-keys"))
    try:
        if keyring_of(folder).is_dir():
            shutil.copytree(keyring_of(folder), trial, dirs_exist_ok=True)
        with closing(open_vault(replace(_keyed(settings), home=trial))) as vault:
            return check_copy(folder, vault)
    finally:
        shutil.rmtree(trial)


def _keyed(settings: "Settings") -> "Settings":
    """The same key for another folder: a key file that is not named lies in the practice's own home."""
    if settings.key_base64 or settings.passphrase or settings.key_file:
        return settings
    return replace(settings, key_file=settings.home / "kek.key")


def _prove(settings: "Settings") -> None:
    from workbench.cli.every_table import import_every_table
    from workbench.gate.audit_seal import check_not_rolled_back, verify_sealed
    from workbench.screens.signed_records import RecordsBroken, check_signed
    from workbench.store.engine import open_store, open_vault
    from workbench.store.schema import check_schema
    from workbench.store.soundness import check_soundness

    import_every_table()
    store = open_store(settings, open_vault(settings))
    try:
        check_schema(store)
        check_not_rolled_back(store)
        sound = check_soundness(store)
        with store.reading() as session:
            verdict = verify_sealed(session, store)
            signed = check_signed(session)
        if verdict.broken_at is not None:
            raise LogBroken(verdict.says)
        if signed.broken:
            raise RecordsBroken(signed.says)
    finally:
        store.close()
    erased = f", {sound.erased:,} of people who were erased" if sound.erased else ""
    print(f"{sound.documents:,} sealed records open{erased}; {verdict.events:,} lines of the audit log are whole.")
    print(signed.says)
