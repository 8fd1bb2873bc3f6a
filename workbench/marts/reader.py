"""What numbers are read through: anything that runs our SELECTs on published tables and says how fresh they are."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Rows:
    """An answer: the names of its columns, and its rows in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> tuple[dict[str, Any], ...]:
        """The rows by name of column."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class State:
    """How far to trust the numbers. `as_of`: what was committed in the store before this instant is in them.

    state: `building`, `following`, `held` (a check failed, these are the last good ones) or `failing`;
    problem: a sentence for people when it is one of the last two.
    """

    as_of: datetime | None
    behind_seconds: float | None
    state: str
    problem: str = ""


@dataclass(frozen=True)
class CheckSeen:
    """One check of the mirror and how many rows were not so the last time."""

    says: str
    is_critical: bool
    failures: int


@dataclass(frozen=True)
class Health:
    """How the mirror is doing, for whoever wonders.

    rows: by table. changes: taken over since it was started. publish_ms: how long making the numbers took last.
    verified_at, differing: when it was last compared with the store row by row, and which tables were not equal.
    """

    state: State
    rows: Mapping[str, int]
    changes: int
    publish_ms: float
    built_at: datetime | None
    verified_at: datetime | None
    differing: tuple[str, ...]
    checks: tuple[CheckSeen, ...]


class Asker(Protocol):
    """Anything that answers one SELECT at a time."""

    def query(self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, seconds: float = 15.0) -> Rows:
        """The rows of one of our SELECTs, on a read-only snapshot; it is stopped after `seconds`."""


class Reader(Asker, Protocol):
    """The mirror, as marts and pages see it."""

    def reading(self) -> AbstractContextManager[Asker]:
        """One snapshot for several questions, so that the numbers of a page fit together."""

    def state(self) -> State:
        """How fresh and how good the numbers are."""

    def version(self) -> int:
        """Another number whenever other numbers may be read than before. Costs nothing."""

    def health(self) -> Health:
        """How the mirror is doing."""


class LogReader(Protocol):
    """The index of the audit log, as its explorer sees it."""

    def reading(self) -> AbstractContextManager[Asker]:
        """One snapshot for several questions, so that their answers fit together."""

    def state(self) -> State:
        """How old the answers are."""

    def version(self) -> int:
        """Another number whenever there is more to be found than before. Costs nothing."""
