"""People who gave the right password and still owe the code: kept in memory, five minutes and five tries."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.kernel.digests import hash_of_token

LASTS: Final = timedelta(minutes=5)
TRIES: Final = 5
_MOST: Final = 5000


@dataclass
class HalfWay:
    """One person between password and code. `next_path` is where they were going.

    rehashed: their password's hash with today's parameters, if the kept one has others.
    """

    user_id: str
    next_path: str
    until: datetime
    tries: int = 0
    rehashed: str = ""


class HalfWayHouse:
    """The people half way, by the hash of the token in their cookie."""

    def __init__(self) -> None:
        self._inside: dict[str, HalfWay] = {}

    def enter(self, user_id: str, next_path: str, now: datetime, rehashed: str = "") -> str:
        """A token for the cookie; it opens nothing but the code page."""
        while self._inside:  # the first to enter is the first whose time is up
            first = next(iter(self._inside))
            if self._inside[first].until > now and len(self._inside) < _MOST:
                break
            del self._inside[first]
        token = secrets.token_urlsafe(32)
        self._inside[hash_of_token(token)] = HalfWay(user_id, next_path, now + LASTS, rehashed=rehashed)
        return token

    def find(self, token: str, now: datetime) -> HalfWay | None:
        """The person, while they have time and tries left."""
        found = self._inside.get(hash_of_token(token))
        if found is None or now >= found.until or found.tries >= TRIES:
            return None
        return found

    def leave(self, token: str) -> None:
        """They are in, or gave up."""
        self._inside.pop(hash_of_token(token), None)
