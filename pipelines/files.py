"""The mirror's folder: numbered files of which one is current, one owner at a time, and a note for other processes."""

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

from workbench.kernel.errors import WorkbenchError


class MirrorTaken(WorkbenchError):
    """Another process already keeps this mirror."""


class MirrorFolder:
    """`mirror/` in the practice's home, or a folder like it. Whoever holds it is the one process that opens the files.

    stem: what the numbered files are called.
    """

    def __init__(self, path: Path, stem: str = "mirror") -> None:
        self.path = path
        self._files = f"{stem}-*.duckdb"
        self._stem = stem
        self.spill = path / "spill"
        self._lock: int | None = None

    def take(self) -> None:
        """Become the owner, and sweep away what a killed owner left half made.

        Raises:
            MirrorTaken: somebody else is.
        """
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.path / "owner.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise MirrorTaken("Another process keeps this mirror. Stop the server first, or let it do this.") from None
        self._lock = lock
        self._sweep()

    def is_taken(self) -> bool:
        """Whether some process keeps it now."""
        try:
            lock = os.open(self.path / "owner.lock", os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def release(self) -> None:
        """Stop being the owner."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def current(self) -> Path | None:
        """The file in use; None if there is none yet."""
        try:
            name = (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        file = self.path / name
        return file if file.exists() else None

    def next_file(self) -> Path:
        """A path for a new file, numbered after every one that is there."""
        numbers = [int(file.stem.rsplit("-", 1)[1]) for file in self.path.glob(self._files)]
        return self.path / f"{self._stem}-{max(numbers, default=0) + 1}.duckdb"

    def make_current(self, file: Path) -> None:
        """From now on this is the file in use, after a crash too; the others are removed."""
        _write(self.path / "current", file.name)
        for other in self.path.glob(self._files):
            if other != file:
                remove(other)

    def ask(self, what: str) -> None:
        """Leave word for the owner, from another process: `rebuild` or `verify`."""
        _write(self.path / f"{what}.asked", "")

    def asked(self, what: str) -> bool:
        """Whether word was left; taken away by asking."""
        try:
            (self.path / f"{what}.asked").unlink()
        except FileNotFoundError:
            return False
        return True

    def say(self, facts: dict[str, Any]) -> None:
        """Let other processes read how the mirror is: counts and times, nothing of anybody."""
        _write(self.path / "status.json", json.dumps(facts))

    def said(self) -> dict[str, Any]:
        """What the owner said last; empty if nothing."""
        try:
            said: dict[str, Any] = json.loads((self.path / "status.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return said

    def _sweep(self) -> None:
        current = self.current()
        for file in self.path.glob(self._files):
            if file != current:
                remove(file)
        shutil.rmtree(self.spill, ignore_errors=True)
        self.spill.mkdir(mode=0o700)


def remove(file: Path) -> None:
    """Take a mirror file and its write-ahead log away."""
    file.unlink(missing_ok=True)
    file.with_name(file.name + ".wal").unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)
