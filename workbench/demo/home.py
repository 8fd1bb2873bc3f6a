"""The folder of a synthetic practice: made whole or not at all, and removed only if it is one."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from workbench.demo.draw import ZONE
from workbench.gate.action import Gate
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.store.engine import KEYRING_FILE, create_home, open_store, open_vault
from workbench.store.schema import migrate

MARK: Final = "SYNTHETIC"
_SAYS: Final = "This folder holds an invented practice. It may be deleted at any time.\n"


class NotSynthetic(WorkbenchError):
    """The folder holds something that is not a synthetic practice, so the demo leaves it alone."""


def is_made(settings: Settings) -> bool:
    """Whether the folder holds a synthetic practice.

    Raises:
        NotSynthetic: it holds something else.
    """
    home = settings.home
    if (home / MARK).exists():
        return True
    if (home / KEYRING_FILE).exists():
        raise NotSynthetic("This folder holds a real practice, so no demo is made here. Choose another with --home.")
    if home.exists() and any(home.iterdir()):
        raise NotSynthetic("This folder holds other files, so no demo is made here. Choose an empty one with --home.")
    return False


def remove(settings: Settings) -> None:
    """Delete the synthetic practice with everything in its folder; nothing happens if there is none.

    Raises:
        NotSynthetic: the folder holds something else.
    """
    if is_made(settings):
        # The mark goes last: a folder that is half deleted is still known for what it was.
        for path in sorted(settings.home.iterdir(), key=lambda path: path.name == MARK):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def make(settings: Settings, fill: Callable[[Gate], object]) -> None:
    """A new practice folder, filled by `fill`; it gets its name only when it is whole.

    Whatever stops it on the way, a kill or a full disk, leaves at most a `.making` folder that the next try removes.
    """
    making = settings.home.with_name(settings.home.name + ".making")
    if making.exists():
        shutil.rmtree(making)
    making.mkdir(parents=True, mode=0o700)
    (making / MARK).write_text(_SAYS)
    there = replace(settings, home=making)
    try:
        create_home(there)
        _fill(there, fill)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    making.replace(settings.home)


def _fill(settings: Settings, fill: Callable[[Gate], object]) -> None:
    vault = open_vault(settings)
    store = open_store(settings, vault)
    try:
        migrate(store)
        fill(Gate(store, ZONE))
    finally:
        store.close()
        vault.close()
