"""A line above every page while something runs that must not be forgotten, such as a chart open in an emergency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from dashboards.parts.message import Message
from dashboards.parts.off_loop import log_where, run_off_loop
from dashboards.parts.replies import Reply
from workbench.kernel.errors import WorkbenchError

SIGN_EVERY: Final = 1000
"""Milliseconds between two looks at the line."""


@dataclass(frozen=True)
class RunningSign:
    """drawn: the line, empty while nothing runs; asked once a second. verbs: what its buttons do, on any page."""

    drawn: Callable[[], Markup]
    verbs: Mapping[str, Callable[[Message], Reply]] = field(default_factory=dict)


NO_SIGN = RunningSign(lambda: Markup(""))


class SignPlace:
    """Keeps the line in the browser as it should be now. place: draws it there."""

    def __init__(self, sign: RunningSign, place: Callable[[Markup], None]) -> None:
        self.sign, self._place = sign, place
        self._shown, self._looking = Markup(""), False

    async def look(self) -> None:
        """One look; what is shown changes only when it says something else."""
        if self._looking or self.sign is NO_SIGN:
            return
        self._looking = True
        try:
            drawn = await run_off_loop(self.sign.drawn)
        except WorkbenchError:
            drawn = Markup("")  # whoever is signed out or lost the role has nothing running
        except Exception as error:  # noqa: BLE001 - nobody waits for this; the line is looked at again in a second
            log_where(error)
            return
        finally:
            self._looking = False
        if drawn != self._shown:
            self._shown = drawn
            self._place(drawn)
