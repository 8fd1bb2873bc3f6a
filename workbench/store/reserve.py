"""Room set aside on the disk for the day it is full: SQLite cannot even delete then, but a file can be given back."""

import errno
import os
import shutil
from pathlib import Path
from typing import Final

RESERVE_FILE: Final = "reserve"
RESERVE_BYTES: Final = 64 << 20
_WORTH_IT: Final = 8
"""Nothing is set aside on a disk with less free than this many times as much: it would be what fills it."""


def keep_reserve(home: Path, size: int = RESERVE_BYTES) -> bool:
    """Set the room aside, unless it is or the disk is too full for that; whether it is there now."""
    path = home / RESERVE_FILE
    if path.exists() and path.stat().st_size >= size:
        return True
    if shutil.disk_usage(home).free < size * _WORTH_IT:
        return False
    try:
        _fill(path, size)
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno != errno.ENOSPC:
            raise
        return False
    return True


def open_reserve(home: Path) -> int:
    """Give the room back, in bytes; 0 if there was none."""
    path = home / RESERVE_FILE
    size = path.stat().st_size if path.exists() else 0
    path.unlink(missing_ok=True)
    return size


def _fill(path: Path, size: int) -> None:
    """Written out, not only promised: a file of holes takes no room."""
    piece = bytes(1 << 20)
    with path.open("wb") as file:
        for start in range(0, size, len(piece)):
            file.write(piece[: size - start])
        file.flush()
        os.fsync(file.fileno())
