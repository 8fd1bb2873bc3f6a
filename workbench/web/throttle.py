"""Slows down guessing: a wait that grows with each wrong try on an account, and a cap a minute for each network."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Final

from workbench.accounts.rules import wait_after

PER_ACCOUNT: Final = 10
PER_NETWORK: Final = 30
MINUTE: Final = timedelta(minutes=1)
_REMEMBERED: Final = 20_000


def network_of(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) an address lies in: what one stranger can easily have many of counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


@dataclass
class _Tries:
    wrong: int = 0
    at: deque[datetime] = field(default_factory=lambda: deque(maxlen=PER_NETWORK))


class Throttle:
    """Wrong tries by key. A try counts as wrong from when it begins until it turns out right, so that tries made at
    the same time do not slip through together. Known and unknown accounts are treated alike.
    """

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def begin(self, account: str, network: str, now: datetime) -> timedelta:
        """How long this try must wait. If zero, it has begun and counts."""
        wait = max(
            self._wait(account, PER_ACCOUNT, now, grows=True), self._wait(network, PER_NETWORK, now, grows=False)
        )
        if wait <= timedelta(0):
            for key in (account, network):
                tries = self._tries.setdefault(key, _Tries())
                tries.wrong += 1
                tries.at.append(now)
                self._tries.move_to_end(key)
            while len(self._tries) > _REMEMBERED:
                self._tries.popitem(last=False)
        return wait

    def remember(self, account: str, wrong: int, last_at: datetime | None) -> None:
        """Take over what the store knows of an account that is not known here, as after a start of the server."""
        if wrong and last_at is not None and account not in self._tries:
            self._tries[account] = _Tries(wrong, deque([last_at], maxlen=PER_NETWORK))

    def right(self, account: str, network: str) -> None:
        """The try was right: the account starts afresh, and the network is not charged with it."""
        self._tries.pop(account, None)
        tries = self._tries.get(network)
        if tries is not None and tries.at:
            tries.at.pop()

    def _wait(self, key: str, most: int, now: datetime, *, grows: bool) -> timedelta:
        tries = self._tries.get(key)
        if tries is None or not tries.at:
            return timedelta(0)
        while tries.at and now - tries.at[0] >= 15 * MINUTE:
            tries.at.popleft()
        if not tries.at:
            del self._tries[key]
            return timedelta(0)
        recent = [at for at in tries.at if now - at < MINUTE]
        crowded = MINUTE - (now - recent[-most]) if len(recent) >= most else timedelta(0)
        slowed = wait_after(tries.wrong) - (now - tries.at[-1]) if grows else timedelta(0)
        return max(crowded, slowed, timedelta(0))
