"""Where pages do what may block, and how what breaks there is written down."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

logger = logging.getLogger(__name__)
T = TypeVar("T")

POOL = ThreadPoolExecutor(max_workers=16, thread_name_prefix="page")
"""Where pages do what may block. Shared by everybody, so that one person's slow query is not another's wait."""


async def run_off_loop(call: Callable[[], T]) -> T:
    """The result of a call that may block, made in the pool; the event loop serves others meanwhile."""
    return await asyncio.get_running_loop().run_in_executor(POOL, call)


def log_where(error: Exception) -> None:
    """Write down that a page broke, and where, without what the error says."""
    # The text of an error may hold what a person typed or read; where it happened never does.
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    logger.error("a page broke: %s at %s", type(error).__name__, where)
