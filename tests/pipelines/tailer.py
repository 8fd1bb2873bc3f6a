"""A mirror, or an index of the audit log, in a process of its own, killed at any moment under a live writer."""

import multiprocessing
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipelines import audit_index
from pipelines.mirror import Mirror
from workbench.cli.every_table import import_every_table
from workbench.kernel.settings import Settings
from workbench.store.engine import open_store, open_vault

import_every_table()


def follow_until_killed(home: Path, database_url: str) -> None:
    """Start the mirror of a practice and never end."""
    _never_end(home, database_url, Mirror)


def index_until_killed(home: Path, database_url: str) -> None:
    """Start the index of a practice's audit log, a few lines a batch, and never end."""
    audit_index.BATCH = 7  # type: ignore[misc]
    _never_end(home, database_url, audit_index.AuditIndex)


def _never_end(home: Path, database_url: str, keeper: Callable[..., Any]) -> None:
    settings = Settings(home=home, database_url=database_url)
    store = open_store(settings, open_vault(settings))
    keeper(store, ZoneInfo("America/New_York"), lambda: datetime(2026, 3, 9, 14, 0, tzinfo=UTC)).start()
    while True:
        time.sleep(60)


def killed_again_and_again(
    follower: Callable[[Path, str], None], settings: Settings, write_on: Callable[[int], None], *, kills: int
) -> None:
    """Start `follower` and kill it, so many times, while `write_on` is called with 1, 2, 3 … in a thread beside it."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            write_on(number)
            time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    chance = random.Random(kills)
    for _ in range(kills):
        process = processes.Process(target=follower, args=(settings.home, settings.database_url))
        process.start()
        time.sleep(chance.uniform(0.05, 0.5))
        process.kill()
        process.join()
        assert process.exitcode == -9
    done.set()
    writer.join()
