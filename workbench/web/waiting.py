"""What waits for a person's next step, in memory: at most so long, at most so many, by a key only they can name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

T = TypeVar("T")

LASTS: Final = timedelta(minutes=5)
_MOST: Final = 5000


@dataclass(frozen=True)
class _Kept(Generic[T]):
    value: T
    until: datetime


class Waiting(Generic[T]):
    """Values by key; the oldest goes first when there are too many."""

    def __init__(self, lasts: timedelta = LASTS) -> None:
        self._lasts = lasts
        self._kept: dict[str, _Kept[T]] = {}

    def put(self, key: str, value: T, now: datetime) -> T:
        """Keep `value` under `key`, in place of what was there."""
        self._kept.pop(key, None)
        while self._kept:
            first = next(iter(self._kept))
            if self._kept[first].until > now and len(self._kept) < _MOST:
                break
            del self._kept[first]
        self._kept[key] = _Kept(value, now + self._lasts)
        return value

    def find(self, key: str, now: datetime) -> T | None:
        """What waits under `key`, while it has time left."""
        kept = self._kept.get(key)
        return kept.value if kept is not None and now < kept.until else None

    def take(self, key: str, now: datetime) -> T | None:
        """The same, once."""
        found = self.find(key, now)
        self._kept.pop(key, None)
        return found
