"""`workbench reserve`: room on a full disk, set aside by the server when there was enough."""

import argparse
from pathlib import Path
from typing import Any


def register(groups: Any) -> None:
    """Add the command."""
    command = groups.add_parser("reserve", help="on a full disk: give back the room that was set aside for this")
    command.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    command.set_defaults(run=_open)


def _open(given: argparse.Namespace) -> int:
    from workbench.kernel.settings import read_settings
    from workbench.store.reserve import open_reserve

    given_back = open_reserve(read_settings(home=given.home).home)
    if not given_back:
        print("No room is set aside in this folder, so none can be given back.")
        return 1
    print(f"{given_back / 1e6:,.0f} MB are free again, so people can save and sign out. Make room for good now:")
    print("the next start of the server sets the same aside again once there is enough.")
    return 0
