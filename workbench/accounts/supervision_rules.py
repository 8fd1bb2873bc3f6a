"""What can be logged as supervision, and how it adds up. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError

MOST_MINUTES: Final = 480
LONGEST_TOPIC: Final = 300
LOOK_BACK: Final = timedelta(days=400)
"""How long after a meeting it can still be logged: a licensing year and some weeks."""


class Kind(StrEnum):
    """How many were supervised together. Stored values."""

    INDIVIDUAL = "individual"
    TRIADIC = "triadic"
    GROUP = "group"


class Step(StrEnum):
    """What becomes of logged hours. Stored values."""

    AGREED = "agreed"
    REVERSED = "reversed"


class HoursWrong(WorkbenchError):
    """What was logged does not fit; `fields` says where."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


class NotSupervising(WorkbenchError):
    """Neither supervised the other that day."""

    def __init__(self) -> None:
        super().__init__("There was no supervision between you on that day. Whoever gives access sets it up.")


class AlreadyDone(WorkbenchError):
    """It was agreed to, or taken back, before."""

    def __init__(self) -> None:
        super().__init__("This is settled already. Reload the list.")


class OwnEntry(WorkbenchError):
    """Who logged it has agreed by that."""

    def __init__(self) -> None:
        super().__init__("You logged this yourself. The other one agrees to it.")


def check_hours(on: date, today: date, minutes: int, kind: str, topic: str) -> str:
    """The topic as it is kept.

    Raises:
        HoursWrong: by field.
    """
    if on > today or on < today - LOOK_BACK:
        raise HoursWrong("Give a day that has come, at most 400 days ago.", "held_on")
    if not 1 <= minutes <= MOST_MINUTES:
        raise HoursWrong(f"Supervision takes from 1 to {MOST_MINUTES} minutes.", "minutes")
    if kind not in tuple(Kind):
        raise HoursWrong("Choose individual, triadic or group.", "kind")
    said = " ".join(topic.split())
    if not said or len(said) > LONGEST_TOPIC:
        raise HoursWrong(f"Say what it was about in {LONGEST_TOPIC} letters at most, and name nobody.", "topic")
    return said


def by_month(hours: Iterable[tuple[date, int]]) -> dict[str, int]:
    """Minutes of each month (`2026-03`), the newest first."""
    found: dict[str, int] = {}
    for on, minutes in hours:
        found[f"{on:%Y-%m}"] = found.get(f"{on:%Y-%m}", 0) + minutes
    return dict(sorted(found.items(), reverse=True))
