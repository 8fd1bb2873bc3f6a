"""A mirror, or an index of the audit log, in a process of its own, to be killed at any moment."""

import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines import audit_index
from pipelines.mirror import Mirror
from scripts.write_migration import import_every_table
from workbench.kernel.settings import Settings
from workbench.store.engine import open_store, open_vault

import_every_table()


def follow_until_killed(home: Path, database_url: str) -> None:
    """Start the mirror of a practice and never end."""
    settings = Settings(home=home, database_url=database_url)
    store = open_store(settings, open_vault(settings))
    Mirror(store, ZoneInfo("America/New_York"), lambda: datetime(2026, 3, 9, 14, 0, tzinfo=UTC)).start()
    while True:
        time.sleep(60)


def index_until_killed(home: Path, database_url: str) -> None:
    """Start the index of a practice's audit log, a few lines a batch, and never end."""
    audit_index.BATCH = 7  # type: ignore[misc]
    settings = Settings(home=home, database_url=database_url)
    store = open_store(settings, open_vault(settings))
    clock = lambda: datetime(2026, 3, 9, 14, 0, tzinfo=UTC)  # noqa: E731
    audit_index.AuditIndex(store, ZoneInfo("America/New_York"), clock).start()
    while True:
        time.sleep(60)
