"""Where a device reads its calendar. It names itself with HTTP Basic (RFC 7617): no secret stands in the address."""

import asyncio
import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Final

from dashboards.parts.ical import ical
from workbench.gate.action import Gate
from workbench.gate.needs import Needs, Open
from workbench.kernel.errors import WorkbenchError
from workbench.screens.calendar_feed import calendar_feed, feed_owner
from workbench.web.edge import edge_of
from workbench.web.pages import PageHandler
from workbench.web.throttle import Throttle, network_of

PATH: Final = "/calendar.ics"
_LONGEST: Final = 200


class FeedHandler(PageHandler):
    """Answers a device with what its owner may see this moment; whoever has no valid name and password with a 401."""

    needs: ClassVar[Needs | None] = Open.TO_ALL

    def initialize(self, read: Callable[..., bytes | None], throttle: Throttle) -> None:
        """read: by name and password, at a moment."""
        self._read, self._throttle = read, throttle
        self._edge = edge_of(self)

    async def get(self) -> None:
        """The calendar."""
        name, password = _credentials(self.request.headers.get("Authorization", ""))
        account, network, now = f"feed {name}", "net " + network_of(self.request.remote_ip or ""), self._edge.clock()
        wait = self._throttle.begin(account, network, now) if name else timedelta(0)
        if wait > timedelta(0):
            self.set_status(429)
            self.set_header("Retry-After", str(int(wait.total_seconds()) + 1))
            return
        file = None
        if name:
            file = await asyncio.get_running_loop().run_in_executor(
                None, lambda: self._read(name=name, password=password, now=now)
            )
        self.set_header("Cache-Control", "no-store")
        if file is None:
            self.set_status(401)
            self.set_header("WWW-Authenticate", 'Basic realm="Calendar", charset="UTF-8"')
            return
        self._throttle.right(account, network)
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.write(file)


def read_feed(gate: Gate, *, name: str, password: str, now: datetime) -> bytes | None:
    """The file of a device; None if it may not read, or its owner has no schedule any more."""
    owner = feed_owner(gate, name, password, now=now)
    if owner is None:
        return None
    try:
        return ical(calendar_feed(gate, owner, now=now, feed_id=name), now=now)
    except WorkbenchError:  # the refusal is a line of the log; to the device it is as if there were nothing
        return None


def feed_route(gate: Gate) -> tuple[str, type[FeedHandler], dict[str, Any]]:
    """For who has a device that was let in."""
    return (PATH, FeedHandler, {"read": partial(read_feed, gate), "throttle": Throttle()})


def _credentials(header: str) -> tuple[str, str]:
    """Name and password of the header; empty where it is none, or longer than any of ours."""
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic" or len(coded) > _LONGEST:
        return "", ""
    try:
        name, _, password = base64.b64decode(coded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
