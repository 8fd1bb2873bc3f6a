"""Folders of files that are there whole or not at all."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def holds_something(folder: Path, *, but: frozenset[str] = frozenset()) -> bool:
    """Whether there is anything in the folder, apart from files with these names."""
    return folder.exists() and any(file.name not in but for file in folder.iterdir())


@contextmanager
def whole_or_absent(folder: Path) -> Iterator[Path]:
    """Where to write what `folder` is to hold: it gets its name when the block ends, and is gone if the block fails.

    `folder` itself must be empty or missing.
    """
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial)
        raise
    if folder.exists():
        folder.rmdir()
    partial.replace(folder)


def fingerprint(path: Path) -> dict[str, str | int]:
    """Length and SHA-256 of a file, as a list of files tells them."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
