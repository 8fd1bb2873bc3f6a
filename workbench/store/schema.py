"""Brings a store to the version this software knows, and refuses one from the future."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store

_STEPS = Path(__file__).parent / "migrations"


class StoreNewer(WorkbenchError):
    """The store was written by a newer version of this software."""


class StoreOlder(WorkbenchError):
    """The store has to be migrated first."""


def migrate(store: Store, to: str = "head") -> None:
    """Run every missing step in one transaction; a step that fails leaves the store as it was."""
    _run(store, command.upgrade, to)


def unmigrate(store: Store, to: str = "base") -> None:
    """Undo steps down to `to`. For tests and for going back after a failed update; tables dropped lose their rows."""
    _run(store, command.downgrade, to)


def check_schema(store: Store) -> None:
    """Say whether the store fits this software.

    Raises:
        StoreNewer: it holds a step that is unknown here.
        StoreOlder: steps are missing.
    """
    version = schema_version(store)
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise StoreNewer("This practice was last opened by a newer version of the software. Install that version.")
    if version != scripts.get_current_head():
        raise StoreOlder("This practice has to be updated first: run “workbench migrate”.")


def schema_version(store: Store) -> str | None:
    """The step the store stands at; None for an empty database."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _run(store: Store, step: Any, to: str) -> None:
    with store.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        step(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    return config
