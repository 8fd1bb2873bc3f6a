"""Where passwords are hashed: two at once, a short queue, then a polite refusal, so that a flood stalls nobody else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from workbench.kernel.errors import WorkbenchError

T = TypeVar("T")

AT_ONCE: Final = 2
WAITING: Final = 20


class TooBusy(WorkbenchError):
    """More people are signing in than can be checked just now."""

    def __init__(self) -> None:
        super().__init__("Many people are signing in at once. Wait a few seconds and try again.")


class HashingPool:
    """Runs slow work beside the event loop."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="password")
        self._room = at_once + waiting
        self._inside = 0

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """The result of `work(*arguments)`.

        Raises:
            TooBusy: the queue is full; nothing was begun.
        """
        if self._inside >= self._room:
            raise TooBusy
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*arguments))
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Take no more work."""
        self._threads.shutdown(wait=False, cancel_futures=True)
