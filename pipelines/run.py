"""What is asked of the mirror from the command line: of the process that keeps it, or, where none does, done here."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pipelines.files import MirrorFolder, MirrorTaken
from pipelines.mirror import Mirror
from pipelines.telling import told
from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store

Errand = Literal["rebuild", "verify"]
_DONE_WHEN: dict[Errand, str] = {"rebuild": "built_at", "verify": "verified_at"}
_LOOK_EVERY = 0.2


class NoAnswer(WorkbenchError):
    """The process that keeps the mirror did not do what it was asked for."""


def mirror_status(store: Store) -> dict[str, Any]:
    """What the keeper of the mirror said last, and whether one is there now (`is_kept`)."""
    folder = MirrorFolder(store.home / "mirror")
    said, is_kept = folder.said(), folder.is_taken()
    state = said.get("state", "building") if is_kept else "stopped"
    return {**said, "state": state, "is_kept": is_kept}


def run_errand(
    store: Store, zone: ZoneInfo, clock: Callable[[], datetime], errand: Errand, *, patience_seconds: float = 900.0
) -> dict[str, Any]:
    """Build the mirror anew, or compare it with the store row by row; the status afterwards.

    Raises:
        NoAnswer: another process keeps the mirror and did not answer in time.
    """
    mirror = Mirror(store, zone, clock)
    try:
        mirror.start()
    except MirrorTaken:
        return _ask_keeper(store, errand, patience_seconds)
    try:
        mirror.wait_ready(patience_seconds)
        if errand == "rebuild":
            mirror.rebuild()
        else:
            mirror.verify()
        return {**told(mirror.status()), "is_kept": False}
    finally:
        mirror.stop()


def _ask_keeper(store: Store, errand: Errand, patience_seconds: float) -> dict[str, Any]:
    folder = MirrorFolder(store.home / "mirror")
    before = folder.said().get(_DONE_WHEN[errand])
    folder.ask(errand)
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        said = folder.said()
        if said.get(_DONE_WHEN[errand]) != before:
            return {**said, "is_kept": True}
        time.sleep(_LOOK_EVERY)
    raise NoAnswer("The server keeps the mirror and did not answer in time. Look at its log.")
