"""A command of `workbench` on a Wednesday morning of the practice, so that a story reads the same any day.

The first argument is a file that says how many minutes the story has skipped; the rest is the command.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.cli import main

BEGINS = datetime(2026, 3, 11, 14, 30, tzinfo=UTC)
"""Half past ten in the practice's zone."""
_STARTED = datetime.now(UTC)


def clock_with(skipped: Path) -> Callable[[], datetime]:
    """Time passes as usual from another beginning, and by what the file says."""

    def clock() -> datetime:
        return BEGINS + timedelta(minutes=int(skipped.read_text())) + (datetime.now(UTC) - _STARTED)

    return clock


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:], clock=clock_with(Path(sys.argv[1]))))
