"""How things are measured here: each candidate in turn, several rounds, the median; ratios only within one run."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part of the report: what was measured, the table, and how to read it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    says: str

    def markdown(self) -> str:
        """As it stands in the document."""
        lines = [" | ".join(row) for row in (self.heads, tuple("---" for _ in self.heads), *self.rows)]
        table = "\n".join(f"| {line} |" for line in lines)
        return f"## {self.title}\n\n{table}\n\n{self.says}\n"


def cpu_seconds(candidates: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Median CPU seconds of this process for each candidate; they take turns, so that a busy minute hits all alike."""
    return _medians(candidates, rounds, time.process_time)


def wall_seconds(candidates: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """The same by the clock on the wall, where waiting for a disk is part of the work."""
    return _medians(candidates, rounds, time.perf_counter)


def _medians(
    candidates: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float]
) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            gc.collect()
            start = clock()
            run()
            took[name].append(clock() - start)
    return {name: statistics.median(times) for name, times in took.items()}


def compared(seconds: Mapping[str, float], floor: str, *, of: int, noun: str) -> tuple[tuple[str, ...], ...]:
    """Rows of name, seconds, how many a second, and times the floor."""
    return tuple(
        (name, f"{took:.3f} s", f"{of / took:,.0f} {noun}/s", f"{took / seconds[floor]:.2f}")
        for name, took in seconds.items()
    )


def taking_turns(times: int, *calls: Callable[[], None]) -> list[list[float]]:
    """The seconds that each call took, every one of so many times; whoever goes first changes each time."""
    took: list[list[float]] = [[] for _ in calls]
    for turn in range(times):
        for number in sorted(range(len(calls)), reverse=bool(turn % 2)):
            began = time.perf_counter()
            calls[number]()
            took[number].append(time.perf_counter() - began)
    return took


def chance_of(one: list[float], other: list[float]) -> float:
    """How likely equals differ so much: the two-sided p of the Mann-Whitney test.

    By its normal approximation: both samples are large, and ties are as good as none.
    """
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    middle = len(one) * len(other) / 2
    spread = (len(one) * len(other) * (len(one) + len(other) + 1) / 12) ** 0.5
    return 2 * (1 - statistics.NormalDist().cdf(abs(wins - middle) / spread))
