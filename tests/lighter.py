"""What a test run leaves out because nobody looks at it: waits for a disk, and looks for garbage where there is none.

A practice of a test goes with the test. On a disk each of its commits waits for the platter, as it should where a
record is kept, while a core stands idle; in memory the same commits make the same calls and wait for nothing.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes free for the folders of a whole run, several times what they take; a container's 64 MB are no room."""


def pytest_configure() -> None:
    """The tests' folders lie in memory where there is room for them, and nobody has said otherwise."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and has_room(MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Whether it is there, may be written to, and has room for a run beside what the run itself needs of the memory."""
    is_ours = folder.is_dir() and os.access(folder, os.W_OK)
    return is_ours and shutil.disk_usage(folder).free >= ROOM and _available() >= 2 * ROOM


def _available() -> int:
    """Bytes of memory that can be had, caches let go of."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")), 0)


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Modules and tests stay until the end: while they are read in, and ever after, nobody looks there for garbage."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
