"""The command line: one module a group, each with `register(subparsers)`. The groups are the product's contents page.

Exit codes: 0 done, 1 refused (one plain sentence on stderr), 2 wrong usage. The clock enters the product here.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module

from workbench.kernel.errors import WorkbenchError, sentence

Clock = Callable[[], datetime]

# Each module is imported at every start, so what is heavy (Panel, DuckDB, the server) is imported inside its functions.
GROUPS = (
    "workbench.cli.audit",
    "workbench.cli.backup",
    "workbench.cli.claim",
    "workbench.cli.demo",
    "workbench.cli.form",
    "workbench.cli.measure",
    "workbench.cli.mirror",
    "workbench.cli.practice",
    "workbench.cli.reserve",
    "workbench.cli.serve",
    "workbench.cli.work",
    "workbench.cli.x12",
)  # fmt: skip


def system_clock() -> datetime:
    """The one place where the product asks the time; everything below is given it."""
    return datetime.now(UTC)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="workbench", description="The therapy practice workbench.")
    groups = top.add_subparsers(dest="group", required=True, metavar="COMMAND")
    for name in GROUPS:
        import_module(name).register(groups)
    return top


def main(arguments: Sequence[str] | None = None, *, clock: Clock = system_clock) -> int:
    """Run one command and return its exit code."""
    # A start reads in half a million objects that stay. Looked through after every 700, they cost an eighth of it.
    gc.set_threshold(50_000, 20, 20)
    given = parser().parse_args(arguments)
    given.clock = clock
    try:
        code: int = given.run(given)
    except WorkbenchError as refusal:
        print(sentence(refusal), file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"There is no file {error.filename}.", file=sys.stderr)
        return 1
    except (PermissionError, IsADirectoryError) as error:
        print(f"{error.filename} cannot be read.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has seen enough; nothing is left to say
        return 0
    return code
