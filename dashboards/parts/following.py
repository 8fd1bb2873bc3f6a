"""An open page that shows what changes elsewhere is drawn again by itself: numbers now, boards and rooms as they come.

The server looks, never the browser: nothing of it counts as a person's doing, and no session lives longer for it.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Final

from dashboards.parts.off_loop import log_where, run_off_loop
from dashboards.parts.page import Page
from workbench.kernel.errors import WorkbenchError

LOOK_EVERY: Final = 250
"""Milliseconds between two looks at a page: most of the two seconds a number may take belong to making it."""
REST: Final = 4.0
"""Seconds until a page is looked at again that could not be drawn."""


class Following:
    """Asks the open page every quarter of a second whether it shows something old, and has it drawn again.

    page: the one that is open. draw_again: loads and draws it, unless another one was opened meanwhile.
    """

    def __init__(
        self,
        page: Callable[[], Page],
        draw_again: Callable[[Page], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._page, self._draw_again, self._clock = page, draw_again, clock
        self._looking = False
        self._rests_until = 0.0

    async def look(self) -> None:
        """One look. A page whose session or role is gone is left as it stands: the edge closes it."""
        page = self._page()
        if self._looking or self._clock() < self._rests_until or type(page).is_behind is Page.is_behind:
            return
        self._looking = True
        try:
            if await run_off_loop(page.is_behind):
                await self._draw_again(page)
        except WorkbenchError:
            self._rests_until = self._clock() + REST
        except Exception as error:  # noqa: BLE001 - nobody waits for this; the page stays as it was drawn last
            log_where(error)
            self._rests_until = self._clock() + REST
        finally:
            self._looking = False
