"""`workbench migrate`: brings the store to the version of this software."""

import argparse
from pathlib import Path
from typing import Any

from workbench.kernel.settings import read_settings


def register(groups: Any) -> None:
    """Add the command."""
    command = groups.add_parser("migrate", help="bring the store to the version of this software")
    command.add_argument("--home", type=Path, help="the practice's folder (default: WORKBENCH_HOME)")
    command.set_defaults(run=_migrate)


def _migrate(given: argparse.Namespace) -> int:
    from workbench.store.engine import open_store, open_vault
    from workbench.store.schema import migrate, schema_version

    settings = read_settings(home=given.home)
    store = open_store(settings, open_vault(settings))
    before = schema_version(store)
    migrate(store)
    after = schema_version(store)
    store.close()
    print(f"The store is at {after}." if before == after else f"The store went from {before or 'empty'} to {after}.")
    return 0
